// The conformance suite of the Model Context Protocol, with a room of the built worker as its client.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { startEagerModel } from '../support/eager-model'
import { type Guest, signInAsGuest } from '../support/guest'
import { makeRoom } from '../support/room'
import { startServer, type TestServer } from '../support/server'

const ROOT = resolve(import.meta.dirname, '../..')
const SUITE = join(ROOT, 'node_modules/@modelcontextprotocol/conformance/dist/index.js')
const CLIENT = join(ROOT, 'tests/support/conformance-client.mjs')

/** Scenarios by the revisions of the protocol under which they apply; of those about signing in, which say the same under two, most by the later one. */
const SCENARIOS = [
  ['initialize', '2025-06-18'],
  ['initialize', '2025-11-25'],
  ['tools_call', '2025-06-18'],
  ['tools_call', '2025-11-25'],
  ['tools_call', '2026-07-28'],
  ['sse-retry', '2025-11-25'],
  ['request-metadata', '2026-07-28'],
  ['sep-2322-client-request-state', '2026-07-28'],
  ['http-standard-headers', '2026-07-28'],
  ['http-custom-headers', '2026-07-28'],
  ['http-invalid-tool-headers', '2026-07-28'],
  ['json-schema-ref-no-deref', '2026-07-28'],
  ['json-schema-2020-12-preservation', '2025-11-25'],
  ['json-schema-2020-12-preservation', '2026-07-28'],
  ['auth/2025-03-26-oauth-metadata-backcompat', '2025-03-26'],
  ['auth/2025-03-26-oauth-endpoint-fallback', '2025-03-26'],
  ['auth/metadata-default', '2025-11-25'],
  ['auth/metadata-default', '2026-07-28'],
  ['auth/metadata-var1', '2026-07-28'],
  ['auth/metadata-var2', '2026-07-28'],
  ['auth/metadata-var3', '2026-07-28'],
  ['auth/scope-from-www-authenticate', '2026-07-28'],
  ['auth/scope-from-scopes-supported', '2026-07-28'],
  ['auth/scope-omitted-when-undefined', '2026-07-28'],
  ['auth/scope-step-up', '2025-11-25'],
  ['auth/scope-step-up', '2026-07-28'],
  ['auth/scope-retry-limit', '2026-07-28'],
  ['auth/token-endpoint-auth-basic', '2025-11-25'],
  ['auth/token-endpoint-auth-basic', '2026-07-28'],
  ['auth/token-endpoint-auth-post', '2026-07-28'],
  ['auth/token-endpoint-auth-none', '2026-07-28'],
  ['auth/pre-registration', '2026-07-28'],
  ['auth/resource-mismatch', '2026-07-28'],
  ['auth/offline-access-scope', '2026-07-28'],
  ['auth/offline-access-not-supported', '2026-07-28'],
  ['auth/authorization-server-migration', '2026-07-28'],
  ['auth/iss-supported', '2026-07-28'],
  ['auth/iss-not-advertised', '2026-07-28'],
  ['auth/iss-supported-missing', '2026-07-28'],
  ['auth/iss-wrong-issuer', '2026-07-28'],
  ['auth/iss-unexpected', '2026-07-28'],
  ['auth/iss-normalized', '2026-07-28'],
  ['auth/metadata-issuer-mismatch', '2026-07-28'],
] as const

let model: Awaited<ReturnType<typeof startEagerModel>>
let server: TestServer
let owner: Guest
let room: RoomId
let results: string

beforeAll(async () => {
  model = await startEagerModel()
  server = await startServer({ env: { MODEL: 'openai:eager', OPENAI_BASE_URL: `${model.url}/v1`, ALLOW_LOOPBACK: '1' } })
  owner = await signInAsGuest(server.url, 'Ann')
  room = await makeRoom(owner)
  results = mkdtempSync(join(tmpdir(), 'parley-conformance-'))
})
afterAll(async () => {
  await server.stop()
  model.stop()
  rmSync(results, { recursive: true, force: true })
})

it.each(SCENARIOS)('[R224] [R260] a room passes the scenario %s of %s', async (scenario, revision) => {
  const { code, output } = await run([
    'client',
    '--scenario',
    scenario,
    '--spec-version',
    revision,
    '--command',
    `${process.execPath} ${CLIENT}`,
    '--timeout',
    '60000',
    '-o',
    results,
  ])
  expect(code, output).toBe(0)
})

function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
  const env = { ...process.env, PARLEY: server.url, COOKIE: owner.cookie, ROOM: room, MODEL: model.url }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SUITE, ...args], { env, cwd: results })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
