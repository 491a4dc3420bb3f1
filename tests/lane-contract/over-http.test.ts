// A room over HTTP, for programs: its records, and commands as a frame would carry them.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import type { RoomRecord } from '../../src/conversation/record'
import type { Refusal } from '../../src/conversation/refusal'
import type { Guest } from '../support/guest'
import { DRIVERS } from './drivers'
import { World } from './world'

let world: World
let ann: Guest
let room: RoomId

beforeAll(async () => {
  world = await World.begin()
  ann = await world.guest('Ann')
  room = await world.room(ann, 'private')
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const at = (path: string) => new URL(`/rooms/${room}/${path}`, world.server.url)
const order = (guest: Guest, command: unknown, headers: Readonly<Record<string, string>> = {}) =>
  guest.fetch(at('commands'), { method: 'POST', headers, body: typeof command === 'string' ? command : JSON.stringify(command) })

async function refusalOf(response: Response): Promise<readonly [status: number, code: string]> {
  return [response.status, (await response.json<{ refusal: Refusal }>()).refusal.code]
}

describe('[R142] records', () => {
  it('are answered to a member, of one kind or all', async () => {
    const agents = await ann.fetch(at('records?kind=agent'))
    expect([agents.status, agents.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const { records } = await agents.json<{ records: readonly RoomRecord[] }>()
    expect(records).toMatchObject([{ kind: 'agent', id: 'parley', version: expect.any(Number), value: { handle: 'parley', name: 'Parley' } }])
    const all = await (await ann.fetch(at('records'))).json<{ records: readonly RoomRecord[] }>()
    expect(all.records.map(({ kind }) => kind)).toEqual(['agent', 'room'])
  })

  it('are told nobody else', async () => {
    const mallory = await world.guest('Mallory')
    expect(await refusalOf(await mallory.fetch(at('records?kind=agent')))).toEqual([403, 'not_a_member'])
    expect(await refusalOf(await fetch(at('records?kind=agent')))).toEqual([401, 'not_signed_in'])
    expect(await refusalOf(await ann.fetch(at('records?kind=nonsense')))).toEqual([400, 'malformed'])
    expect(await refusalOf(await ann.fetch(new URL('/rooms/nowhere/records', world.server.url)))).toEqual([404, 'no_such_room'])
  })
})

it.each(['', '/agents', '/rsc', '/nolane', '/compare', '/members', '/agents', '/costs', '/memory', '/schedules', '/policies', '/audit'])(
  '[R142] a program that asks for JSON is refused in JSON where a browser is in words: %s',
  async (page) => {
    const mallory = await world.guest('Mallory')
    const place = new URL(`/rooms/${room}${page}`, world.server.url)
    const program = await mallory.fetch(place, { headers: { accept: 'application/json' } })
    const code = page === '/nolane' ? [404, 'no_such_room'] : [403, 'not_a_member']
    expect(await refusalOf(program)).toEqual(code)
    const browser = await mallory.fetch(place, { headers: { accept: 'text/html,*/*' } })
    expect([browser.status, browser.headers.get('content-type')]).toEqual([code[0], 'text/html; charset=utf-8'])
  },
)

describe('[R142] commands', () => {
  it('post, stop and clear, and answer what the room answers', async () => {
    const who = await world.join(DRIVERS.agents, room, ann)
    const id = newMessageId()
    const post = { type: 'post', id, text: '@Ann over HTTP' }
    const answer = async (command: unknown) => (await order(ann, command)).json<unknown>()
    expect(await answer(post)).toEqual({ ok: true, value: { seq: 1 } })
    expect(await answer(post)).toEqual({ ok: true, value: { seq: 1 } })
    await who.sees('over HTTP')
    expect(who.messages().map((message) => [message.metadata.author.name, textOf(message)])).toEqual([['Ann', '@Ann over HTTP']])
    expect(await answer({ type: 'stop' })).toEqual({ ok: true, value: null })
    expect(await answer({ type: 'typing' })).toEqual({ ok: true, value: null })
    expect(await answer({ type: 'clear' })).toEqual({ ok: true, value: null })
    await who.until('empty', () => who.messages().length === 0)
  })

  it.each<readonly [string, unknown, number, string]>([
    ['what is no JSON', '{', 400, 'malformed'],
    ['nothing', '', 400, 'malformed'],
    ['what no room knows', { type: 'grant', role: 'owner' }, 400, 'unknown_command'],
    ['a claim to be somebody else', { type: 'post', id: newMessageId(), text: 'x', author: 'parley' }, 400, 'malformed'],
    ['a long one that is no post', { type: 'stop', id: 'x'.repeat(5_000) }, 400, 'malformed'],
    ['more than a frame', 'x'.repeat(70_000), 413, 'frame_too_large'],
    ['an empty post', { type: 'post', id: newMessageId(), text: ' ' }, 400, 'empty'],
    ['a retry of nothing', { type: 'retry', id: newMessageId() }, 404, 'no_such_message'],
  ])('refuse %s', async (_, command, status, code) => expect(await refusalOf(await order(ann, command))).toEqual([status, code]))

  it('are nobody else’s, come from nowhere else, and are never read by GET', async () => {
    const mallory = await world.guest('Mallory')
    const command = { type: 'post', id: newMessageId(), text: 'forged' }
    expect(await refusalOf(await order(mallory, command))).toEqual([403, 'not_a_member'])
    expect(await refusalOf(await order(ann, command, { origin: 'https://evil.example' }))).toEqual([403, 'wrong_origin'])
    const stranger = await fetch(at('commands'), { method: 'POST', headers: { origin: world.server.url }, body: JSON.stringify(command) })
    expect(await refusalOf(stranger)).toEqual([401, 'not_signed_in'])
    expect((await ann.fetch(at('commands'))).status).toBe(404)
  })
})

it.each([
  ['a model that there is not', { model: 'openai:gpt-99' }],
  ['half a place', { order: 1.5 }],
  ['a place before the first', { order: -5 }],
  ['a place beyond the last', { order: 1e15 }],
  ['an instruction of controls', { instruction: '\u0000\u0007' }],
])('[R128] an agent with %s is refused over HTTP, in words', async (_what, profile) => {
  expect(await refusalOf(await order(ann, { type: 'save-agent', agent: 'parley', profile }))).toEqual([400, 'malformed'])
})

it('[R176] an agent that was changed meanwhile is not overwritten over HTTP', async () => {
  const { records } = await (await ann.fetch(at('records?kind=agent'))).json<{ records: readonly RoomRecord[] }>()
  const version = records[0]?.version
  const save = (instruction: string) => order(ann, { type: 'save-agent', agent: 'parley', version, profile: { instruction } })
  expect((await save('One.')).status).toBe(200)
  expect(await refusalOf(await save('Another.'))).toEqual([409, 'conflict'])
})

it('[R171] a reply to what was never said is refused over HTTP', async () => {
  expect(await refusalOf(await order(ann, { type: 'post', id: newMessageId(), text: '@Ann yes', replyTo: newMessageId() }))).toEqual([404, 'no_such_message'])
})
