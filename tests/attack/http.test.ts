// Addresses, methods, headers, server functions and forms as no page of ours would send them. Each has its answer, none
// of them shows a private room or changes one.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newMessageId } from '../../src/conversation/ids'
import { World } from '../lane-contract/world'
import { rawHttp } from './raw-http'
import { Scene, TRUTH } from './scene'

let world: World
let scene: Scene

beforeAll(async () => {
  world = await World.begin()
  scene = await Scene.set(world, 'private')
})
afterAll(() => world.end())
afterEach(() => scene.unharmed())

/** In the name of somebody signed in who is no member. */
function asAttacker(path: string, method = 'GET', body?: string, headers: Readonly<Record<string, string>> = {}) {
  return rawHttp(scene.origin, path, {
    method,
    headers: { cookie: scene.attacker.cookie, origin: scene.origin, ...headers },
    ...(body === undefined ? {} : { body }),
  })
}

describe('addresses', () => {
  /** How a path might reach a room past its guard; what is said to a non-member, and to a stranger (who may be asked for a name: 200). */
  const tricks: readonly (readonly [path: string, member: number, stranger: number])[] = [
    ['/rooms/../rooms/ROOM/agents', 403, 200],
    ['/rooms/%2e%2e/rooms/ROOM/agents', 403, 200],
    ['/rooms/ROOM/agents/../members', 403, 200],
    ['/rooms/ROOM/agents\\socket', 403, 401],
    ['/rooms/ROOM/agents/socket/', 403, 401],
    ['http://evil.example/rooms/ROOM/agents', 403, 200],
    ['/rooms//ROOM/agents', 404, 404],
    ['//rooms/ROOM/agents', 404, 404],
    ['/rooms/ROOM%2Fagents', 404, 200],
    ['/rooms/ROOM/agents%2Fsocket', 404, 404],
    ['/rooms/ROOM/agents//socket', 404, 404],
    ['/rooms/ROOM/AGENTS', 404, 404],
    ['/ROOMS/ROOM/agents', 404, 404],
    ['/rooms/ROOM%00/agents', 404, 200],
    ['/rooms/ROOM/__proto__', 404, 404],
    ['/rooms/__proto__/agents', 404, 200],
    ['/rooms/constructor/agents', 404, 200],
    [`/rooms/${encodeURIComponent("' OR 1=1 --")}/agents`, 404, 200],
    [`/rooms/${'a'.repeat(5_000)}/agents`, 404, 200],
    ['/rooms/%E0%A4%A/agents', 404, 200],
    ['/%', 404, 404],
    ['/rooms/ROOM/agents?x=/assets/', 404, 404],
    ['/assets/../rooms/ROOM/agents', 404, 404],
    ['/assets/%2e%2e/rooms/ROOM/agents', 404, 404],
    ['/assets/rooms/ROOM/agents/socket', 404, 404],
    ['/rooms/assets/agents', 404, 404],
    ['/assets/', 404, 404],
    ['/.dev.vars', 404, 404],
    ['/.env', 404, 404],
    ['/index.js', 404, 404],
    ['/worker/index.js', 404, 404],
    ['/wrangler.json', 404, 404],
  ]

  it.each(tricks)('[R11] %s is answered %i, and %i to a stranger', async (template, toMember, toStranger) => {
    const path = template.replaceAll('ROOM', scene.room)
    for (const [answer, status] of [
      [await asAttacker(path), toMember],
      [await rawHttp(scene.origin, path), toStranger],
    ] as const) {
      expect(answer.status).toBe(status)
      expect(answer.body).not.toContain(TRUTH)
    }
  })
})

describe('methods and headers', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'HEAD', 'PROPFIND'])('[R15] %s is no method of a form', async (method) => {
    expect((await asAttacker(`/rooms/${scene.room}/members`, method)).status).toBe(405)
  })

  it('[R15] a method that a header claims is not the method', async () => {
    const claims = { 'x-http-method-override': 'POST', 'x-http-method': 'DELETE', 'x-method-override': 'DELETE' }
    expect((await asAttacker(`/rooms/${scene.room}/members?_method=POST&remove=${scene.owner.id}`, 'GET', undefined, claims)).status).toBe(403)
  })

  it('[L2] of two session cookies the first counts, and a forged one makes a stranger', async () => {
    const real = scene.owner.cookie
    const forged = real.replace('=', '=x')
    const path = `/rooms/${scene.room}/agents/socket`
    expect((await rawHttp(scene.origin, path, { headers: { cookie: `${real}; ${forged}` } })).status).toBe(426)
    expect((await rawHttp(scene.origin, path, { headers: { cookie: `${forged}; ${real}` } })).status).toBe(401)
    expect((await rawHttp(scene.origin, path, { headers: { cookie: 'parley.session_token=%E0%A4%A; a=b;;;=;' } })).status).toBe(401)
  })

  it('[R16] a head of two megabytes is answered 431', async () => {
    expect((await asAttacker('/', 'GET', undefined, { 'x-large': 'x'.repeat(300_000) })).status).toBe(302)
    expect((await asAttacker('/', 'GET', undefined, { 'x-large': 'x'.repeat(2_000_000) })).status).toBe(431)
  })
})

describe('server functions', () => {
  const FILE = '/src/lanes/rsc/server-functions.ts'

  async function call(id: string, method: string, args: string): Promise<{ readonly status: number; readonly body: string }> {
    const query = new URLSearchParams({ __rsc: '', __rsc_action_id: id, ...(method === 'GET' ? { args } : {}) })
    return asAttacker(`/rooms/${scene.room}/rsc?${query}`, method, method === 'GET' ? undefined : args, {
      'x-rsc-data-only': 'true',
      'content-type': 'text/plain;charset=UTF-8',
    })
  }

  const args = (command: unknown) => JSON.stringify([scene.room, command])
  const post = () => ({ type: 'post', id: newMessageId(), text: 'forged' })

  it('[R15] [R16] are called by their own method only', async () => {
    expect((await call(`${FILE}#ask`, 'GET', args(post()))).body).toContain('"status":405')
    expect((await call(`${FILE}#ask`, 'PUT', args(post()))).body).toContain('"status":405')
    expect((await call(`${FILE}#earlier`, 'POST', args(10))).body).toContain('"status":405')
  })

  it('[R11] [R16] refuse whoever is no member, and arguments of any other shape', async () => {
    expect((await call(`${FILE}#ask`, 'POST', args(post()))).body).toContain('not_a_member')
    expect((await call(`${FILE}#earlier`, 'GET', args(10))).body).toContain('not_a_member')
    expect((await call(`${FILE}#ask`, 'POST', '[]')).body).toContain('no_such_room')
    expect((await call(`${FILE}#ask`, 'POST', JSON.stringify([[scene.room], [post()]]))).body).toContain('no_such_room')
    for (const before of ['-1', '1.5', '"1"', 'null', '{}', '1e999'])
      expect((await call(`${FILE}#earlier`, 'GET', `["${scene.room}",${before}]`)).body).toContain('malformed')
  })

  it('[R16] are polluted by no prototype', async () => {
    for (const command of [
      `{"__proto__":${JSON.stringify(post())}}`,
      '{"constructor":{"prototype":{"type":"clear"}}}',
      '{"type":"__proto__"}',
      '{"type":"constructor"}',
    ])
      expect((await call(`${FILE}#ask`, 'POST', `["${scene.room}",${command}]`)).body).toContain('unknown_command')
    expect((await call(`${FILE}#ask`, 'POST', `["${scene.room}",{"type":"clear","__proto__":{"owner":true}}]`)).body).not.toContain('"ok":true')
  })

  it('[R15] are these two and no others, and nonsense does not run', async () => {
    for (const id of [`${FILE}#destroy`, `${FILE}#__proto__`, '/src/app/rooms.ts#createRoom', '/src/room/surface.ts#roomOf', 'x', '']) {
      expect((await call(id, 'POST', args(post()))).body).not.toContain('"ok":true')
    }
    for (const nonsense of ['["$F1","$K2","$@3","$1:__proto__:x"]', '{{{', '"', '[', `[${'['.repeat(10_000)}`]) {
      expect((await call(`${FILE}#ask`, 'POST', nonsense)).body).not.toContain('"ok":true')
      expect((await call(`${FILE}#earlier`, 'GET', nonsense)).body).not.toContain('"ok":true')
    }
  })
})

describe('invitations and members', () => {
  it('[R11] two hundred guessed invitations open nothing', async () => {
    const guesses = ['x', '%00', '*', '%25', 'null', 'undefined', ...Array.from({ length: 194 }, () => crypto.randomUUID())]
    const statuses = await Promise.all(guesses.map(async (guess) => (await asAttacker(`/join/${scene.room}/${guess}`)).status))
    expect(new Set(statuses)).toEqual(new Set([403]))
    expect((await asAttacker(`/rooms/${scene.room}/agents/socket`)).status).toBe(403)
  })

  it('[R11] only the owner sees or removes members', async () => {
    const members = `/rooms/${scene.room}/members`
    const form = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
    const remove = `remove=${scene.owner.id}`
    expect((await asAttacker(members)).status).toBe(403)
    expect((await asAttacker(members, 'POST', remove, form)).status).toBe(403)
    expect((await rawHttp(scene.origin, members, { method: 'POST', body: remove, headers: { ...form, origin: scene.origin } })).status).toBe(401)
    expect((await asAttacker(members, 'POST', remove, { ...form, origin: 'https://evil.example' })).status).toBe(403)
    const open = await world.room(scene.owner)
    const joined = await rawHttp(scene.origin, `/rooms/${open}/agents`, { headers: { cookie: scene.attacker.cookie } })
    expect(joined.status).toBe(200)
    expect((await asAttacker(`/rooms/${open}/members`)).status).toBe(403)
    expect((await asAttacker(`/rooms/${open}/members`, 'POST', remove, form)).status).toBe(403)
  })
})

describe('signing in', () => {
  it.each([
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\r\nlocation: https://evil.example',
    '/%0d%0alocation:%20https://evil.example',
    '/..//evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '/@evil.example',
    ' /evil',
    'http:evil.example',
  ])('[R15] leads nowhere but into this site: %j', async (next) => {
    const body = new URLSearchParams({ name: 'Mallory', next }).toString()
    const answer = await rawHttp(scene.origin, '/sign-in', {
      method: 'POST',
      body,
      headers: { origin: scene.origin, 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.status).toBe(303)
    expect(answer.location).toMatch(/^\/(?![/\\])/)
    expect(new URL(answer.location ?? '', scene.origin).origin).toBe(scene.origin)
  })
})
