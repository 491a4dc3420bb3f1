import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { textOf } from '../../conversation/message'
import type { TinybaseClient } from './client'
import { FakeNetwork } from './testing/fake-network'
import { FakeRoom } from './testing/fake-room'
import { FakeCache } from './testing/fake-storage'
import { comingBack, openTab, passing, shown } from './testing/fake-tab'

let room: FakeRoom
let network: FakeNetwork
const tabs: TinybaseClient[] = []

beforeEach(() => {
  vi.useFakeTimers()
  room = new FakeRoom()
  network = new FakeNetwork(room)
})

afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close()
  vi.useRealTimers()
})

function open(...more: [initial?: ReturnType<FakeRoom['snapshot']> | null, options?: Parameters<typeof openTab>[2]]): TinybaseClient {
  const [initial = room.snapshot(), options] = more
  const tab = openTab(network, initial, options)
  tabs.push(tab)
  return tab
}

async function ticking(): Promise<void> {
  room.tick()
  await passing()
}

/** Everybody is dropped, comes back, and has nothing to ask. */
async function comingBackUpToDate(): Promise<void> {
  network.forget()
  room.dropAll()
  await comingBack()
  expect(network.up).toEqual([])
}

function posts(count: number): void {
  for (let index = 0; index < count; index++) room.post(`message ${room.version + 1}`)
}

/** A reply of 2.4 kB that comes in 67 ticks. */
async function streamReply(): Promise<string> {
  const id = room.beginReply()
  await ticking()
  const words = 'All that the room says reaches you, '
  for (let count = 0; count < 67; count++) {
    room.say(id, words)
    await ticking()
  }
  room.settle(id)
  await ticking()
  return words.repeat(67)
}

test('a page that is up to date asks nothing and is sent one small frame', async () => {
  posts(60)
  open()
  await passing()
  expect(network.up).toEqual([])
  expect(network.down).toHaveLength(1)
  expect(network.bytesDown()).toBeLessThan(300)
})

test('[L11] a client that knows nothing gets the page and the open reply from its first word, then live', async () => {
  posts(60)
  const reply = room.beginReply()
  room.say(reply, 'From the first word')
  room.tick()
  const tab = open(null)
  await passing()
  expect(shown(tab)).toEqual(shown(room).slice(-50))
  room.say(reply, ', then live.')
  await ticking()
  expect(shown(tab)).toEqual(shown(room).slice(-50))
  expect(tab.getState().hasEarlier).toBe(true)
})

test('a reply settles without being sent again, and stores stay equal', async () => {
  posts(55)
  room.tick()
  const tab = open()
  await passing()
  network.forget()
  const text = await streamReply()
  expect(shown(tab)).toEqual(shown(room).slice(-tab.getState().rows.length))
  expect(network.down.at(-1)).not.toContain(text.slice(0, 20))
  expect(network.bytesDown()).toBeLessThan(text.length * 2.2)
  await comingBackUpToDate()
  expect(network.down).toHaveLength(1)
})

test('a room that woke up without its memory finds the same hashes', async () => {
  posts(55)
  const tab = open()
  await passing()
  await streamReply()
  room.restart()
  posts(1)
  await ticking()
  await comingBackUpToDate()
  expect(network.down).toHaveLength(1)
  expect(shown(tab).at(-1)).toBe(shown(room).at(-1))
})

test('[L6] a client that missed a little is sent the difference', async () => {
  posts(60)
  const tab = open()
  await passing()
  network.online = false
  room.dropAll()
  posts(3)
  room.tick()
  network.forget()
  network.online = true
  await comingBack()
  expect(shown(tab)).toEqual(shown(room).slice(-53))
  expect(network.bytesDown()).toBeLessThan(4_000)
})

test('[L6] a gap longer than the window leaves no hole', async () => {
  posts(60)
  const tab = open()
  await passing()
  network.online = false
  room.dropAll()
  posts(130)
  room.tick()
  network.online = true
  await comingBack()
  expect(shown(tab)).toEqual(shown(room).slice(-50))
  expect(tab.getState().hasEarlier).toBe(true)
})

test('[L5] text only grows, through drops in the middle of a reply', async () => {
  posts(3)
  const tab = open()
  await passing()
  const lengths: number[] = []
  tab.subscribe(() => lengths.push(textOf(tab.getState().rows.at(-1)?.message ?? { parts: [] }).length))
  const reply = room.beginReply()
  await ticking()
  for (let count = 0; count < 10; count++) {
    room.say(reply, 'some more words ')
    await ticking()
    if (count === 3) room.dropAll()
    if (count === 6) await comingBack()
  }
  room.settle(reply)
  await ticking()
  const growing = lengths.slice(lengths.indexOf(0))
  expect(growing).toEqual([...growing].sort((a, b) => a - b))
  expect(shown(tab)).toEqual(shown(room))
})

test('a client that joins between two ticks is not confused by what it knows already', async () => {
  posts(60)
  const reply = room.beginReply()
  room.say(reply, 'before anything was ticked')
  const tab = open()
  const late = open(null)
  await passing()
  room.clear()
  posts(2)
  const later = open(null)
  await passing()
  await ticking()
  for (const client of [tab, late, later]) expect(shown(client)).toEqual(shown(room))
})

test('a lost frame is noticed and made good', async () => {
  posts(3)
  const tab = open()
  await passing()
  const reply = room.beginReply()
  await ticking()
  room.say(reply, 'first ')
  const kept = [...room.connections]
  room.connections.clear()
  room.say(reply, 'lost ')
  room.tick()
  for (const connection of kept) room.connections.add(connection)
  room.say(reply, 'third')
  await ticking()
  expect(shown(tab)).toEqual(shown(room))
  room.settle(reply)
  await ticking()
  expect(shown(tab)).toEqual(shown(room))
})

test('[L7] a page that fills while a client catches up has something before it', async () => {
  posts(47)
  network.hold()
  const tab = open(null)
  await passing()
  posts(10)
  room.tick()
  // Whoever comes brings the room's store up to date.
  open()
  await passing()
  network.release()
  await passing()
  expect(shown(tab)).toEqual(shown(room).slice(-50))
  expect(tab.getState().hasEarlier).toBe(true)
})

test('what happens while a client catches up is not lost', async () => {
  posts(5)
  const tab = open(null)
  network.hold()
  await passing()
  const reply = room.beginReply()
  room.say(reply, 'meanwhile ')
  await ticking()
  room.say(reply, 'the reply ends')
  room.settle(reply)
  posts(1)
  await ticking()
  network.release()
  await passing()
  expect(shown(tab)).toEqual(shown(room))
  await comingBackUpToDate()
})

test('[L3] a post that is acknowledged while a client catches up is shown at every moment, until and after its row comes', async () => {
  posts(5)
  const tab = open(null)
  tab.post('written before there was a network')
  const looks = { withPost: 0, without: 0 }
  tab.subscribe(() => {
    const { pending, rows } = tab.getState()
    looks[pending.length + rows.filter(({ message }) => textOf(message).startsWith('written before')).length > 0 ? 'withPost' : 'without'] += 1
  })
  await passing()
  await ticking()
  expect(shown(tab)).toEqual(shown(room))
  expect(tab.getState().pending).toEqual([])
  expect(looks.withPost).toBeGreaterThan(1)
  expect(looks.without).toBe(0)
})

test('a cleared room is empty at once, and for those who were away', async () => {
  posts(60)
  const cache = new FakeCache()
  const [here, away] = [open(), open(undefined, { cache })]
  await passing()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(cache.window?.messages).toHaveLength(50)
  away.close()
  room.clear()
  await ticking()
  expect(shown(here)).toEqual([])
  const back = open(null, { cache })
  await passing()
  expect(shown(back)).toEqual([])
  posts(2)
  await ticking()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(shown(here)).toEqual(shown(room))
  expect(shown(back)).toEqual(shown(room))
  expect(cache.window?.messages).toHaveLength(2)
  await comingBackUpToDate()
})

test('a room is shown from the device before the network answers', async () => {
  posts(10)
  const cache = new FakeCache()
  open(undefined, { cache })
  await vi.advanceTimersByTimeAsync(2_000)
  posts(1)
  network.online = false
  const tab = open(null, { cache })
  await passing()
  expect(shown(tab)).toEqual(shown(room).slice(0, 10))
  network.online = true
  network.forget()
  await comingBack()
  expect(shown(tab)).toEqual(shown(room))
})

test('a stale page is brought up to date from the device, and a stale device from the room', async () => {
  posts(10)
  const stale = room.snapshot()
  const cache = new FakeCache()
  posts(5)
  open(undefined, { cache })
  await vi.advanceTimersByTimeAsync(2_000)
  network.online = false
  const tab = open(stale, { cache })
  expect(shown(tab)).toHaveLength(10)
  await passing()
  expect(shown(tab)).toEqual(shown(room))
})

test.each([-6, 6])('a device %i minutes off misses nothing', async (minutes) => {
  posts(60)
  const tab = open(null)
  await passing()
  vi.setSystemTime(Date.now() + minutes * 60_000)
  const late = open(null)
  await passing()
  await streamReply()
  expect(shown(late)).toEqual(shown(room).slice(-shown(late).length))
  expect(shown(tab).at(-1)).toBe(shown(room).at(-1))
})

test('[L7] an older page comes to the client that asked, and joins on', async () => {
  posts(130)
  const [reader, other] = [open(), open()]
  await passing()
  network.forget()
  const loaded = reader.loadEarlier()
  await passing()
  await loaded
  expect(shown(reader)).toEqual(shown(room).slice(-100))
  expect(network.down).toHaveLength(1)
  expect(shown(other)).toHaveLength(50)
})

test('an answer before the window is asked for again: who loaded it sees it, live and after a gap', async () => {
  const reply = room.beginReply()
  room.say(reply, 'tried')
  room.settle(reply, 'stopped')
  posts(60)
  const [reader, other] = [open(), open()]
  await passing()
  void reader.loadEarlier()
  await passing()
  room.reopen(reply)
  room.say(reply, 'better')
  await ticking()
  expect(shown(reader)).toEqual(shown(room))
  network.online = false
  room.dropAll()
  room.say(reply, ' and done')
  room.settle(reply)
  posts(1)
  room.tick()
  network.online = true
  await comingBack()
  expect(shown(reader)).toEqual(shown(room))
  expect(shown(other)).toEqual(shown(room).slice(11))
})

test('a reply continued after a restart shows what was saved, at once', async () => {
  posts(2)
  const tab = open()
  await passing()
  const reply = room.beginReply()
  room.say(reply, 'said and saved, and not saved')
  await ticking()
  room.reopen(reply, [{ type: 'text', text: 'said and saved' }])
  room.say(reply, ', and goes on')
  await ticking()
  expect(shown(tab)).toEqual(shown(room))
})

test('tools change their state in the middle of a reply, also for those who were away', async () => {
  const tab = open()
  await passing()
  const reply = room.beginReply()
  room.setPart(reply, 0, { type: 'dynamic-tool', toolCallId: 't', toolName: 'search', state: 'input-available', input: {} })
  await ticking()
  room.dropAll()
  room.setPart(reply, 0, { type: 'dynamic-tool', toolCallId: 't', toolName: 'search', state: 'output-available', input: {}, output: 'found' })
  room.tick()
  await comingBack()
  expect(tab.getState().rows.at(-1)?.message.parts).toEqual(room.messages.at(-1)?.parts)
  room.setPart(reply, 1, { type: 'text', text: '' })
  room.say(reply, 'so it is')
  room.settle(reply)
  await ticking()
  expect(shown(tab)).toEqual(shown(room))
  await comingBackUpToDate()
})

test('a room made anew at the same address replaces the old one', async () => {
  posts(60)
  const cache = new FakeCache()
  const before = open(undefined, { cache })
  await vi.advanceTimersByTimeAsync(2_000)
  before.close()
  room = new FakeRoom()
  network = new FakeNetwork(room)
  for (let index = 0; index < 3; index++) room.post(`another ${index}`)
  const tab = open(null, { cache })
  await passing()
  expect(shown(tab)).toEqual(shown(room))
  for (let index = 0; index < 80; index++) room.post(`another ${index}`)
  cache.window =
    before.getState().rows.length > 0 ? { version: 60, hasEarlier: true, records: [], messages: before.getState().rows.map((row) => row.message) } : null
  const later = open(null, { cache })
  await passing()
  expect(shown(later)).toEqual(shown(room).slice(-50))
})

test('who is shut out keeps nothing of the room', async () => {
  posts(3)
  const cache = new FakeCache()
  const tab = open(undefined, { cache })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(cache.window).not.toBeNull()
  for (const connection of room.connections) connection.close(1008, 'not_a_member')
  await passing()
  expect(tab.getState().ended).toBe(true)
  expect(cache.window).toBeNull()
})

test('a client that is closed may be started again', async () => {
  posts(3)
  const tab = open()
  tab.close()
  tab.start()
  posts(1)
  await ticking()
  await passing()
  expect(shown(tab)).toEqual(shown(room))
})
