// Servers of tools that mean no good, over HTTP, while people talk: their room goes on, and what they do is a sentence.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import { recordsOf, type RecordOf, type RoomRecord } from '../../src/conversation/record'
import { type Guest, signInAsGuest } from '../support/guest'
import { command, makeRoom } from '../support/room'
import { startServer, type TestServer } from '../support/server'
import { waitFor } from '../support/wait-for'

/** How long a post may take beside a hostile server, ms: on a busy machine, many times what it takes. */
const PROMPT_MS = 3_000

let server: TestServer
let ann: Guest
const ends: (() => unknown)[] = []

beforeAll(async () => {
  server = await startServer({ env: { ALLOW_LOOPBACK: '1' } })
  ann = await signInAsGuest(server.url, 'Ann')
})
afterEach(() => {
  for (const end of ends.splice(0)) end()
})
afterAll(() => server.stop())

interface Asked {
  readonly id?: number
  readonly method: string
}

type Behave = (asked: Asked, response: ServerResponse) => boolean

const TOOL = { name: 'echo', description: 'Says it again.', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } }

/** One that answers as it should, but for what `behave` has answered already. */
async function hostile(behave: Behave): Promise<{ readonly address: string; readonly asked: string[] }> {
  const asked: string[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const message: Asked = request.method === 'POST' ? (JSON.parse(await text(request)) as Asked) : { method: request.method ?? '' }
    asked.push(message.method)
    if (behave(message, response)) return
    const results: Readonly<Record<string, unknown>> = {
      initialize: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } },
      'tools/list': { tools: [TOOL] },
    }
    const result = results[message.method]
    if (message.id === undefined) return void response.writeHead(202).end()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...(result ? { result } : { error: { code: -32601, message: 'no such method' } }) }))
  }
  const http = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  ends.push(
    () => http.closeAllConnections(),
    () => http.close(),
  )
  return { address: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`, asked }
}

async function servers(room: RoomId): Promise<readonly RecordOf<'server'>[]> {
  const { records } = await (await ann.fetch(new URL(`/rooms/${room}/records?kind=server`, server.url))).json<{ readonly records: readonly RoomRecord[] }>()
  return recordsOf(records, 'server')
}

/** Adds it, and posts until it has its end; gives that, and the longest that a post took, ms. */
async function metBy(room: RoomId, address: string): Promise<{ readonly value: RecordOf<'server'>['value']; readonly slowest: number }> {
  expect((await command(ann, room, { type: 'add-server', address })).status).toBe(200)
  let slowest = 0
  let value: RecordOf<'server'>['value'] | undefined
  await waitFor('the server’s end', async () => {
    const before = performance.now()
    expect((await command(ann, room, { type: 'post', id: newMessageId(), text: '@Ann aside' })).status).toBe(200)
    slowest = Math.max(slowest, performance.now() - before)
    value = (await servers(room))[0]?.value
    return value !== undefined && value.state !== 'connecting'
  })
  if (!value) throw new Error('there is no server')
  return { value, slowest }
}

function flood(piece: string, type: string): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { 'content-type': type })
    const more = () => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  }
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const timer = setInterval(() => response.write(': \n'), 1_000)
  response.once('close', () => clearInterval(timer))
}

const on =
  (method: string, answer: (response: ServerResponse, asked: Asked) => void): Behave =>
  (asked, response) => {
    if (asked.method === method) answer(response, asked)
    return asked.method === method
  }

const listed = (tools: readonly unknown[]) =>
  on('tools/list', (response, { id }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { tools } }))
  })

it.each<readonly [string, Behave, RegExp]>([
  ['events without end', on('initialize', flood(': nothing\n'.repeat(1_000), 'text/event-stream')), /says more than 1 MB/],
  ['a line without end', on('tools/list', flood('x'.repeat(10_000), 'text/event-stream')), /says more than 1 MB/],
  ['JSON without end', on('tools/list', flood('[['.repeat(1_000), 'application/json')), /says more than 1 MB/],
  ['a drop every second', on('initialize', drip), /did not answer/],
  ['silence', on('initialize', () => {}), /did not answer/],
  ['descriptions of 1 MB', listed([{ ...TOOL, description: 'x'.repeat(1_100_000) }]), /says more than 1 MB/],
  ['5,000 tools', listed(Array.from({ length: 5_000 }, (_, at) => ({ ...TOOL, name: `t${at}` }))), /says more than 1 MB, or thousands/],
  ['half a million broken tools', listed(Array.from({ length: 300_000 }, () => 1)), /says more than 1 MB, or thousands/],
])('[R225] a server that answers with %s costs nobody a wait, and is a sentence', async (_, behave, words) => {
  const room = await makeRoom(ann)
  const { address } = await hostile(behave)
  const { value, slowest } = await metBy(room, address)
  expect([value.state, value.words]).toEqual(['failed', expect.stringMatching(words)])
  expect(slowest).toBeLessThan(PROMPT_MS)
})

it('[R226] of hundreds of tools 64 are read, long ones left out, and it is said', async () => {
  const room = await makeRoom(ann)
  const { address } = await hostile(
    listed([{ ...TOOL, name: 'long', description: 'x'.repeat(20_000) }, ...Array.from({ length: 300 }, (_, at) => ({ ...TOOL, name: `t${at}` }))]),
  )
  const { value } = await metBy(room, address)
  expect([value.state, value.tools.length, value.words]).toEqual(['review', 64, expect.stringMatching(/^237 of its tools are left out/)])
})

it('[R220] a server that sends on to another on this machine, or to its network, has asked nobody', async () => {
  const inside = await hostile(() => false)
  const room = await makeRoom(ann)
  for (const location of [inside.address, 'http://169.254.169.254/latest/', 'http://10.0.0.1/', 'file:///etc/passwd']) {
    const { address } = await hostile((_, response) => {
      response.writeHead(307, { location }).end()
      return true
    })
    const { value } = await metBy(room, address)
    expect([location, value.state]).toEqual([location, 'failed'])
    await command(ann, room, { type: 'remove-server', server: (await servers(room))[0]?.id ?? '' })
  }
  expect(inside.asked).toEqual([])
})
