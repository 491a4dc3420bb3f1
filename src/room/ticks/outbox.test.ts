import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import { Outbox, tickMs } from './outbox'

const ann: Member = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }
const typing: RoomEvent = { type: 'typing', member: ann }
const idOf = (name: string) => `message-${name}` as MessageId
const delta = (name: string, offset: number, text: string, index = 0): RoomEvent => ({ type: 'delta', id: idOf(name), index, offset, text })
const part = (name: string): RoomEvent => ({ type: 'part', id: idOf(name), index: 0, part: { type: 'text', text: '' } })
const settled = (name: string): RoomEvent => ({ type: 'settled', id: idOf(name), seq: 1, version: 2, status: 'stopped', lengths: [] })
const message = (name: string, version = 1): RoomEvent => ({
  type: 'message',
  message: { id: idOf(name), role: 'assistant', parts: [], metadata: { seq: 1, version, author: ann, status: 'streaming', createdAt: 0 } } satisfies Message,
})

let sent: (readonly RoomEvent[])[]
let connections: number
let outbox: Outbox

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  connections = 1
  outbox = new Outbox(
    () => connections,
    (events) => sent.push(events),
  )
})
afterEach(() => void vi.useRealTimers())

/** Lets everything happen that is due now. */
const now = () => vi.advanceTimersByTimeAsync(0)

test.each([
  [0, 16],
  [1, 16],
  [64, 16],
  [200, 50],
  [400, 100],
  [3_000, 100],
])('[R6] with %i connections a tick is %i ms', (connections, ms) => expect(tickMs(connections)).toBe(ms))

test('[R6] the first event of a quiet room leaves at once, with what happened beside it', async () => {
  outbox.add(message('a'))
  outbox.add(typing)
  expect(sent).toEqual([])
  await now()
  expect(sent).toEqual([[message('a'), typing]])
})

test('[R6] what follows gathers until the tick is over', async () => {
  outbox.add(typing)
  await now()
  outbox.add(message('a'))
  outbox.add(part('a'))
  await vi.advanceTimersByTimeAsync(15)
  expect(sent).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(sent[1]).toEqual([message('a'), part('a')])
})

test('[R6] a tick is as long as the room is full', async () => {
  connections = 200
  outbox.add(typing)
  await now()
  outbox.add(typing)
  await vi.advanceTimersByTimeAsync(49)
  expect(sent).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toHaveLength(2)
})

test('[R6] no timer runs while nothing happens', async () => {
  outbox.add(typing)
  await vi.advanceTimersByTimeAsync(16)
  expect(vi.getTimerCount()).toBe(0)
  outbox.add(typing)
  await now()
  expect(sent).toHaveLength(2)
})

describe('growth', () => {
  const sentAfter = async (...events: readonly RoomEvent[]) => {
    for (const event of events) outbox.add(event)
    await now()
    return sent[0]
  }

  test('of one part becomes one delta', async () => {
    expect(await sentAfter(delta('a', 0, 'He'), delta('a', 2, 'll'), delta('a', 4, 'o'))).toEqual([delta('a', 0, 'Hello')])
  })

  test('of several parts becomes one delta each', async () => {
    expect(await sentAfter(delta('a', 0, 'He'), delta('b', 7, 'x'), delta('a', 0, '?', 1), delta('a', 2, 'y'), delta('b', 8, 'z'))).toEqual([
      delta('a', 0, 'Hey'),
      delta('b', 7, 'xz'),
      delta('a', 0, '?', 1),
    ])
  })

  test('does not move past what happened in between', async () => {
    expect(await sentAfter(delta('a', 0, 'He'), part('b'), delta('a', 2, 'y'))).toEqual([delta('a', 0, 'He'), part('b'), delta('a', 2, 'y')])
  })

  test('of the next tick is a delta of its own', async () => {
    await sentAfter(delta('a', 0, 'He'))
    outbox.add(delta('a', 2, 'y'))
    await vi.advanceTimersByTimeAsync(16)
    expect(sent[1]).toEqual([delta('a', 2, 'y')])
  })

  test('of an earlier try is not sent to those who may know the next one already', async () => {
    const other = delta('b', 0, 'other')
    expect(await sentAfter(message('a', 1), part('a'), delta('a', 0, 'old'), other, settled('a'), message('a', 3), part('a'), delta('a', 0, 'new'))).toEqual([
      message('a', 1),
      other,
      message('a', 3),
      part('a'),
      delta('a', 0, 'new'),
    ])
  })

  test('of what was cleared away is not sent, nor are the messages', async () => {
    const cleared: RoomEvent = { type: 'cleared', version: 4 }
    expect(await sentAfter(message('a'), typing, part('a'), delta('a', 0, 'old'), settled('a'), cleared, message('b', 5))).toEqual([
      typing,
      cleared,
      message('b', 5),
    ])
  })
})
