import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { TYPING_MS, type RowKey } from '../../conversation/room-client'
import { ClientState } from './client-state'

const ann: Member = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }
const bo: Member = { id: 'bo' as MemberId, name: 'Bo', kind: 'person' }
const post = (name: string) => ({ id: `message-${name}` as MessageId, text: name, createdAt: 0 })

let state: ClientState<RowKey>
let changes: number

beforeEach(() => {
  vi.useFakeTimers()
  state = new ClientState<RowKey>({ rows: [], hasEarlier: false, records: [], here: [], hereCount: 0 })
  changes = 0
  state.subscribe(() => changes++)
})
afterEach(() => void vi.useRealTimers())

test('begins with what the page showed, on its way to the room', () => {
  expect(state.get()).toMatchObject({ connection: 'connecting', pending: [], typing: [], refusal: null, ended: false, rows: [] })
})

test('is a new object after a change, and the same one without', () => {
  const before = state.get()
  state.set({ hereCount: 0, rows: before.rows })
  expect(state.get()).toBe(before)
  expect(changes).toBe(0)
  state.set({ hereCount: 2 })
  expect(state.get()).not.toBe(before)
  expect(changes).toBe(1)
})

test('tells nobody who has stopped listening', () => {
  const listener = vi.fn()
  const stop = state.subscribe(listener)
  state.set({ hereCount: 1 })
  stop()
  state.set({ hereCount: 2 })
  expect(listener).toHaveBeenCalledTimes(1)
})

test('[L3] holds a pending post once: sent again, it keeps its place and loses its refusal', () => {
  state.addPending({ ...post('a'), refusal: { code: 'too_long', message: 'Shorten it.' } })
  state.addPending(post('b'))
  state.addPending({ ...post('a'), text: 'shorter' })
  expect(state.get().pending).toEqual([{ ...post('a'), text: 'shorter' }, post('b')])
})

test('marks one pending post as refused, and drops what is gone', () => {
  const refusal = { code: 'too_fast', message: 'Wait.' } as const
  state.addPending(post('a'))
  state.addPending(post('b'))
  state.refusePending(post('a').id, refusal, 5)
  expect(state.get().pending).toEqual([{ ...post('a'), refusal, refusedAt: 5 }, post('b')])
  state.dropPending(({ id }) => id === post('a').id)
  expect(state.get().pending).toEqual([post('b')])
  const seen = changes
  state.dropPending(() => false)
  expect(changes).toBe(seen)
})

test('shows that somebody types until they have paused', () => {
  state.showTyping(ann)
  vi.advanceTimersByTime(TYPING_MS - 1)
  state.showTyping(ann)
  state.showTyping(bo)
  expect(state.get().typing).toEqual([ann, bo])
  vi.advanceTimersByTime(TYPING_MS - 1)
  expect(state.get().typing).toEqual([ann, bo])
  vi.advanceTimersByTime(1)
  expect(state.get().typing).toEqual([])
})

test('shows no typing of one who has spoken, and leaves no timer behind', () => {
  state.showTyping(ann)
  state.showTyping(bo)
  state.hideTyping(ann.id)
  expect(state.get().typing).toEqual([bo])
  state.stop()
  expect(vi.getTimerCount()).toBe(0)
})
