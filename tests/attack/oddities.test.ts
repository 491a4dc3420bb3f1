// What HTTP and WebSocket allow and no browser does: each has an answer in words, and leaves no exception in the log.
import { afterEach, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { masked, RawTcp } from './raw-tcp'
import { rawHttp } from './raw-http'
import { useScene, type Scene } from './scene'

const CLOSE = 0x8

let scene: Scene
useScene((set) => (scene = set))
afterEach(() => expect(scene.world.server.output).not.toMatch(/InvalidAccess|Uncaught|we lack a handler/))

it.each([1001, 1004, 1005, 1006, 1015, 1016, 2_999, 3_000, 5_000, 65_535])('[R16] a client that closes with %i is let go', async (code) => {
  for (const lane of LANES) {
    const raw = await RawTcp.join(scene.attacker, scene.room, lane)
    raw.bytes(masked(CLOSE, Uint8Array.from([code >> 8, code & 0xff])))
    await raw.closed()
    raw.destroy()
  }
  await scene.serves()
})

it.each(['/rename', '/sign-in', '/rooms'])('[R16] a body that is not chunked as it says is malformed: %s', async (path) => {
  const raw = await RawTcp.request(scene.origin, [
    `POST ${path} HTTP/1.1`,
    `host: ${new URL(scene.origin).host}`,
    `origin: ${scene.origin}`,
    `cookie: ${scene.attacker.cookie}`,
    'accept: application/json',
    'transfer-encoding: chunked',
  ])
  raw.bytes(Buffer.from('ZZ\r\n'))
  expect(await raw.status()).toBe(400)
  await raw.hears('"malformed"')
  raw.destroy()
})

it.each(['/anything/assets/x', '/a/assets/assets/', '/rooms/lobby/assets/socket', '/join/assets/x/assets/y'])(
  '[R54] %s is no file, but a page that there is not',
  async (path) => {
    const answer = await fetch(`${scene.origin}${path}`)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(await answer.text()).toContain('<h1')
  },
)

it.each(['TRACE', 'OPTIONS', 'PROPFIND', 'PUT', 'DELETE'])('[R16] %s is answered', async (method) => {
  for (const path of ['/', '/rooms', `/rooms/${scene.room}/agents`, '/claim/x', '/nothing']) {
    const { status } = await rawHttp(scene.origin, path, { method, headers: { origin: scene.origin, cookie: scene.attacker.cookie } })
    expect([path, status < 500]).toEqual([path, true])
  }
})
