import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Command } from '../../conversation/command'
import type { MessageId } from '../../conversation/ids'
import { MAX_MESSAGE_LENGTH } from '../../conversation/message'
import { TYPING_MS, type RowKey } from '../../conversation/room-client'
import { ClientState } from './client-state'
import { CommandOutbox } from './command-outbox'

const idOf = (name: string) => `message-${name}` as MessageId
const row = (name: string, seq: number): RowKey => ({ id: idOf(name), seq, status: 'complete' })

let state: ClientState<RowKey>
let sent: Command[]
let clock: number
let outbox: CommandOutbox<RowKey>

beforeEach(() => {
  vi.useFakeTimers()
  state = new ClientState<RowKey>({ rows: [], hasEarlier: false, records: [], here: [], hereCount: 0 })
  sent = []
  clock = 10_000
  outbox = new CommandOutbox(
    state,
    (command) => sent.push(command),
    () => clock,
  )
})

afterEach(() => void vi.useRealTimers())

const pending = () => state.get().pending.map(({ text }) => text)

test('a post is pending and sent at once', () => {
  const id = outbox.post('hello')
  expect(state.get().pending).toEqual([{ id, text: 'hello', createdAt: 10_000 }])
  expect(sent).toEqual([{ type: 'post', id, text: 'hello' }])
})

test('[L6] what waits is sent again after a reconnect, in the order it was written', () => {
  for (const name of ['a', 'b', 'c']) outbox.post(name, idOf(name))
  outbox.refuse(idOf('b'), { code: 'too_many_waiting', message: 'Wait.' })
  sent.length = 0
  outbox.sendPending()
  expect(sent).toEqual(['a', 'c'].map((name) => ({ type: 'post', id: idOf(name), text: name })))
})

test('what was acknowledged is not sent again', () => {
  outbox.post('a', idOf('a'))
  outbox.acknowledge(idOf('a'), 1)
  sent.length = 0
  outbox.sendPending()
  expect(sent).toEqual([])
})

describe('a pending post leaves', () => {
  beforeEach(() => void outbox.post('a', idOf('a')))

  test('when its row is there, acknowledged or not', () => {
    state.set({ rows: [row('a', 1)] })
    outbox.settle(false)
    expect(pending()).toEqual([])
  })

  test('not when it is acknowledged and its row is still on the way', () => {
    outbox.acknowledge(idOf('a'), 1)
    outbox.settle(false)
    expect(pending()).toEqual(['a'])
  })

  test('not when the room is caught up with and never acknowledged it', () => {
    outbox.settle(true)
    expect(pending()).toEqual(['a'])
  })

  test('when it was acknowledged, and a clear or a catch-up shows that its row is gone', () => {
    outbox.acknowledge(idOf('a'), 1)
    outbox.settle(true)
    expect(pending()).toEqual([])
  })

  test('when it is acknowledged for a place that is past', () => {
    state.set({ rows: [row('b', 2)] })
    outbox.acknowledge(idOf('a'), 1)
    expect(pending()).toEqual([])
  })

  test('when its acknowledged place is past later on', () => {
    outbox.acknowledge(idOf('a'), 1)
    state.set({ rows: [row('b', 2)] })
    outbox.settle(false)
    expect(pending()).toEqual([])
  })

  test('when it was acknowledged and its row stays away: the room was cleared before this client came back', () => {
    outbox.acknowledge(idOf('a'), 1)
    vi.advanceTimersByTime(4_999)
    expect(pending()).toEqual(['a'])
    vi.advanceTimersByTime(1)
    expect(pending()).toEqual([])
  })

  test('when its author discards it', () => {
    outbox.discard(idOf('a'))
    expect(pending()).toEqual([])
  })
})

test('a refused post keeps its words and says why', () => {
  const refusal = { code: 'too_fast', message: 'Wait.', retryAfterMs: 50 } as const
  outbox.post('a', idOf('a'))
  outbox.refuse(idOf('a'), refusal)
  expect(state.get().pending).toEqual([{ id: idOf('a'), text: 'a', createdAt: 10_000, refusal, refusedAt: 10_000 }])
  expect(state.get().refusal).toBeNull()
})

test('any other refusal is shown on its own', () => {
  outbox.refuse(undefined, { code: 'not_owner', message: 'No.' })
  expect(state.get().refusal).toEqual({ code: 'not_owner', message: 'No.' })
})

test('[R13] a post that no room would take is refused here, where its frame cannot cost the connection', () => {
  outbox.post('x'.repeat(MAX_MESSAGE_LENGTH + 1), idOf('a'))
  expect(sent).toEqual([])
  expect(state.get().pending[0]?.refusal?.code).toBe('too_long')
  outbox.sendPending()
  expect(sent).toEqual([])
  outbox.post('x'.repeat(MAX_MESSAGE_LENGTH), idOf('b'))
  expect(sent).toHaveLength(1)
})

test('typing is told twice per time that it is shown, at most', () => {
  outbox.typing()
  clock += TYPING_MS / 2 - 1
  outbox.typing()
  expect(sent).toEqual([{ type: 'typing' }])
  clock += 1
  outbox.typing()
  expect(sent).toHaveLength(2)
})
