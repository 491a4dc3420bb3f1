// Networks that stall and laptops that sleep, in mid-reply; and clients whose clock is wrong. All end where a fresh
// client begins.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import { signInAsGuest } from '../support/guest'
import { Proxy } from './proxy'

/** TinyBase itself refuses what is more than five minutes ahead. */
const SIX_MINUTES_MS = 360_000

let world: World
let proxy: Proxy

beforeAll(async () => {
  world = await World.begin()
  proxy = await Proxy.before(world.server.port)
})
afterEach(() => {
  vi.restoreAllMocks()
  world.leaveAll()
})
afterAll(async () => {
  proxy.close()
  await world.end()
})

describe.each(LANES)('%s lane', (lane) => {
  it('[L5] [L6] a network that stalls in mid-reply, and then goes on, loses and doubles nothing', async () => {
    const { near, far, room } = await pair()
    near.client.post('[[words:150 delay:5 hold after:20]] go')
    await far.until('some words', () => spoken(far).length > 60)
    proxy.stall()
    near.client.post(`@${near.guest.name} while the network stalls`)
    await world.model.held()
    world.model.release()
    await near.until('all is said', complete)
    expect(complete(far)).toBe(false)
    proxy.flow()
    await far.sees('while the network stalls')
    await far.until('all is said', complete)
    await asFresh(room, [near, far])
  })

  it('[L3] [L6] a laptop that sleeps in mid-reply wakes to all of it, and sends what was written meanwhile once', async () => {
    const { near, far, room } = await pair()
    near.client.post('[[words:150 delay:5]] go')
    await far.until('some words', () => spoken(far).length > 60)
    proxy.sleep()
    await far.until('notices', () => far.client.getState().connection !== 'connected')
    far.client.post(`@${near.guest.name} written in a tunnel`)
    near.client.post(`@${near.guest.name} while it sleeps`)
    await near.until('all is said', complete)
    proxy.wake()
    for (const who of [near, far]) {
      await who.sees('written in a tunnel')
      await who.sees('while it sleeps')
      await who.until('all is said', complete)
      await who.settled()
    }
    expect(near.messages()).toHaveLength(4)
    await asFresh(room, [near, far])
  })

  it.each([
    ['slow', -SIX_MINUTES_MS],
    ['fast', SIX_MINUTES_MS],
  ])('[R4] a client six minutes %s misses nothing and moves nothing', async (_which, skew) => {
    const { now } = Date
    vi.spyOn(Date, 'now').mockImplementation(() => now() + skew)
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const ann = await world.join(DRIVERS[lane], room, owner)
    ann.client.post('[[words:60 delay:5]] go')
    await ann.until('some words', () => spoken(ann).length > 20)
    ann.drop()
    ann.client.post('@Ann after the drop')
    await ann.until('all is said', complete)
    await ann.settled()
    ann.client.close()
    ann.client.post('@Ann written offline')
    ann.client.start()
    await ann.sees('written offline')
    await ann.settled()
    expect(
      ann
        .messages()
        .filter(({ role }) => role === 'user')
        .map(textOf),
    ).toEqual(['[[words:60 delay:5]] go', '@Ann after the drop', '@Ann written offline'])
    for (const { metadata } of ann.messages()) expect(Math.abs(metadata.createdAt - now())).toBeLessThan(SIX_MINUTES_MS / 2)
    await asFresh(room, [ann])
  })

  /** One who is near the server, and one behind the network. */
  async function pair(): Promise<{ readonly near: Participant; readonly far: Participant; readonly room: RoomId }> {
    const owner = await world.guest('Near')
    const room = await world.room(owner)
    const near = await world.join(DRIVERS[lane], room, owner)
    const far = await world.join(DRIVERS[lane], room, await signInAsGuest(proxy.url, 'Far'))
    return { near, far, room }
  }
})

async function asFresh(room: RoomId, everybody: readonly Participant[]): Promise<void> {
  for (const lane of LANES) {
    const fresh = await world.join(DRIVERS[lane], room, 'Fresh')
    await fresh.until('everything', (who) => who.messages().length === everybody[0]?.messages().length)
    for (const who of everybody) expect(who.shown()).toEqual(fresh.shown())
  }
}

function reply(who: Participant) {
  return who.messages().find(({ role }) => role === 'assistant')
}

function spoken(who: Participant): string {
  return textOf(reply(who) ?? { parts: [] })
}

function complete(who: Participant): boolean {
  return reply(who)?.metadata.status === 'complete'
}
