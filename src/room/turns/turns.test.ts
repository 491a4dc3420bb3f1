import { beforeEach, expect, test, vi } from 'vitest'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import { HeldAnswer } from '../../../tests/support/held-answer'
import type { History } from '../history/history'
import type { CallLog } from './call-log'
import { Turns } from './turns'

let voices: HeldAnswer[]
let events: RoomEvent[]
let saved: string[]
let ended: (readonly [MessageId, string])[]
let clock: number
let turns: Turns
let suspended: MessageId[]

beforeEach(() => {
  voices = []
  events = []
  saved = []
  ended = []
  suspended = []
  clock = 0
  let version = 1_000
  const history = { settle: () => ++version, save: (id: MessageId) => void saved.push(id) } as unknown as History
  turns = new Turns({
    history,
    calls: { clear: () => {} } as CallLog,
    now: () => clock,
    publish: (event) => events.push(event),
    speak: (reply, signal) => {
      const voice = new HeldAnswer(reply, signal)
      voices.push(voice)
      return voice.speak()
    },
    settled: ({ id }, status) => ended.push([id, status]),
    suspended: ({ id }) => suspended.push(id),
    closeCards: (_, parts) => parts,
    keepAlive: (work) => void work(),
  })
})

function reply(seq: number): Message {
  return {
    id: `message-${seq}` as MessageId,
    role: 'assistant',
    parts: [],
    metadata: { seq, version: seq, author: { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' }, status: 'streaming', createdAt: 0 },
  }
}

function begin(count: number): void {
  for (let seq = 1; seq <= count; seq++) turns.start(reply(seq))
}

const settled = () => events.flatMap((event) => (event.type === 'settled' ? [[event.seq, event.status]] : []))

test('[L8] stopping ends everything that is written, and nobody speaks any more', async () => {
  begin(8)
  voices[0]?.add({ type: 'text', text: 'Hel' })
  await expect.poll(() => events.some(({ type }) => type === 'part')).toBe(true)
  expect(turns.stop()).toBe(8)
  expect(settled()).toEqual(Array.from({ length: 8 }, (_, at) => [at + 1, 'stopped']))
  expect(voices.every(({ signal }) => signal.aborted)).toBe(true)
  expect(ended).toEqual(Array.from({ length: 8 }, (_, at) => [reply(at + 1).id, 'stopped']))
  expect(turns.openMessages()).toEqual([])
})

test('a reply ends once, whatever is said after its end', async () => {
  begin(1)
  voices[0]?.add({ type: 'done' }, { type: 'text', text: 'more' })
  await expect.poll(() => settled().length > 0).toBe(true)
  turns.stop()
  expect(settled()).toEqual([[1, 'complete']])
  expect(events.some(({ type }) => type === 'part')).toBe(false)
})

test('[R8] what an earlier try still says is not heard in the next', async () => {
  begin(1)
  const [first] = voices
  turns.stop()
  turns.start(reply(1))
  first?.add({ type: 'text', text: 'old' })
  voices[1]?.add({ type: 'text', text: 'new' }, { type: 'done' })
  await expect.poll(() => settled().length).toBe(2)
  expect(events.flatMap((event) => (event.type === 'part' ? [event.part] : []))).toEqual([{ type: 'text', text: 'new' }])
})

test('[R7] what has grown is saved once a second', async () => {
  begin(1)
  const grow = async (at: number) => {
    clock = at
    const before = events.length
    voices[0]?.add({ type: 'text', text: 'x' })
    await expect.poll(() => events.length > before).toBe(true)
    turns.saveDue()
    return saved.length
  }
  expect(await grow(999)).toBe(0)
  expect(await grow(1_000)).toBe(1)
  expect(await grow(1_999)).toBe(1)
  expect(await grow(2_000)).toBe(2)
  clock = 9_000
  turns.saveDue()
  expect(saved).toHaveLength(2)
})

test('[R7] what a model said before it fell silent is saved within a second', async () => {
  vi.useFakeTimers()
  try {
    begin(1)
    voices[0]?.add({ type: 'text', text: 'x' })
    await vi.advanceTimersByTimeAsync(0)
    turns.saveDue()
    expect(saved).toEqual([])
    clock = 1_000
    await vi.advanceTimersByTimeAsync(1_000)
    expect(saved).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
    clock = 1_020
    voices[0]?.add({ type: 'text', text: 'y' })
    await vi.advanceTimersByTimeAsync(0)
    turns.saveDue()
    clock = 2_000
    await vi.advanceTimersByTimeAsync(980)
    expect(saved).toHaveLength(2)
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('[R10] a clear ends every turn without a word', () => {
  begin(9)
  turns.dropAll()
  expect(events).toEqual([])
  expect(voices.every(({ signal }) => signal.aborted)).toBe(true)
  expect(ended).toEqual([])
})
