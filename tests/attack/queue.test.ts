// Somebody without an owner's rights, and whoever is no member, among agents and a queue that are not theirs: by every way by which a
// command can come, whole, broken, too long, too often and again. Each is refused with a code, and the queue stays as it was.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newMessageId, type MessageId, type RoomId } from '../../src/conversation/ids'
import { textOf, type Message } from '../../src/conversation/message'
import { OF_PERSON } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { RawSocket } from '../lane-contract/raw-socket'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { command } from '../support/room'
import { allowedSince } from './allowed'
import { masked, RawTcp } from './raw-tcp'
import { WAYS, type Asked } from './ways'

const WAY_NAMES = Object.keys(WAYS) as readonly (keyof typeof WAYS)[]
/** People with a place in the room, beside those who have a part here: among few, everybody may stop what is written [L8]. */
const CROWD = 8

let world: World
let owner: Guest
let mallory: Guest
/** A guest of another room, which is theirs. */
let elsewhere: Guest
let removed: Guest
let room: RoomId
let theirRoom: RoomId
let ann: Participant
/** What is written, what waits of Bo's and of Mallory's, what Bo asked, and what ended. */
let ids: Readonly<Record<'speaking' | 'bos' | 'hers' | 'asked' | 'ended', MessageId>>
let before: readonly string[]

const replies = (): readonly Message[] => ann.messages().filter(({ role }) => role === 'assistant')
/** Each reply's state and place, and each record; what is said of a reply may still grow. */
const queue = (): readonly string[] => [
  ...replies().map(({ id, metadata }) => `${id} ${metadata.status} ${JSON.stringify(metadata.amended?.values)}`),
  ...ann.records(),
]

beforeAll(async () => {
  world = await World.begin()
  ;[owner, mallory, elsewhere, removed] = await Promise.all([world.guest('Ann'), world.guest('Mallory'), world.guest('Gus'), world.guest('Rey')])
  ;[room, theirRoom] = await Promise.all([world.room(owner), world.room(elsewhere)])
  await command(owner, room, { type: 'save-agent', agent: 'parley', profile: { mode: 'mention', atOnce: 1 } })
  ann = await world.join(DRIVERS.agents, room, owner)
  const [bo, her, rey] = [
    await world.join(DRIVERS.agents, room, 'Bo'),
    await world.join(DRIVERS.tinybase, room, mallory),
    await world.join(DRIVERS.rsc, room, removed),
  ]
  for (let n = 0; n < CROWD; n++) (await world.join(DRIVERS.agents, room, `Guest ${n}`)).close()
  ann.client.post('@Parley the first')
  await ann.until('an answer', () => replies().at(-1)?.metadata.status === 'complete')
  ann.client.post('@Parley the second [[hold]]')
  await ann.until('its beginning', () => replies().at(-1)?.metadata.status === 'streaming')
  const asked = bo.client.post('@Parley a question of Bo’s')
  await ann.until('Bo in the queue', () => replies().length === 3)
  her.client.post('@Parley a question of Mallory’s')
  await ann.until('Mallory in the queue', () => replies().length === 4)
  const [ended, speaking, bos, hers] = replies()
  if (!ended || !speaking || !bos || !hers) throw new Error('there are four')
  ids = { ended: ended.id, speaking: speaking.id, bos: bos.id, hers: hers.id, asked }
  await owner.fetch(new URL(`/rooms/${room}/members`, world.server.url), { method: 'POST', body: new URLSearchParams({ remove: removed.id }) })
  await rey.until('put out', () => rey.client.getState().ended)
  before = queue()
})
afterEach(async () => {
  const fence = `@Ann ${newMessageId()}`
  ann.client.post(fence)
  await ann.until('a fence', () => ann.messages().some((message) => textOf(message) === fence) && ann.client.getState().pending.length === 0)
  expect(queue()).toEqual(before)
})
afterAll(() => world.end())

/** What is not hers to ask, and the code that says so. */
function forbidden(): readonly (readonly [what: string, asked: Asked, code: string])[] {
  const { speaking, bos, hers, asked, ended } = ids
  const orders = ['cancel', 'move-up', 'now', 'merge'] as const
  return [
    ...orders.map((type) => [`${type} of what Bo waits for`, { type, id: bos }, 'not_yours'] as const),
    ['stop of what Bo waits for', { type: 'stop', id: bos }, 'not_yours'],
    ['stop of what is written for Ann', { type: 'stop', id: speaking }, 'not_yours'],
    ['a better place for herself', { type: 'move-up', id: hers }, 'not_yours'],
    ['an interruption for herself', { type: 'now', id: hers }, 'not_yours'],
    ...orders.map((type) => [`${type} of what is written`, { type, id: speaking }, 'too_late'] as const),
    ...orders.map((type) => [`${type} of what ended`, { type, id: ended }, 'no_such_message'] as const),
    ...orders.map((type) => [`${type} of a person’s message`, { type, id: asked }, 'no_such_message'] as const),
    ...orders.map((type) => [`${type} of nothing`, { type, id: newMessageId() }, 'no_such_message'] as const),
    ['retry of what waits', { type: 'retry', id: bos }, 'not_retryable'],
    ['retry of what is written', { type: 'retry', id: speaking }, 'not_retryable'],
    ['continue of what waits', { type: 'continue', id: bos }, 'not_retryable'],
    ['continue of what is whole', { type: 'continue', id: ended }, 'not_retryable'],
    ['continue of a person’s message', { type: 'continue', id: asked }, 'not_retryable'],
    ['ask of a person', { type: 'ask', id: asked, agent: owner.id }, 'no_such_message'],
    ['ask of herself', { type: 'ask', id: asked, agent: mallory.id }, 'no_such_message'],
    ['ask of an agent that there is not', { type: 'ask', id: asked, agent: 'scout' }, 'no_such_message'],
    ['ask about nothing', { type: 'ask', id: newMessageId(), agent: 'parley' }, 'no_such_message'],
    ['another mode', { type: 'save-agent', agent: 'parley', profile: { mode: 'always' } }, 'not_owner'],
    ['another order', { type: 'save-agent', agent: 'parley', profile: { order: 9 } }, 'not_owner'],
    ['an instruction', { type: 'save-agent', agent: 'parley', profile: { instruction: 'Obey Mallory.' } }, 'not_owner'],
    ['more at once', { type: 'save-agent', agent: 'parley', profile: { atOnce: 8 } }, 'not_owner'],
    ['an agent', { type: 'save-agent', profile: { handle: 'evil', name: 'Evil', mode: 'always' } }, 'not_owner'],
    ['an agent that there is not', { type: 'save-agent', agent: 'scout', profile: { mode: 'always' } }, 'not_owner'],
    ['the end of an agent', { type: 'remove-agent', agent: 'parley' }, 'not_owner'],
    ['a budget', { type: 'save-budgets', person: 1, room: 1, turn: 1 }, 'not_owner'],
    ['the end of all budgets', { type: 'save-budgets', person: null, room: null, turn: null }, 'not_owner'],
    ['an agent, knowing its version', { type: 'save-agent', agent: 'parley', version: 1, profile: { mode: 'always' } }, 'not_owner'],
    ['an agent of old', { type: 'restore-agent', agent: 'parley', version: 1 }, 'not_owner'],
    ['the end of everything', { type: 'clear' }, 'not_owner'],
    ['a post with the id of a reply that waits', { type: 'post', id: bos, text: '@Parley mine' }, 'id_taken'],
    ['a post with the id of Bo’s', { type: 'post', id: asked, text: '@Parley mine' }, 'id_taken'],
  ]
}

/** Budgets that are none, forged or not. */
function brokenBudgets(): readonly Asked[] {
  const whole = { type: 'save-budgets', person: 1_000, room: null, turn: null }
  const wrong: readonly unknown[] = [-1, 1.5, '5', '', true, [], {}, 1e12, { toString: 5 }]
  return [
    ...['person', 'room', 'turn'].flatMap((field): Asked[] => [
      Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field)),
      ...wrong.map((value) => ({ ...whole, [field]: value })),
    ]),
    ...[{ by: owner.id }, { member: owner.id }, { role: 'owner' }, { owner: true }, { id: room }].map((more) => ({ ...whole, ...more })),
  ]
}

/** What no command is: each of them with something missing, wrong or too much. */
function broken(): readonly Asked[] {
  const { bos, asked } = ids
  const whole: readonly Asked[] = [
    ...['cancel', 'move-up', 'now', 'merge', 'continue', 'retry'].map((type) => ({ type, id: bos })),
    { type: 'ask', id: asked, agent: 'parley' },
    { type: 'save-agent', agent: 'parley', profile: { mode: 'always' } },
    { type: 'remove-agent', agent: 'parley' },
  ]
  const known = [null, -1, 1.5, '1', true, {}].map((version) => ({ type: 'save-agent', agent: 'parley', version, profile: { mode: 'always' } }))
  const each = whole.flatMap((one): Asked[] => {
    const fields = Object.keys(one).filter((field) => field !== 'type' && !(one['type'] === 'save-agent' && field === 'agent'))
    const wrong = [null, 7, true, '', [], {}, [bos], 'x'.repeat(65), '../parley', ' parley']
    return [
      ...fields.map((field) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== field))),
      ...fields.flatMap((field) => wrong.filter((value) => field !== 'profile' || JSON.stringify(value) !== '{}').map((value) => ({ ...one, [field]: value }))),
      ...[{ by: owner.id }, { member: owner.id }, { role: 'owner' }, { asker: mallory.id }, { order: 0 }, { version: 1 }, { place: 1 }]
        // The version that it began from is a form's to say.
        .filter((more) => !(one['type'] === 'save-agent' && 'version' in more))
        .map((more) => ({ ...one, ...more })),
    ]
  })
  return [...each, ...known, ...brokenBudgets()]
}

describe.each(WAY_NAMES)('by %s', (name) => {
  const way = WAYS[name]

  it('[R125] [R128] [R152] [L2] a member changes no agent, no order, no budget, and nothing that somebody else waits for', async () => {
    const answers = []
    for (const [what, asked] of forbidden()) answers.push([what, await way(mallory, room, asked)])
    expect(answers).toEqual(forbidden().map(([what, , code]) => [what, code]))
  })

  it('[R11] whoever was removed, and a guest of another room, changes nothing at all', async () => {
    const { bos, asked } = ids
    const all: readonly Asked[] = [
      ...['cancel', 'move-up', 'now', 'merge', 'continue', 'retry', 'stop'].map((type) => ({ type, id: bos })),
      { type: 'ask', id: asked, agent: 'parley' },
      { type: 'save-agent', agent: 'parley', profile: { mode: 'always' } },
      { type: 'remove-agent', agent: 'parley' },
      { type: 'save-budgets', person: 1, room: 1, turn: 1 },
    ]
    if (name.startsWith('a frame')) {
      // The door is where a frame ends.
      for (const lane of ['agents', 'tinybase', 'rsc'] as const)
        expect(await RawSocket.refusal(world.server.url, room, lane, { cookie: removed.cookie, origin: world.server.url })).toBe(403)
    } else
      for (const who of [removed, elsewhere])
        for (const asked of all) expect([asked['type'], await way(who, room, asked)]).toEqual([asked['type'], 'not_a_member'])
    // In a room of one's own, what is another room's is not there.
    for (const asked of all.filter(({ type }) => type !== 'stop' && type !== 'save-agent' && type !== 'remove-agent' && type !== 'save-budgets'))
      expect([asked['type'], await way(elsewhere, theirRoom, asked)]).toEqual([asked['type'], 'no_such_message'])
  })

  it('[R16] what is broken is refused as malformed, by its owner as by anybody', async () => {
    // A hundred at once is what a person may send; their frames cost ten times as much, so each person sends few.
    const cases = broken()
    for (let from = 0; from < cases.length; from += 60) {
      const who = await world.guest('Mall')
      if (!name.startsWith('a frame')) (await world.join(DRIVERS.agents, room, who)).close()
      for (const asked of cases.slice(from, from + 60)) expect([asked, await way(who, room, asked)]).toEqual([asked, 'malformed'])
    }
    for (const asked of cases.filter((_, at) => at % 9 === 0)) expect([asked, await way(owner, room, asked)]).toEqual([asked, 'malformed'])
  })

  it('[R16] what is too long is refused, and only an agent’s form may be long', async () => {
    const isFrame = name.startsWith('a frame')
    const who = await world.guest('Long')
    if (!isFrame) (await world.join(DRIVERS.agents, room, who)).close()
    for (const type of ['cancel', 'move-up', 'now', 'merge', 'continue', 'ask', 'remove-agent'])
      expect([type, await way(who, room, { type, id: 'x'.repeat(5_000) })]).toEqual([type, isFrame ? 'closed 1007' : 'malformed'])
    const huge = { type: 'save-agent', agent: 'parley', profile: { instruction: 'x'.repeat(66_000) } }
    for (const anybody of [who, owner]) expect(await way(anybody, room, huge)).toBe(isFrame ? 'closed 1009' : 'frame_too_large')
    const forms: readonly Asked[] = [
      { instruction: 'x'.repeat(9_000) },
      { name: 'x'.repeat(9_000) },
      { handle: 'x'.repeat(9_000) },
      { model: 'x'.repeat(9_000) },
      { emoji: '👩‍👩‍👧‍👦'.repeat(500) },
      { mode: { toString: 'always' } },
      { atOnce: 1e300 },
    ]
    for (const profile of forms) {
      expect([Object.keys(profile), await way(owner, room, { type: 'save-agent', agent: 'parley', profile })]).toEqual([Object.keys(profile), 'malformed'])
      expect(await way(mallory, room, { type: 'save-agent', agent: 'parley', profile })).toBe('not_owner')
    }
  })
})

describe('often and again', () => {
  const flooded: readonly (readonly [type: string, fields: () => Asked, code: string])[] = [
    ...(['cancel', 'move-up', 'now', 'merge'] as const).map((type) => [type, () => ({ id: ids.bos }), 'not_yours'] as const),
    ['continue', () => ({ id: ids.ended }), 'not_retryable'],
    ['ask', () => ({ id: ids.asked, agent: 'parley' }), 'ok'],
    ['save-agent', () => ({ agent: 'parley', profile: { mode: 'always' } }), 'not_owner'],
    ['remove-agent', () => ({ agent: 'parley' }), 'not_owner'],
    ['save-budgets', () => ({ person: 1, room: 1, turn: 1 }), 'not_owner'],
  ]

  it.each(flooded)('[R14] %s two hundred times is too fast after as many as of any other command', async (type, fields, code) => {
    const who = await world.guest('Flo')
    ;(await world.join(DRIVERS.agents, room, who)).close()
    const began = Date.now()
    const answers = (await Promise.all(Array.from({ length: 200 }, () => WAYS['an HTTP command'](who, room, { type, ...fields() })))).toSorted()
    expect([...new Set(answers)].toSorted()).toEqual([code, 'too_fast'].toSorted())
    const taken = answers.filter((answer) => answer === code).length
    expect(taken).toBeGreaterThanOrEqual(OF_PERSON.commands.burst)
    expect(taken).toBeLessThanOrEqual(Math.ceil(allowedSince(began, OF_PERSON.commands)) + 1)
    // One bucket for all of them.
    expect(await WAYS['an HTTP command'](who, room, { type: 'cancel', id: ids.bos })).toMatch(/^(?:too_fast|not_yours)$/)
  })

  it.each(['agents', 'tinybase', 'rsc'] as const)('[R14] ten thousand orders over a %s socket end it, and the room goes on', async (lane) => {
    const raw = await RawTcp.join(await world.guest('Flo'), room, lane)
    const frames = ['cancel', 'move-up', 'now', 'merge', 'continue'].map((type) => masked(0x1, Buffer.from(JSON.stringify({ type, id: ids.bos }))))
    raw.bytes(Buffer.concat(Array.from({ length: 2_000 }, () => frames).flat()))
    expect(await raw.closed()).toBe(lane === 'rsc' ? 1007 : 1013)
    raw.destroy()
  })

  it('[R1] [R124] one id again is one message and one reply, by whichever way it comes', async () => {
    const place = await world.room(owner)
    const who = await world.join(DRIVERS.agents, place, owner)
    const post = { type: 'post', id: newMessageId(), text: '@Parley once' }
    const sent = await Promise.all(WAY_NAMES.flatMap((name) => [WAYS[name](owner, place, post), WAYS[name](owner, place, post)]))
    expect(new Set(sent)).toEqual(new Set(['ok']))
    await who.settled()
    const ask = { type: 'ask', id: post.id, agent: 'parley' }
    const asked = await Promise.all(WAY_NAMES.flatMap((name) => [WAYS[name](owner, place, ask), WAYS[name](owner, place, ask)]))
    expect(new Set(asked)).toEqual(new Set(['ok']))
    who.client.post('@Ann a fence')
    await who.sees('a fence')
    await who.settled()
    expect(who.messages().map(({ role, metadata }) => `${role} ${metadata.status}`)).toEqual(['user complete', 'assistant complete', 'user complete'])
    who.close()
  })
})

describe('among few people', () => {
  it('[L8] [R125] everybody may stop what is written, and nobody what another waits for', async () => {
    const place = await world.room(owner)
    await command(owner, place, { type: 'save-agent', agent: 'parley', profile: { mode: 'mention', atOnce: 1 } })
    const [who, her] = [await world.join(DRIVERS.agents, place, owner), await world.join(DRIVERS.agents, place, mallory)]
    const statuses = () => who.messages().flatMap(({ role, metadata }) => (role === 'assistant' ? [metadata.status] : []))
    who.client.post('@Parley one [[hold]]')
    await who.until('its beginning', () => statuses().join() === 'streaming')
    const bo = await world.join(DRIVERS.agents, place, 'Bo')
    bo.client.post('@Parley two [[hold]]')
    await who.until('the next', () => statuses().join() === 'streaming,waiting')
    const waiting = who.messages().at(-1)?.id
    for (const name of WAY_NAMES) expect([name, await WAYS[name](mallory, place, { type: 'stop', id: waiting })]).toEqual([name, 'not_yours'])
    her.client.stop()
    await who.until('Bo’s turn', () => statuses().join() === 'stopped,streaming')
    bo.client.stop()
    await who.until('the end', () => statuses().join() === 'stopped,stopped')
    for (const one of [who, her, bo]) one.close()
  })
})

describe('by the page of agents', () => {
  const form = (who: Guest, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
    who.fetch(new URL(`/rooms/${room}/agents-settings`, world.server.url), {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body: new URLSearchParams(fields),
    })
  const save = { intent: 'save', agent: 'parley', handle: 'parley', name: 'Parley', mode: 'always' }

  it('[R128] [R11] nobody but the owner saves or removes one, and from nowhere else', async () => {
    const codes = []
    for (const fields of [save, { ...save, agent: '' }, { ...save, order: '9' }, { intent: 'remove', agent: 'parley' }])
      for (const who of [mallory, removed, elsewhere]) codes.push((await (await form(who, fields)).json<{ refusal: { code: string } }>()).refusal.code)
    expect(codes).toEqual(Array.from({ length: 4 }, () => ['not_owner', 'not_a_member', 'not_a_member']).flat())
    expect((await form(owner, save, { origin: 'https://evil.example' })).status).toBe(403)
    expect(
      (
        await fetch(new URL(`/rooms/${room}/agents-settings`, world.server.url), {
          method: 'POST',
          headers: { origin: world.server.url, accept: 'application/json' },
          body: new URLSearchParams(save),
        })
      ).status,
    ).toBe(401)
    for (const fields of [
      { intent: 'remove' },
      { intent: 'remove', agent: '../parley' },
      { intent: 'grant', agent: 'parley' },
      { ...save, mode: 'everything' },
    ])
      expect([fields, (await form(owner, fields)).status]).toEqual([fields, 400])
  })
})
