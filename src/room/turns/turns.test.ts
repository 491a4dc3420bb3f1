import { beforeEach, expect, test, vi } from 'vitest'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import { HeldAnswer } from '../../../tests/support/held-answer'
import type { History } from '../history/history'
import { MAX_WAITING, Turns } from './turns'

let voices: HeldAnswer[]
let events: RoomEvent[]
let saved: string[]
let clock: number
let turns: Turns

beforeEach(() => {
  voices = []
  events = []
  saved = []
  clock = 0
  let version = 1_000
  const history = { settle: () => ++version, save: (id: MessageId) => void saved.push(id) } as unknown as History
  turns = new Turns({
    history,
    now: () => clock,
    publish: (event) => events.push(event),
    speak: (reply, signal) => {
      const voice = new HeldAnswer(reply, signal)
      voices.push(voice)
      return voice.speak()
    },
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

test('[R13] eight replies are written at a time, the rest in order', async () => {
  begin(10)
  expect(voices.map((voice) => voice.reply.metadata.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  voices[3]?.add({ type: 'done' })
  await expect.poll(() => voices.length).toBe(9)
  expect(voices[8]?.reply.metadata.seq).toBe(9)
})

test('[R13] a hundred may wait, and no more', () => {
  begin(8 + MAX_WAITING - 1)
  expect(turns.hasRoomFor(1)).toBe(true)
  expect(turns.hasRoomFor(2)).toBe(false)
  turns.start(reply(500))
  expect(turns.hasRoomFor(1)).toBe(false)
})

test('[R13] a reply that is stopped while it waits gives up its place', () => {
  begin(8 + MAX_WAITING)
  turns.stop(reply(20).id)
  expect(turns.hasRoomFor(1)).toBe(true)
})

test('[L8] stopping ends everything that is written or waits, and nobody speaks any more', async () => {
  begin(10)
  voices[0]?.add({ type: 'text', text: 'Hel' })
  await expect.poll(() => events.some(({ type }) => type === 'part')).toBe(true)
  expect(turns.stop()).toBe(10)
  expect(settled()).toEqual(Array.from({ length: 10 }, (_, at) => [at + 1, 'stopped']))
  expect(voices.every(({ signal }) => signal.aborted)).toBe(true)
  expect(voices).toHaveLength(8)
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
  expect(turns.hasRoomFor(MAX_WAITING)).toBe(true)
})
