// Records and amendments in the store: the hash covers them, the device keeps them, and only what changed is sent.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TinybaseClient } from './client'
import { FakeNetwork } from './testing/fake-network'
import { FakeRoom } from './testing/fake-room'
import { FakeCache } from './testing/fake-storage'
import { comingBack, openTab, passing } from './testing/fake-tab'
import { Window } from './window'

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

function open(initial: ReturnType<FakeRoom['snapshot']> | null = room.snapshot(), options?: Parameters<typeof openTab>[2]): TinybaseClient {
  const tab = openTab(network, initial, options)
  tabs.push(tab)
  return tab
}

async function ticking(): Promise<void> {
  room.tick()
  await passing()
}

/** Everybody is dropped while this happens, and comes back. */
async function missing(happens: () => void): Promise<void> {
  network.online = false
  room.dropAll()
  await passing()
  happens()
  room.tick()
  network.online = true
  network.forget()
  await comingBack()
}

const values = (tab: TinybaseClient) =>
  tab
    .getState()
    .records.map(({ id, value }) => `${id} ${JSON.stringify(value)}`)
    .sort()
const amended = (tab: TinybaseClient) => tab.getState().rows.map(({ message }) => message.metadata.amended?.values ?? null)

/** What both hold is never asked for again. */
async function upToDate(): Promise<void> {
  await missing(() => {})
  expect(network.up).toEqual([])
  expect(network.down).toHaveLength(1)
}

describe('[L13]', () => {
  test('what happens live is in the store on both sides', async () => {
    const { id } = room.post('hello')
    const reply = room.beginReply()
    const tab = open()
    await passing()
    room.record('a', { n: 1 })
    room.record('b', '\uFFFC')
    room.record('c', 3)
    await ticking()
    room.record('c', null)
    room.amend(id, { mark: 1 })
    room.amend(reply, { place: 2 })
    room.say(reply, 'words')
    await ticking()
    room.settle(reply)
    room.amend(id, { mark: null, cost: 2 })
    await ticking()
    expect(values(tab)).toEqual(['a {"n":1}', 'b "\uFFFC"'])
    expect(amended(tab)).toEqual([{ cost: 2 }, { place: 2 }])
    await upToDate()
  })

  test('who was away is sent the cells that changed, and not the words beside them', async () => {
    const { id } = room.post('word '.repeat(4_000))
    room.record('big', 'x'.repeat(5_000))
    room.record('gone', 1)
    const tab = open()
    await passing()
    await missing(() => {
      room.amend(id, { mark: 1 })
      room.record('new', 1)
      room.record('gone', null)
    })
    expect(values(tab)).toEqual([`big "${'x'.repeat(5_000)}"`, 'new 1'])
    expect(amended(tab)).toEqual([{ mark: 1 }])
    expect(network.bytesDown()).toBeLessThan(2_500)
    await upToDate()
  })

  test('a record that was deleted meanwhile costs no new store', async () => {
    room.post('word '.repeat(4_000))
    room.record('gone', 1)
    const tab = open()
    await passing()
    await missing(() => room.record('gone', null))
    expect(values(tab)).toEqual([])
    expect(network.up).toEqual([])
    await upToDate()
  })

  test('more than can be told since then is told anew', async () => {
    for (let n = 0; n < 5; n++) room.record(`r${n}`, n)
    const tab = open()
    await passing()
    await missing(() => {
      room.record('r0', null)
      for (let n = 0; n < 60; n++) room.post(`message ${n}`)
    })
    expect(values(tab)).toEqual(['r1 1', 'r2 2', 'r3 3', 'r4 4'])
    await upToDate()
  })

  test('the device keeps them, and an older release kept none', async () => {
    const { id } = room.post('hello')
    room.record('a', 1)
    room.amend(id, { mark: 1 })
    const cache = new FakeCache()
    open(undefined, { cache })
    await vi.advanceTimersByTimeAsync(2_000)
    for (const tab of tabs.splice(0)) tab.close()
    network.online = false
    const offline = open(null, { cache })
    await passing()
    expect(values(offline)).toEqual(['a 1'])
    expect(amended(offline)).toEqual([{ mark: 1 }])
    const { records: _none, ...old } = cache.window ?? { records: [], version: 0, messages: [], hasEarlier: false }
    cache.window = old as typeof cache.window
    const older = open(null, { cache })
    await passing()
    expect([values(older), amended(older)]).toEqual([[], [{ mark: 1 }]])
    network.online = true
    await comingBack()
    expect(values(older)).toEqual(['a 1'])
  })
})

test('[L13] stores that learned of a change by different roads have equal hashes', () => {
  const { id } = room.post('one')
  const reply = room.beginReply()
  const followed = new Window()
  followed.put(room.messages)
  room.amend(id, { mark: 1 })
  room.amend(reply, { place: 1 })
  followed.put(room.messages)
  room.settle(reply)
  room.record('a', 1)
  room.record('b', 1)
  followed.put(room.messages, room.records.all())
  room.amend(id, { mark: 2 })
  room.record('a', 2)
  room.record('b', null)
  followed.adopt(room.messages, room.records.all())
  const fresh = new Window()
  fresh.put(room.messages, room.records.all())
  expect(followed.hash()).toBe(fresh.hash())
  expect(followed.messages()).toEqual(room.messages)
  expect(followed.records()).toEqual(room.records.all())
})

test('[L13] what was amended last leaves its slot with its message', () => {
  const { id } = room.post('one')
  room.amend(id, { mark: 1 })
  const window = new Window()
  window.put(room.messages)
  for (let n = 0; n < 50; n++) room.post(`message ${n}`)
  window.put(room.messages.slice(-50))
  expect(window.messages()).toEqual(room.messages.slice(-50))
})
