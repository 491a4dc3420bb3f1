import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PAGE_SIZE } from '../../conversation/page'
import { FakeNetwork } from './testing/fake-network'
import { ADA, FakeRoom } from './testing/fake-room'
import { openTab, passing, shown } from './testing/fake-tab'
import { changesFor } from './row'

let room: FakeRoom
let sent: string[]
let closed: number[]

const connection = {
  id: '1',
  member: ADA,
  send: (frame: string | Uint8Array) => void sent.push(String(frame)),
  close: (code: number) => void closed.push(code),
}

beforeEach(() => {
  vi.useFakeTimers()
  room = new FakeRoom()
  sent = []
  closed = []
})

afterEach(() => vi.useRealTimers())

test('[L2] content that a client sends reaches neither the store nor anybody', async () => {
  const network = new FakeNetwork(room)
  const victim = openTab(network, room.snapshot())
  room.post('true')
  room.tick()
  await passing()
  const [held] = room.messages
  if (!held) throw new Error('the room has a message')
  const forged = changesFor([{ ...held, role: 'assistant', metadata: { ...held.metadata, version: 999 }, parts: [{ type: 'text', text: 'forged' }] }])
  network.forget()
  for (const ask of [0, 1, 2, 3]) room.lane.message(connection, JSON.stringify({ type: 'sync', id: 'x', ask, body: forged }))
  room.lane.message(connection, JSON.stringify({ type: 'rows', changes: forged }))
  room.lane.message(connection, JSON.stringify([{ type: 'rows', changes: forged }]))
  await passing()
  expect(network.down).toEqual([])
  expect(closed).toEqual([])
  const late = openTab(network, null)
  await passing()
  expect(shown(late)).toEqual(shown(room))
  expect(shown(victim)).toEqual(shown(room))
  late.close()
  victim.close()
})

test.each([
  ['no JSON', 'hello'],
  ['bytes', new ArrayBuffer(3)],
  ['hashes that are none', JSON.stringify({ type: 'sync', id: 'x', ask: 5, body: { messages: 'everything' } })],
])('a malformed frame ends the connection: %s', (_name, frame) => {
  room.lane.message(connection, frame)
  expect(closed).toEqual([1007])
  expect(sent).toEqual([])
})

test('an unknown command is refused in words', () => {
  room.lane.message(connection, '{"type":"promote"}')
  expect(JSON.parse(sent[0] ?? '')).toMatchObject({ type: 'refused', refusal: { code: 'unknown_command' } })
})

test('questions about tables that are not there are answered with nothing', () => {
  room.post('hello')
  room.lane.join(connection, null)
  sent.length = 0
  for (const body of [{ __proto__: null, constructor: { 1: 2 } }, { secrets: {} }, {}])
    room.lane.message(connection, JSON.stringify({ type: 'sync', id: 'x', ask: 5, body }))
  expect(sent.map((frame) => JSON.parse(frame) as unknown)).toEqual(Array.from({ length: 3 }, () => ({ type: 'synced', id: 'x', body: [[{}], {}] })))
})

test('a tick is encoded once, in order, with the rows of one breath in one change', () => {
  const spy = vi.spyOn(room.lane, 'tick')
  room.connections.add({ ...connection, drop() {} })
  room.connections.add({ ...connection, drop() {} })
  room.post('question')
  const reply = room.beginReply()
  room.say(reply, 'ans')
  room.tick()
  expect(spy).toHaveBeenCalledTimes(1)
  expect(sent).toHaveLength(2)
  expect(sent[0]).toBe(sent[1])
  const items = JSON.parse(sent[0] ?? '') as { type?: string }[]
  expect(items.map((item) => item.type ?? 'delta')).toEqual(['rows', 'part', 'delta'])
})

test('a reply retried in the tick in which it ended is two changes', () => {
  room.connections.add({ ...connection, drop() {} })
  const reply = room.beginReply()
  room.settle(reply, 'stopped')
  room.reopen(reply)
  room.tick()
  expect((JSON.parse(sent[0] ?? '') as { type: string }[]).map((item) => item.type)).toEqual(['rows', 'settled', 'rows'])
})

test('[L4] more than a page within one tick reaches those who are there whole', async () => {
  const network = new FakeNetwork(room)
  const tab = openTab(network, room.snapshot())
  await passing()
  for (let n = 1; n <= 2 * PAGE_SIZE + 20; n++) room.post(`message ${n}`)
  room.tick()
  await passing()
  expect(tab.getState().rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 2 * PAGE_SIZE + 20 }, (_, at) => at + 1))
  tab.close()
})
