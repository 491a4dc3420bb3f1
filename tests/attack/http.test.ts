// Addresses, methods, headers and forms as no page of ours would send them. Each has its answer; none of them shows a
// private room, changes one or makes one.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rawHttp } from './raw-http'
import { TRUTH, useScene, type Scene } from './scene'

let scene: Scene
useScene((set) => (scene = set), 'private')

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
    ['/rooms/ROOM/agents?x=/assets/', 403, 200],
    ['/rooms/ROOM/members?/assets/assets/', 403, 200],
    ['/?x=/assets/', 302, 200],
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

describe('addresses of files', () => {
  it('[R11] are no addresses of rooms: a room may have their name, and no query makes a page a file', async () => {
    const form = { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams({ name: 'Assets', access: 'open' }) }
    const made = await scene.owner.fetch(`${scene.origin}/rooms?next=/assets/`, form)
    const { location } = await made.json<{ location: string }>()
    const page = await rawHttp(scene.origin, `${location}/agents?x=/assets/assets/`, { headers: { cookie: scene.owner.cookie } })
    expect(page.status).toBe(200)
    expect(page.body).toContain('Assets')
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

  it('[L2] [R49] two session cookies that differ make a stranger, whichever comes first, and so does a forged one', async () => {
    const real = scene.owner.cookie
    const forged = real.replace('=', '=x')
    const path = `/rooms/${scene.room}/agents/socket`
    expect((await rawHttp(scene.origin, path, { headers: { cookie: `${real}; ${real}` } })).status).toBe(204)
    for (const cookie of [`${real}; ${forged}`, `${forged}; ${real}`, forged]) {
      expect((await rawHttp(scene.origin, path, { headers: { cookie } })).status, cookie).toBe(401)
    }
    expect((await rawHttp(scene.origin, path, { headers: { cookie: 'parley.session_token=%E0%A4%A; a=b;;;=;' } })).status).toBe(401)
  })

  it('[R16] a head of more than half a megabyte is answered 431', async () => {
    expect((await asAttacker('/', 'GET', undefined, { 'x-large': 'x'.repeat(500_000) })).status).toBe(302)
    expect((await asAttacker('/', 'GET', undefined, { 'x-large': 'x'.repeat(530_000) })).status).toBe(431)
  })
})

describe('rooms that are not there', () => {
  it('[R11] are not made by asking for them, in whatever way', async () => {
    const before = await roomsStored()
    const page = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
    const query = (name: string) => new URLSearchParams({ __rsc: '', __rsc_action_id: `/src/lanes/rsc/server-functions.ts#${name}`, args: '["nowhere",9]' })
    const asked = [
      ...['', '/rsc', '/agents', '/tinybase', '/compare', '/members', '/agents/socket'].map((place) => asAttacker(`/rooms/nowhere${place}`)),
      asAttacker('/join/nowhere/code'),
      asAttacker('/rooms/nowhere/members', 'POST', `remove=${scene.owner.id}`, page),
      asAttacker(`/rooms/nowhere/rsc?${query('earlier')}`),
      asAttacker(`/rooms/nowhere/rsc?${query('ask')}`, 'POST', '["nowhere",{"type":"clear"}]'),
      asAttacker('/rooms/nowhere/agents/socket', 'GET', undefined, {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      }),
    ]
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([404]))
    expect(await roomsStored()).toEqual(before)
  })

  /** The files of the rooms that have ever been awake. */
  async function roomsStored(): Promise<readonly string[]> {
    const names = await readdir(join(scene.world.server.dataDir, 'v3/do/parley-ParleyRoom'))
    return names.filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name)).sort()
  }
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
    const open = await scene.world.room(scene.owner)
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
