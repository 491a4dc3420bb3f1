// Posts kept on the device, which is the same in every lane, through this lane's client and a room in memory.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newMessageId, type MemberId, type RoomId } from '../../conversation/ids'
import { MAX_MESSAGE_LENGTH } from '../../conversation/message'
import { refuse } from '../../conversation/refusal'
import { FakeNetwork } from './testing/fake-network'
import { FakeRoom } from './testing/fake-room'
import { FakeStorage } from './testing/fake-storage'
import { comingBack, openTab, passing, shown } from './testing/fake-tab'
import { forgetPosts, MOST_CHARACTERS, MOST_POSTS, postKey } from '../client/posts-on-device'

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

const ADA = 'ada' as MemberId
const LOBBY = 'lobby' as RoomId
const kept = (createdAt: number, id = newMessageId()) => postKey(LOBBY, ADA, { createdAt, id })

test('[R117] what another viewer left is not shown, not said, and forgotten', async () => {
  storage.items.set(`parley:outbox:lobby:bob:${Date.now()}:${newMessageId()}`, '{"text":"private"}')
  storage.items.set(`parley:outbox:den:bob:${Date.now()}:${newMessageId()}`, '{"text":"private"}')
  const tab = open()
  await passing()
  expect(tab.getState().pending).toEqual([])
  expect(room.messages).toEqual([])
  expect(storage.items.size).toBe(0)
  tab.close()
})

test.each([
  ['no id', `parley:outbox:lobby:ada:1:nonsense!`, '{"text":"?"}'],
  ['no time', `parley:outbox:lobby:ada:then:${newMessageId()}`, '{"text":"?"}'],
  ['no JSON', kept(Date.now()), '{"text'],
  ['no object', kept(Date.now()), 'null'],
  ['no text', kept(Date.now()), '{"text":{}}'],
  ['an empty text', kept(Date.now()), '{"text":""}'],
])('[R117] what is not whole is passed over: %s', async (_what, key, value) => {
  storage.items.set(key, value)
  const tab = open()
  await passing()
  expect(tab.getState().pending).toEqual([])
  expect(room.messages).toEqual([])
  tab.close()
})

test('[R117] a post that was in the room already, and whose row came with the page, is not shown twice', async () => {
  const before = open()
  await passing()
  const id = before.post('arrived')
  before.close()
  room.post('arrived', id)
  const after = open()
  expect(after.getState().pending).toEqual([])
  expect(storage.items.size).toBe(0)
  after.close()
})

test('[R117] a month later it is forgotten', () => {
  storage.items.set(kept(Date.now() - 31 * 24 * 60 * 60 * 1_000), '{"text":"of long ago"}')
  storage.items.set(kept(Date.now() - 29 * 24 * 60 * 60 * 1_000), '{"text":"of this month"}')
  const tab = open()
  expect(pendingTexts(tab)).toEqual(['of this month'])
  expect(storage.items.size).toBe(1)
  tab.close()
})

test('[R117] a storage that takes nothing loses nothing that is on the screen, and the post says that it is not kept', async () => {
  network.online = false
  storage.full = true
  const tab = open()
  tab.post('not kept')
  expect(tab.getState().pending).toMatchObject([{ text: 'not kept', isKept: false }])
  storage.full = false
  tab.post('kept')
  expect(tab.getState().pending).toMatchObject([{ isKept: true }, { isKept: true }])
  network.online = true
  await comingBack()
  room.tick()
  await passing()
  expect(shown(tab)).toEqual(['1 complete not kept', '2 complete kept'])
  expect(storage.items.size).toBe(0)
  tab.close()
})

test('[R117] so many are kept, and no more', () => {
  network.online = false
  const tab = open()
  for (let n = 0; n <= MOST_POSTS; n++) tab.post(`post ${n}`)
  expect(storage.items.size).toBe(MOST_POSTS)
  expect(tab.getState().pending.filter(({ isKept }) => isKept === false)).toMatchObject([{ text: `post ${MOST_POSTS}` }])
  tab.close()
})

test('[R117] and so many characters', () => {
  network.online = false
  const tab = open()
  const long = 'x'.repeat(MAX_MESSAGE_LENGTH)
  for (let n = 0; n < 40; n++) tab.post(long)
  expect([...storage.items.values()].join('').length).toBeLessThanOrEqual(MOST_CHARACTERS)
  expect(storage.items.size).toBe(Math.floor(MOST_CHARACTERS / (MAX_MESSAGE_LENGTH + 11)))
  tab.close()
})

test('[R117] whoever signs out leaves nothing to say, in any room', () => {
  const tab = storage.tab()
  for (const name of ['lobby', 'den']) storage.items.set(postKey(name as RoomId, ADA, { createdAt: 1, id: newMessageId() }), '{"text":"later"}')
  storage.items.set('parley:draft:ada:lobby', 'not a post')
  forgetPosts(tab.posts.storage)
  expect([...storage.items.keys()]).toEqual(['parley:draft:ada:lobby'])
})
