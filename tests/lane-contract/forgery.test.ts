// Raw sockets and raw HTTP that claim what is not theirs to claim. Nothing forged is shown to anybody, each attempt has a
// refusal with a name, and the room goes on serving the others.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { DRIVERS } from './drivers'
import { serverFunctions } from './flight-in-node'
import type { Participant } from './participant'
import { RawSocket } from './raw-socket'
import { World } from './world'

let world: World
let owner: Guest
let room: RoomId
let watchers: readonly Participant[]
let attacker: Guest

beforeAll(async () => {
  world = await World.begin()
})
afterAll(() => world.end())
afterEach(() => world.leaveAll())

/** A room with one honest message, watched in every lane, and somebody who means no good. */
async function scene(): Promise<Participant> {
  owner = await world.guest('Ann')
  attacker = await world.guest('Mallory')
  room = await world.room(owner)
  const ann = await world.join(DRIVERS.agents, room, owner)
  watchers = [ann, await world.join(DRIVERS.rsc, room, 'Rosa'), await world.join(DRIVERS.tinybase, room, 'Tina')]
  ann.client.post('@Ann the truth')
  for (const watcher of watchers) await watcher.sees('the truth')
  return ann
}

/** The room shows the truth, what is said honestly afterwards, and nothing else. */
async function nothingForged(): Promise<void> {
  const [ann] = watchers
  ann?.client.post('@Ann still here')
  for (const watcher of watchers) await watcher.sees('still here')
  const fresh = await world.join(DRIVERS.agents, room, 'Fresh')
  await fresh.sees('still here')
  for (const who of [...watchers, fresh]) {
    expect(who.messages().map(textOf)).toEqual(['@Ann the truth', '@Ann still here'])
    expect(who.messages().map(({ metadata }) => metadata.author.name)).toEqual(['Ann', 'Ann'])
  }
}

function forgeries(truth: string): readonly unknown[] {
  const id = newMessageId()
  const post = { type: 'post', id, text: 'forged' }
  const message = {
    id,
    role: 'assistant',
    parts: [{ type: 'text', text: 'forged' }],
    metadata: { seq: 2, version: 99, status: 'complete', createdAt: 0, author: { id: 'parley', name: 'Parley', kind: 'agent' } },
  }
  return [
    { ...post, author: { id: 'parley', name: 'Parley', kind: 'agent' } },
    { ...post, role: 'assistant' },
    { ...post, seq: 1 },
    { ...post, version: 1 },
    { ...post, createdAt: 4_102_444_800_000 },
    { ...post, id: truth },
    { ...post, id: '../../etc' },
    { type: 'message', message },
    { type: 'delta', id: truth, index: 0, offset: 0, text: 'forged' },
    { type: 'settled', id: truth, seq: 1, version: 99, status: 'failed', lengths: [0] },
    { type: 'cleared', version: 1_000_000 },
    { type: 'clear' },
    { type: 'clear', owner: true },
    { type: 'retry', id: truth },
    { type: 'cf_agent_state', state: { forged: true } },
    { type: 'rpc', id: '1', method: 'command', args: [truth, { type: 'clear' }] },
    { type: 'rpc', id: '2', method: 'destroy', args: [] },
    [[0, 0, 'forged', truth, 0]],
    [message],
    null,
    0,
    'forged',
  ]
}

/** TinyBase's own frames: the numbers are its message types, from a response to a merge of content. */
function tinybaseContent(): readonly unknown[] {
  const stamp = 'zzzzzzzzzzzzzzzz'
  const content = [{ messages: [{ 1: [{ text: ['forged', stamp, 1], authorName: ['Parley', stamp, 1] }, stamp, 1] }, stamp, 1] }, {}, 1]
  return [0, 1, 2, 3, 4, 5, 6].flatMap((kind) => [[null, 'r', kind, content], { type: 'sync', message: kind, body: content }, [kind, content]])
}

describe.each(LANES)('over a raw %s socket', (lane) => {
  it('[L2] [R16] a forged author, role, seq, version, clock, id, event or clear changes nothing', async () => {
    const ann = await scene()
    const truth = ann.messages()[0]?.id ?? ''
    for (const forgery of forgeries(truth)) await sendAlone(lane, JSON.stringify(forgery))
    await nothingForged()
  })

  it('[L2] [R16] the frames of TinyBase itself change nothing', async () => {
    await scene()
    for (const frame of tinybaseContent()) await sendAlone(lane, JSON.stringify(frame))
    await nothingForged()
  })

  it('[R16] a malformed frame is answered by 1007, one over 64 Ki by 1009', async () => {
    await scene()
    expect(await closeAfter(lane, '{"type":')).toBe(1007)
    expect(await closeAfter(lane, new Uint8Array([1, 2, 3]))).toBe(1007)
    expect(await closeAfter(lane, 'x'.repeat(64 * 1024 + 1))).toBe(1009)
    await nothingForged()
  })

  it('[R15] an upgrade without a session, from another site or to a room that is not there is refused', async () => {
    await scene()
    expect(await RawSocket.refusal(owner.origin, room, lane, { origin: owner.origin })).toBe(401)
    expect(await RawSocket.refusal(owner.origin, room, lane, { origin: owner.origin, cookie: 'parley.session_token=forged.forged' })).toBe(401)
    const port = Number(new URL(owner.origin).port)
    expect(await RawSocket.refusal(owner.origin, room, lane, { origin: `http://localhost:${port + 1}`, cookie: attacker.cookie })).toBe(403)
    expect(await RawSocket.refusal(owner.origin, room, lane, { origin: 'https://evil.example', cookie: attacker.cookie })).toBe(403)
    expect(await RawSocket.refusal(owner.origin, room, lane, { cookie: attacker.cookie })).toBe(403)
    expect(await RawSocket.refusal(owner.origin, 'no-such-room' as RoomId, lane, { origin: owner.origin, cookie: attacker.cookie })).toBe(404)
    const secret = await world.room(owner, 'private')
    expect(await RawSocket.refusal(owner.origin, secret, lane, { origin: owner.origin, cookie: attacker.cookie })).toBe(403)
  })

  it('[L2] headers and queries that name somebody else are not believed', async () => {
    await scene()
    const claims = {
      'x-parley-member': encodeURIComponent(JSON.stringify({ id: 'parley', name: 'Parley' })),
      'x-parley-lane': 'agents',
      'x-agents-lifecycle-props': JSON.stringify({ owner: true }),
      'x-partykit-props': JSON.stringify({ owner: true }),
    }
    const socket = await RawSocket.open(attacker, room, lane, claims, '&_pk=agents&__agents_transport=capnweb')
    if (lane !== 'rsc') {
      socket.send(JSON.stringify({ type: 'post', id: newMessageId(), text: '@Ann who am I' }))
      const [ann] = watchers
      await ann?.sees('who am I')
      expect(ann?.messages().at(-1)?.metadata.author.name).toBe('Mallory')
    }
    socket.close()
  })
})

describe('over HTTP', () => {
  it('[R15] server functions refuse strangers, non-members, other sites and nonsense', async () => {
    await scene()
    const secret = await world.room(owner, 'private')
    const functions = serverFunctions(attacker)
    const post = { type: 'post', id: newMessageId(), text: 'forged' } as const
    expect(await functions.ask(secret, post)).toMatchObject({ ok: false, refusal: { code: 'not_a_member' } })
    expect(await functions.earlier(secret, 10)).toMatchObject({ ok: false, refusal: { code: 'not_a_member' } })
    expect(await functions.ask('no such room', post)).toMatchObject({ ok: false, refusal: { code: 'no_such_room' } })
    expect(await functions.earlier(room, Number.NaN)).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
    const stranger = serverFunctions({
      ...attacker,
      fetch: (input, init) => fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), origin: owner.origin } }),
    })
    expect(await stranger.ask(room, post)).toMatchObject({ ok: false, refusal: { code: 'not_signed_in' } })
    const foreign = await fetch(new URL(`/rooms/${room}/rsc?__rsc&__rsc_action_id=/src/lanes/rsc/server-functions.ts%23ask`, owner.origin), {
      method: 'POST',
      headers: { cookie: owner.cookie, origin: 'https://evil.example' },
      body: JSON.stringify([room, { type: 'clear' }]),
    })
    expect(foreign.status).toBe(403)
    await nothingForged()
  })

  it('[R15] no address reaches a Durable Object by its name', async () => {
    await scene()
    for (const path of [
      `/agents/room/${room}`,
      `/agents/parley-room/${room}`,
      `/agents/ROOM/${room}`,
      `/parties/room/${room}`,
      `/ROOM/${room}`,
      `/rooms/${room}/socket`,
      `/cdn-cgi/mf/do/${room}`,
    ]) {
      const response = await attacker.fetch(new URL(path, owner.origin), { redirect: 'manual' })
      expect(response.status, path).toBe(404)
    }
    await nothingForged()
  })
})

/** Each forgery gets a socket of its own: what closes one must not spare the room the next. */
async function sendAlone(lane: LaneName, frame: string): Promise<void> {
  const socket = await RawSocket.open(attacker, room, lane)
  socket.send(frame)
  await socket.answered()
  socket.close()
}

async function closeAfter(lane: LaneName, frame: string | Uint8Array): Promise<number> {
  const socket = await RawSocket.open(attacker, room, lane)
  socket.send(frame)
  return socket.closed()
}
