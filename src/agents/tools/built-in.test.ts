import { describe, expect, test } from 'vitest'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { FoundMessage } from '../../models/room-reader'
import { LONGEST_READ, readable } from './bounds'
import { BUILT_IN } from './built-in'
import type { RoomView, Wanted } from './room-view'
import type { ToolOutcome } from './tool'

const NOON = Date.UTC(2026, 2, 3, 12, 0)

function said(seq: number, author: string, text: string, kind: FoundMessage['kind'] = 'person'): FoundMessage {
  return { seq, author, kind, text, createdAt: NOON + seq * 60_000 }
}

const TALK = [
  said(1, 'Bo', 'We agreed on the harbour for the launch.'),
  said(2, 'Cy', 'The harbour is cold in March.'),
  said(3, 'Parley', 'The harbour it is, and the launch.', 'agent'),
  said(4, 'Ann', 'Who pays?'),
]

/** A room that holds these messages, for somebody who may look or not. */
function roomOf(messages: readonly FoundMessage[], may = true, asked: Wanted[] = []): RoomView {
  return {
    may: () => may,
    reach: () => messages.length,
    search: (query, limit, match) => {
      const words = query.toLowerCase().split(/\s+/)
      const holds = (text: string) => (match === 'any' ? words.some((word) => text.includes(word)) : words.every((word) => text.includes(word)))
      return messages
        .filter(({ text }) => holds(text.toLowerCase()))
        .toReversed()
        .slice(0, limit)
    },
    read: (wanted) => {
      asked.push(wanted)
      return messages.filter(({ seq }) => seq <= (wanted.upTo ?? Infinity)).slice(-wanted.limit)
    },
    here: (limit) => ({
      members: [
        { name: 'Ann', kind: 'person' as const },
        { name: 'Parley', kind: 'agent' as const },
      ].slice(0, limit),
      count: 2,
    }),
  }
}

/** What a call of a tool says, from what a model wrote to what it reads. */
async function call(name: string, input: unknown, room = roomOf(TALK)): Promise<ToolOutcome> {
  const tool = BUILT_IN.find((one) => one.name === name)
  if (!tool) throw new Error(`there is no ${name}`)
  const read = tool.read(input)
  if (!read.ok) return read
  const { signal } = new AbortController()
  return tool.run(read.value, {
    asker: 'ann' as MemberId,
    agent: 'parley' as MemberId,
    reply: 'r' as MessageId,
    call: 'c',
    room,
    signal,
    answers: [],
    now: () => NOON,
  })
}

const output = async (name: string, input: unknown, room?: RoomView) => {
  const outcome = await call(name, input, room)
  if (!outcome.ok) throw new Error(outcome.text)
  return outcome.output
}

const numbers = (found: unknown) => (found as { found: readonly { number: number }[] }).found.map(({ number }) => number)

describe('[R186] search_room', () => {
  test.each([
    [{ query: 'harbour' }, [3, 2, 1]],
    [{ query: 'HARBOUR launch' }, [3, 1]],
    [{ query: 'cold launch', match: 'any' }, [3, 2, 1]],
    [{ query: 'harbour launch cold', match: 'any', people_only: true }, [2, 1]],
    [{ query: 'harbour', before: 3 }, [2, 1]],
    [{ query: 'harbour', limit: 1 }, [3]],
    [{ query: 'unicorn' }, []],
  ])('finds for %j %j, those with the most of the words first', async (input, expected) => {
    expect(numbers(await output('search_room', input))).toEqual(expected)
  })

  test('says how many more there are, and how much it looked through', async () => {
    expect(await output('search_room', { query: 'harbour', limit: 1 })).toMatchObject({ more: 2, searched: 4 })
  })

  test('shows of long messages what stands around the word', async () => {
    const long = roomOf([said(1, 'Bo', `${'x '.repeat(2_000)}needle${' y'.repeat(2_000)}`)])
    const [found] = ((await output('search_room', { query: 'needle' }, long)) as { found: readonly { text: string }[] }).found
    expect(found?.text).toMatch(/^….*needle.*…$/)
    expect(found?.text.length).toBeLessThan(410)
  })
})

describe('[R186] read_messages', () => {
  test.each([
    [{}, { limit: 20 }],
    [
      { limit: 5, before: 9 },
      { limit: 5, upTo: 8 },
    ],
    [
      { around: 100, limit: 10 },
      { limit: 10, upTo: 105 },
    ],
    [{ author: ' Bo ' }, { limit: 20, author: 'Bo' }],
    [
      { from: '2026-03-03T12:00:00Z', to: '2026-03-03T14:00:00+01:00' },
      { limit: 20, from: NOON, to: NOON + 3_600_000 },
    ],
  ])('with %j reads %j', async (input, expected) => {
    const asked: Wanted[] = []
    await output('read_messages', input, roomOf(TALK, true, asked))
    expect(asked).toEqual([expected])
  })

  test('gives what fits what a model reads, however much was said', async () => {
    const room = roomOf(Array.from({ length: 50 }, (_, at) => said(at + 1, 'Bo'.repeat(50), 'word '.repeat(6_000))))
    const told = readable(await output('read_messages', { limit: 50 }, room))
    expect(told.length).toBeLessThan(LONGEST_READ)
  })
})

test('[R186] who_is_here, now and calculate say what is so', async () => {
  expect(await output('who_is_here', {})).toEqual({
    here: [
      { name: 'Ann', kind: 'person' },
      { name: 'Parley', kind: 'agent' },
    ],
    more: 0,
  })
  expect(await output('now', {})).toEqual({ at: '2026-03-03T12:00:00.000Z', weekday: 'Tuesday', zone: 'UTC' })
  expect(await output('calculate', { sum: '3*7' })).toEqual({ sum: '3*7', result: '21' })
})

test.each([
  ['(3 + 4) * 12.5', '87.5'],
  ['2 ^ 10', '1024'],
  ['0.1 + 0.2', '0.3'],
  ['-2 ^ 2', '-4'],
  ['10 % 4', '2'],
])('[R186] calculates %s', async (sum, result) => {
  expect(await output('calculate', { sum })).toEqual({ sum, result })
})

test.each([
  ['1 / 0', /no result/],
  ['9^9^9^9', /no result/],
  ['process.exit(1)', /cannot be read/],
  ['constructor', /cannot be read/],
  [`${'('.repeat(150)}1`, /cannot be read/],
  ['1+'.repeat(5_000), /“sum” is too long: it may have 200 characters at most/],
  ['', /“sum” is empty/],
])('[R186] a sum is never code and never without an end: %s', async (sum, expected) => {
  const began = performance.now()
  expect(await call('calculate', { sum })).toEqual({ ok: false, text: expect.stringMatching(expected) })
  expect(performance.now() - began).toBeLessThan(1_000)
})

test.each(['search_room', 'read_messages', 'who_is_here'])('[R187] %s shows nothing to whoever has no place in the room any more', async (name) => {
  const outcome = await call(name, name === 'search_room' ? { query: 'harbour' } : {}, roomOf(TALK, false))
  expect(outcome).toEqual({ ok: false, text: expect.stringContaining('no place in this room') })
})

test.each(BUILT_IN.map((tool) => [tool.name, tool] as const))('[R186] %s is described to a model in little, and takes nothing but what fits', (name, tool) => {
  expect(name).toMatch(/^\w{1,64}$/)
  expect(tool.schema).toMatchObject({ type: 'object' })
  expect(JSON.stringify(tool.schema).length + tool.description.length).toBeLessThan(1_600)
  expect(tool.effect).toBe('none')
  for (const wrong of [null, 'text', [], 7]) expect(tool.read(wrong)).toMatchObject({ ok: false })
})

test.each([
  ['search_room', {}],
  ['search_room', { query: ' ' }],
  ['search_room', { query: { deep: [] } }],
  ['search_room', { query: 'x', limit: 1e9 }],
  ['search_room', { query: 'x', limit: 1.5 }],
  ['search_room', { query: 'x'.repeat(201) }],
  ['read_messages', { limit: 0 }],
  ['read_messages', { from: 'yesterday' }],
  ['read_messages', { around: -1 }],
  ['calculate', { sum: 1 }],
])('[R182] %s does not take %j', (name, input) => {
  const read = BUILT_IN.find((tool) => tool.name === name)?.read(input)
  expect(read).toEqual({ ok: false, text: expect.stringMatching(/^This input does not fit the tool: “\w+”.+\.$/) })
})
