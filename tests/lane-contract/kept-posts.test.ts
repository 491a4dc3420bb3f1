// Posts that no room has acknowledged, across pages, in every lane: what one client leaves on the device, the next one sends.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { FakeStorage } from '../../src/lanes/tinybase/testing/fake-storage'
import { LANES } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { waitFor } from '../support/wait-for'
import { DRIVERS } from './drivers'
import { type Driver, Participant } from './participant'
import { World } from './world'

let world: World
let device: FakeStorage

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

/** Nobody answers it. */
const aside = (text: string) => `@Ann ${text}`

describe.each(LANES)('%s lane', (lane) => {
  const driver = DRIVERS[lane]

  it('[L3] [R117] what was written without a network is sent by the next page, once and in order', async () => {
    const { ann, room } = await alone()
    writeOffline(driver, ann, room, ['one', 'two', 'three'])
    expect(device.items.size).toBe(3)
    const next = await atDevice(driver, ann, room)
    expect(next.messages().map(textOf)).toEqual(['one', 'two', 'three'].map(aside))
    await waitFor('the device to forget', () => device.items.size === 0)
  })

  it('[L3] [R117] two tabs that both send it post it once', async () => {
    const { ann, room } = await alone()
    writeOffline(driver, ann, room, ['one', 'two'])
    const tabs = await Promise.all([atDevice(driver, ann, room), atDevice(driver, ann, room)])
    // A tab forgets a post as soon as the other has heard of its arrival; its row follows.
    for (const tab of tabs) await tab.sees('two')
    for (const tab of tabs) expect(tab.messages().map(textOf)).toEqual(['one', 'two'].map(aside))
    await waitFor('the device to forget', () => device.items.size === 0)
  })

  it('[L3] [R117] what the room had taken, while its answer was lost, is not said again', async () => {
    const { ann, room } = await alone()
    const first = await atDevice(driver, ann, room)
    const id = first.client.post(aside('once'))
    await first.settled()
    first.close()
    device.items.set(`parley:outbox:${room}:${ann.id}:${Date.now()}:${id}`, JSON.stringify({ text: aside('once') }))
    const next = await atDevice(driver, ann, room)
    expect(next.messages().map(textOf)).toEqual([aside('once')])
    await waitFor('the device to forget', () => device.items.size === 0)
  })

  it('[R117] a refused post comes back with its refusal', async () => {
    const { ann, room } = await alone()
    const first = await atDevice(driver, ann, room)
    first.client.post(' ')
    await first.until('refused', () => first.client.getState().pending[0]?.refusal !== undefined)
    first.close()
    const next = await atDevice(driver, ann, room)
    expect(next.client.getState().pending).toMatchObject([{ text: ' ', refusal: { code: 'empty' } }])
  })

  it('[R117] whoever is shut out of the room leaves nothing behind', async () => {
    const { ann } = await alone()
    const elsewhere = await world.room(await world.guest('Bo'), 'private')
    writeOffline(driver, ann, elsewhere, ['never'])
    expect(device.items.size).toBe(1)
    const outsider = make(driver, ann, elsewhere)
    await outsider.until('shut out', () => outsider.client.getState().ended)
    expect(device.items.size).toBe(0)
    outsider.close()
  })
})

async function alone(): Promise<{ readonly ann: Guest; readonly room: RoomId }> {
  device = new FakeStorage()
  const ann = await world.guest('Ann')
  return { ann, room: await world.room(ann) }
}

function make(driver: Driver, guest: Guest, room: RoomId, online = true): Participant {
  return new Participant(driver, guest, room, undefined, { ...device.tab(), ...(online ? {} : { WebSocket: NO_NETWORK }) })
}

/** A page of this device in the room, up to date and with nothing on its way but what was refused. */
async function atDevice(driver: Driver, guest: Guest, room: RoomId): Promise<Participant> {
  const participant = make(driver, guest, room)
  await participant.connected()
  return participant.until('nothing is on its way', () => participant.client.getState().pending.every(({ refusal }) => refusal !== undefined))
}

/** A page that never had a network, and was closed. */
function writeOffline(driver: Driver, guest: Guest, room: RoomId, texts: readonly string[]): void {
  const offline = make(driver, { ...guest, fetch: () => Promise.reject(new TypeError('no network')) }, room, false)
  for (const text of texts) offline.client.post(aside(text))
  offline.close()
}

/** A socket that never opens; only what a reconnecting socket uses of one. */
class NeverOpen extends EventTarget {
  readonly readyState = 0
  binaryType = 'blob'
  close(): void {}
}
const NO_NETWORK = NeverOpen as unknown as typeof WebSocket
