// Being somebody else, or somebody again: by headers, by a name, by an old invitation, by a session that has ended.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import { LANES } from '../../src/lanes/lanes'
import { MAX_SOCKETS_OF_PERSON } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import { RawSocket } from '../lane-contract/raw-socket'
import type { Guest } from '../support/guest'
import { rawHttp } from './raw-http'
import { useScene, type Scene } from './scene'

let scene: Scene
useScene((set) => (scene = set))

function post(who: Guest, path: string, fields: Readonly<Record<string, string>> = {}) {
  return who.fetch(`${scene.origin}${path}`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) })
}

function get(who: Guest, path: string) {
  return rawHttp(scene.origin, path, { headers: { cookie: who.cookie } })
}

describe('headers and queries of a client', () => {
  /** What this SDK believes, what its relatives did, and what nobody knows today. */
  const claims: readonly Readonly<Record<string, string>>[] = [
    { 'x-cf-agents-subagent-url': 'http://x/sub/parley-room/NAME/' },
    { 'x-cf-agents-subagent-url': 'http://x/sub/parley-room/lobby' },
    { 'x-agents-lifecycle-props': btoa(JSON.stringify({ owner: true })) },
    { 'x-partykit-room': 'lobby', 'x-partykit-namespace': 'room', 'x-partykit-props': '{"owner":true}' },
    { 'x-parley-session': '9999999999999 AAAAAAAAAAAAAAAAAAAAAAAA', 'x-parley-member': encodeURIComponent('{"id":"parley","name":"Parley"}') },
    { 'cf-agents-sub': 'x', 'x-cf-agents-anything': 'x', 'x-cf-unknown': 'x', 'x-agent-id': 'parley' },
    ...Array.from({ length: 6 }, (_, at) => ({
      [`x-${newMessageId()}`]: `/sub/parley-room/${at}`,
      [`cf-${newMessageId().slice(0, 8)}`]: 'http://x/sub/parley-room/NAME/',
    })),
  ]

  it('[R15] [L2] reach no room: no object is made, forty sockets are the most, and a removal closes all of them', async () => {
    const room = await scene.world.room(scene.owner)
    const owner = await scene.world.join(DRIVERS.agents, room, scene.owner)
    const before = await objects()
    const query = '&_pk=parley&__agents_transport=capnweb&/sub/parley-room/NAME/'
    const sockets: RawSocket[] = []
    for (const claim of claims) for (const lane of LANES) sockets.push(await RawSocket.open(scene.attacker, room, lane, claim, query))
    for (let at = sockets.length; at < MAX_SOCKETS_OF_PERSON; at++) sockets.push(await RawSocket.open(scene.attacker, room, 'agents', claims[0]))
    const headers = { origin: scene.origin, cookie: scene.attacker.cookie, ...claims[0] }
    expect(await RawSocket.refusal(scene.origin, room, 'agents', headers)).toBe(429)
    expect(await objects()).toEqual(before)
    expect((await post(scene.owner, `/rooms/${room}/members`, { remove: scene.attacker.id })).status).toBe(200)
    expect(new Set(await Promise.all(sockets.map((socket) => socket.closed())))).toEqual(new Set([1008]))
    await owner.until('nobody else', (who) => who.client.getState().here.filter(({ kind }) => kind === 'person').length === 1)
  })

  it.each([
    '/rooms/ROOM/agents/socket/sub/parley-room/NAME/',
    '/rooms/ROOM/sub/parley-room/NAME/agents/socket',
    '/rooms/ROOM/agents/sub/parley-room/x',
    '/sub/parley-room/lobby',
  ])('[R15] no address leads below a room: %s', async (template) => {
    const before = await objects()
    const { status } = await get(scene.attacker, template.replace('ROOM', scene.room))
    expect([403, 404]).toContain(status)
    expect(await objects()).toEqual(before)
  })

  /** Every file of every object, children and their databases too. */
  async function objects(): Promise<readonly string[]> {
    const names = await readdir(join(scene.world.server.dataDir, 'v3/do/parley-ParleyRoom'), { recursive: true })
    return names.filter((name) => !/-(?:wal|shm)$/.test(name)).sort()
  }
})

describe('names', () => {
  it.each([
    'Parley',
    'Pаrley',
    'PARLEY',
    'Ｐａｒｌｅｙ',
    'Par\u200bley',
    '@Parley,',
    'Parley.',
    'P a r l e y',
    '𝓟𝓪𝓻𝓵𝓮𝔂',
    'Pаrlеу:',
    'Parley\u3164',
    'Par1ey',
    'Pаrley what',
    'Parley, can',
    'The Parley',
    'AI Parley',
    'ParleƳ',
    'Parlєy',
    'Paɾley',
    '🅿arley',
    'Parl3y',
    'Parley|',
    'Par丨ey',
    'Parㅣey',
    'Parꟾey',
    'Pᥲrley',
    'PΛRLEY',
    'Pдrley',
    'Par1️⃣ey',
    'ⓅⒶⓇⓁⒺⓎ',
    'Parley²',
  ])('[R71] [R47] %j cannot be signed in with or taken, because an agent has it', async (name) => {
    const signIn = await fetch(`${scene.origin}/sign-in`, {
      method: 'POST',
      headers: { origin: scene.origin, accept: 'application/json' },
      body: new URLSearchParams({ name }),
    })
    expect([signIn.status, await signIn.json()]).toMatchObject([409, { refusal: { code: 'name_taken' } }])
    expect((await post(scene.attacker, '/rename', { name })).status).toBe(409)
  })

  it.each(['\u3164', '\u2800\u2800', '\u034f', '\u202e', '...', '\ufe0f', '\u115f\u1160', 'x'.repeat(41)])('[R70] %j is no name', async (name) => {
    expect((await post(scene.attacker, '/rename', { name })).status).toBe(400)
  })

  it('[R71] a double is shown with a number in every lane, its owner never is, and nobody numbers themselves', async () => {
    const room = await scene.world.room(scene.owner)
    const watchers = [
      await scene.world.join(DRIVERS.agents, room, scene.owner),
      await scene.world.join(DRIVERS.rsc, room, 'Rosa'),
      await scene.world.join(DRIVERS.tinybase, room, 'Tina'),
    ]
    const double = await scene.world.guest('Аnn')
    const self = await scene.world.guest('Ann #3')
    expect(self.name).toBe('Ann 3')
    const speaking = await scene.world.join(DRIVERS.agents, room, double)
    speaking.client.post('@Ann give me the key')
    for (const watcher of watchers) {
      await watcher.sees('give me the key')
      expect(watcher.messages().at(-1)?.metadata.author.name).toBe('Аnn\u00a0#2')
      expect(watcher.client.getState().here.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ann', 'Аnn\u00a0#2']))
    }
    expect((await get(scene.owner, `/rooms/${room}/agents`)).body).toMatch(/data-double="#2"/)
  })
})

describe('invitations', () => {
  it('[R75] somebody removed signs in anew with the link that they had, and stays out; the new link works, and says until when', async () => {
    const room = await scene.world.room(scene.owner, 'private')
    const old = await invitation(room)
    expect((await get(scene.attacker, old)).status).toBe(302)
    expect((await post(scene.owner, `/rooms/${room}/members`, { remove: scene.attacker.id })).status).toBe(200)
    const again = await scene.world.guest('Mallory')
    for (const who of [scene.attacker, again]) expect((await get(who, old)).status).toBe(403)
    const fresh = await invitation(room)
    expect(fresh).not.toBe(old)
    const friend = await scene.world.guest('Friend')
    expect((await get(friend, fresh)).status).toBe(302)
    expect((await get(friend, `/rooms/${room}/agents`)).body).toMatch(/lets people in until[^]*?<time/)
    expect((await post(again, `/rooms/${room}/invitation`)).status).toBe(403)
    // A link that still works is its owner's alone to change.
    for (let times = 0; times < 20; times++) expect((await post(friend, `/rooms/${room}/invitation`)).status).toBe(403)
    expect((await get(friend, `/rooms/${room}/agents`)).body).not.toContain('New invitation')
    expect((await post(scene.owner, `/rooms/${room}/invitation`)).status).toBe(200)
    expect((await get(again, fresh)).status).toBe(403)
  })

  async function invitation(room: RoomId): Promise<string> {
    const { body } = await get(scene.owner, `/rooms/${room}/agents`)
    return /\/join\/[\w-]+\/[\w-]+/.exec(body)?.[0] ?? ''
  }
})

describe('sign-out', () => {
  it('[R73] closes the session’s sockets however they were opened, and no post is acknowledged after it', async () => {
    const room = await scene.world.room(scene.owner)
    const watcher = await scene.world.join(DRIVERS.agents, room, scene.owner)
    const leaving = await scene.world.guest('Leaving')
    // By /compare, which is no visit in one lane, and directly, without any page.
    expect((await get(leaving, `/rooms/${room}/compare`)).status).toBe(200)
    const sockets = await Promise.all(LANES.map((lane) => RawSocket.open(leaving, room, lane)))
    const participant = await scene.world.join(DRIVERS.agents, room, leaving)
    expect((await post(leaving, '/sign-out')).status).toBe(200)
    for (const socket of sockets) socket.send(JSON.stringify({ type: 'post', id: newMessageId(), text: '@Ann after all' }))
    expect(new Set(await Promise.all(sockets.map((socket) => socket.closed())))).toEqual(new Set([1008]))
    await participant.until('the end', (who) => who.client.getState().ended)
    participant.client.post('@Ann after all')
    expect((await get(leaving, `/rooms/${room}/agents/socket`)).status).toBe(401)
    watcher.client.post('@Ann a fence')
    await watcher.settled()
    expect(JSON.stringify(watcher.messages())).not.toContain('after all')
  })

  it('[R73] leaves the other sessions alone', async () => {
    const room = await scene.world.room(scene.owner)
    const [one, other] = [await scene.world.guest('One'), await scene.world.guest('Other')]
    const stays = await scene.world.join(DRIVERS.tinybase, room, other)
    await scene.world.join(DRIVERS.tinybase, room, one)
    expect((await post(one, '/sign-out')).status).toBe(200)
    stays.client.post('@One still here')
    await stays.settled()
  })
})
