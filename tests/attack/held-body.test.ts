// A request whose last byte comes late: its head said who asks, and by the time it is whole they may be nobody. What it
// asks is answered by who they are then.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeClaimCode } from '../../src/auth/claim'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import type { Guest } from '../support/guest'
import { makeRoom } from '../support/room'
import { RawTcp } from './raw-tcp'
import { useScene, type Scene } from './scene'

let scene: Scene
useScene((set) => (scene = set))

let keeper: Guest
beforeAll(async () => {
  keeper = await scene.world.guest('Keeper')
  const secret = (await readFile(join(scene.world.server.dataDir, 'auth-secret'), 'utf8')).trim()
  expect((await keeper.fetch(`${scene.origin}/claim/${await makeClaimCode(secret, Date.now())}`)).status).toBe(200)
})

const ASK = `__rsc=&__rsc_action_id=${encodeURIComponent('/src/lanes/rsc/server-functions.ts#ask')}`

function post(who: Guest, path: string, fields: Readonly<Record<string, string>> = {}) {
  return who.fetch(`${scene.origin}${path}`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) })
}

/** Sends all of a request but its last byte. */
async function held(who: Guest, path: string, body: string): Promise<{ finish(): Promise<number> }> {
  const raw = await RawTcp.request(scene.origin, [
    `POST ${path} HTTP/1.1`,
    `host: ${new URL(scene.origin).host}`,
    `origin: ${scene.origin}`,
    `cookie: ${who.cookie}`,
    'accept: application/json',
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${Buffer.byteLength(body)}`,
  ])
  raw.bytes(Buffer.from(body.slice(0, -1)))
  // Somebody else's request, sent after it, was answered: so it is under way.
  await scene.serves()
  return {
    async finish() {
      raw.bytes(Buffer.from(body.slice(-1)))
      const status = await raw.status()
      raw.destroy()
      return status
    },
  }
}

interface Case {
  readonly mine: RoomId
  readonly other: Guest
}

/** What somebody asks, in a room of their own or everybody's. */
const ASKED: readonly (readonly [what: string, path: (at: Case) => string, body: (at: Case) => string])[] = [
  ['a post', () => `/rooms/${scene.room}/rsc?${ASK}`, () => JSON.stringify([scene.room, { type: 'post', id: newMessageId(), text: '@Ann too late' }])],
  ['a clearing of the room', ({ mine }) => `/rooms/${mine}/rsc?${ASK}`, ({ mine }) => JSON.stringify([mine, { type: 'clear' }])],
  ['a new room', () => '/rooms', () => `name=Late-${newMessageId().slice(0, 8)}&access=open`],
  ['another name', () => '/rename', () => 'name=Ghost'],
  ['the removal of a member', ({ mine }) => `/rooms/${mine}/members`, ({ other }) => `remove=${other.id}`],
  ['a new invitation', ({ mine }) => `/rooms/${mine}/invitation`, () => 'x=1'],
  ['the deletion of a room', ({ mine }) => `/rooms/${mine}/delete`, () => 'x=1'],
]

const ENDS: readonly (readonly [what: string, end: (who: Guest) => Promise<Response>])[] = [
  ['signed out', (who) => post(who, '/sign-out')],
  ['lost their account', (who) => post(keeper, '/instance/people', { remove: who.id })],
]

describe.each(ENDS)('[R73] [R76] of somebody who %s meanwhile', (_, end) => {
  it.each(ASKED)('%s is refused, and nothing of it is done', async (_what, path, body) => {
    const [who, other] = [await scene.world.guest('Held'), await scene.world.guest('Other')]
    const mine = await makeRoom(who)
    expect((await other.fetch(`${scene.origin}/rooms/${mine}/agents`)).status).toBe(200)
    const request = await held(who, path({ mine, other }), body({ mine, other }))
    expect((await end(who)).status).toBe(200)
    expect(await request.finish()).toBe(401)
    // Neither deleted, nor did anybody lose their place there.
    expect((await other.fetch(`${scene.origin}/rooms/${mine}/agents`)).status).toBe(200)
    await scene.unharmed()
  })
})

it('[R73] a body that comes late of somebody who is still there is heard', async () => {
  const who = await scene.world.guest('Slow')
  const request = await held(who, '/rooms', `name=Slow-${newMessageId().slice(0, 8)}&access=open`)
  expect(await request.finish()).toBe(200)
})
