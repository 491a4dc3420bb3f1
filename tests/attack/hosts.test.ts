// Requests under names that are not ours, as DNS rebinding would send them: the page of evil.example, whose name was
// pointed at this machine, speaks with the visitor's browser and names itself everywhere.
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest, type Guest } from '../support/guest'
import { startServer, type TestServer } from '../support/server'
import { rawHttp } from './raw-http'

let server: TestServer
let ann: Guest

beforeAll(async () => {
  server = await startServer({ env: { HOSTS: 'chat.test, other.test', PUBLIC_URL: '' } })
  ann = await signInAsGuest(server.url, 'Ann')
})
afterAll(() => server.stop())

const EVIL = [
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '127.0.0.2',
  '[::2]',
  'chat.test.evil.example',
  'xchat.test',
  'chat.test@evil.example',
  'evil.example#localhost',
  '%00',
  '::::',
]

const UPGRADE = { upgrade: 'websocket', connection: 'Upgrade', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

const CALL = '/rooms/lobby/rsc?__rsc&__rsc_action_id=%2Fsrc%2Flanes%2Frsc%2Fserver-functions.ts%23ask'

interface Way {
  readonly what: string
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Every kind of thing there is to ask for. */
const WAYS: readonly Way[] = [
  { what: 'a page', path: '/rooms/lobby/rsc', method: 'GET', headers: { accept: 'text/html' } },
  { what: 'a form', path: '/rename', method: 'POST', headers: FORM, body: 'name=Mallory' },
  { what: 'a socket', path: '/rooms/lobby/agents/socket', method: 'GET', headers: UPGRADE },
  { what: 'a server function', path: CALL, method: 'POST', headers: {}, body: '["lobby",{"do":"stop"}]' },
  { what: 'a file', path: '/assets/nothing.js', method: 'GET', headers: {} },
]

describe.each(WAYS)('$what', ({ path, headers, ...rest }) => {
  it.each(EVIL)('[R31] under the name "%s" is refused', async (host) => {
    const answer = await rawHttp(server.url, path, {
      ...rest,
      headers: { ...headers, host, origin: `http://${host}`, cookie: ann.cookie },
    })
    expect(answer.status).toBe(421)
    expect(answer.body).toContain('PUBLIC_URL')
    expect(answer.body).not.toContain('Ann')
  })

  it.each(['localhost', 'LOCALHOST', 'localhost.', '127.0.0.1', '[::1]', 'chat.test', 'chat.test:1234', 'Other.Test'])(
    '[R31] under our name "%s" is not',
    async (host) => {
      const answer = await rawHttp(server.url, path, {
        ...rest,
        headers: { ...headers, host, origin: new URL(`http://${host}`).origin, cookie: ann.cookie },
      })
      expect(answer.status).not.toBe(421)
    },
  )
})

it('[R31] a page under a foreign name says in words what to do', async () => {
  const { body } = await rawHttp(server.url, '/', { headers: { host: 'evil.example', accept: 'text/html' } })
  expect(body).toContain(
    '<p role="alert">Parley does not answer at &quot;evil.example&quot;. If that address is meant, whoever runs it names it with PUBLIC_URL or HOSTS.</p>',
  )
})

it('[R15] [R31] nobody is let into the inside of the worker by naming the host that tools on the same machine name', async () => {
  expect(await rawConnect('miniflare-unsafe-internal-capnp-connect')).toMatch(/^HTTP\/1\.1 [45]/)
})

/** What is answered to CONNECT, up to the end of its first line. */
function rawConnect(host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`))
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.once('close', () => resolve(''))
    socket.once('error', reject)
  })
}
