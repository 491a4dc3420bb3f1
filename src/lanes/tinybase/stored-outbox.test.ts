import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newMessageId } from '../../conversation/ids'
import { refuse } from '../../conversation/refusal'
import { FakeNetwork } from './testing/fake-network'
import { FakeRoom } from './testing/fake-room'
import { FakeStorage } from './testing/fake-storage'
import { comingBack, openTab, passing, shown } from './testing/fake-tab'

let room: FakeRoom
let network: FakeNetwork
let storage: FakeStorage

beforeEach(() => {
  vi.useFakeTimers()
  room = new FakeRoom()
  network = new FakeNetwork(room)
  storage = new FakeStorage()
})

afterEach(() => vi.useRealTimers())

function open() {
  return openTab(network, room.snapshot(), storage.tab())
}

function pendingTexts(tab: ReturnType<typeof open>): readonly string[] {
  return tab.getState().pending.map((post) => post.text)
}

test('posts written offline survive a reload and arrive in the order they were written', async () => {
  network.online = false
  const before = open()
  for (const text of ['one', 'two', 'three']) {
    before.post(text)
    await passing()
  }
  expect([...storage.items.keys()].every((key) => key.startsWith('parley:outbox:lobby:ada:'))).toBe(true)
  before.close()
  // A storage has no order of its own.
  const items = [...storage.items].reverse()
  storage.items.clear()
  for (const [key, value] of items) storage.items.set(key, value)
  const after = open()
  expect(pendingTexts(after)).toEqual(['one', 'two', 'three'])
  network.online = true
  await comingBack()
  room.tick()
  await passing()
  expect(room.messages.map((message) => message.parts)).toEqual(['one', 'two', 'three'].map((text) => [{ type: 'text', text }]))
  expect(after.getState().pending).toEqual([])
  expect(storage.items.size).toBe(0)
  after.close()
})

test('[L3] a post whose acknowledgement was lost is sent again and posted once', async () => {
  const tab = open()
  await passing()
  tab.post('once')
  for (const connection of room.connections) {
    await Promise.resolve()
    connection.drop()
  }
  await comingBack()
  room.tick()
  await passing()
  expect(shown(tab)).toEqual(['1 complete once'])
  expect(tab.getState().pending).toEqual([])
  expect(storage.items.size).toBe(0)
  tab.close()
})

test('two tabs show a post, and neither when it is in the room', async () => {
  network.online = false
  const [one, two] = [open(), open()]
  one.post('hello')
  expect(pendingTexts(two)).toEqual(['hello'])
  network.online = true
  await comingBack()
  room.tick()
  await passing()
  expect(room.messages).toHaveLength(1)
  for (const tab of [one, two]) {
    expect(tab.getState().pending).toEqual([])
    expect(shown(tab)).toEqual(['1 complete hello'])
    tab.close()
  }
})

test('a tab that closed before it could send leaves its post to another', async () => {
  const one = open()
  await passing()
  network.online = false
  const two = open()
  two.post('from a tab that is gone')
  two.close()
  await vi.advanceTimersByTimeAsync(6_000)
  room.tick()
  await passing()
  expect(shown(one)).toEqual(['1 complete from a tab that is gone'])
  expect(storage.items.size).toBe(0)
  one.close()
})

test('a refused post stays, through a reload, until it is discarded in any tab', async () => {
  room.refusing = refuse('too_fast', 'Wait.', 1_000)
  const one = open()
  await passing()
  const id = one.post('too fast')
  await passing()
  expect(one.getState().pending[0]?.refusal?.code).toBe('too_fast')
  const two = open()
  expect(two.getState().pending[0]?.refusal?.code).toBe('too_fast')
  two.discard(id)
  expect(one.getState().pending).toEqual([])
  expect(storage.items.size).toBe(0)
  one.close()
  two.close()
})

test('nobody sees what another viewer has on the way, or what is not ours', () => {
  storage.items.set(`parley:outbox:lobby:bob:1:${newMessageId()}`, '{"text":"private"}')
  storage.items.set('parley:outbox:lobby:ada:1:nonsense!', '{"text":"?"}')
  const tab = open()
  expect(tab.getState().pending).toEqual([])
  tab.close()
})
