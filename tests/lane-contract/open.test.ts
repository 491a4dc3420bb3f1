// A long history costs nothing to those who do not read it: a room of 2,000 messages opens like one of 50.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { DRIVERS } from './drivers'
import { World } from './world'

/** Seqs and versions have more digits in a long room; nothing else may differ. Two pages would be a ratio of 2. */
const SLACK = 1.05

let world: World
let reader: Guest
const rooms = new Map<number, RoomId>()

beforeAll(async () => {
  world = await World.begin()
  reader = await world.guest('Ann')
  for (const size of [PAGE_SIZE, 2_000]) {
    const room = await world.room(reader)
    await world.fill(room, size)
    rooms.set(size, room)
  }
})
afterAll(() => world.end())

describe.each(LANES)('%s lane', (lane) => {
  it('[L1] [R2] puts one page into the first HTML, whatever the room holds', async () => {
    const small = await html(lane, PAGE_SIZE)
    const large = await html(lane, 2_000)
    expect(articles(small)).toHaveLength(PAGE_SIZE)
    expect(articles(large)).toHaveLength(PAGE_SIZE)
    expect(articles(large).at(-1)).toContain('data-seq="2000"')
    expect(large).toContain('message 002000.')
    expect(large).not.toContain('message 001950.')
    expect(large.length / small.length).toBeLessThan(SLACK)
  })

  it('[L1] [R2] sends a client that saw nothing one page', async () => {
    const small = await joining(lane, PAGE_SIZE)
    const large = await joining(lane, 2_000)
    expect(large / small).toBeLessThan(SLACK)
  })
})

async function html(lane: LaneName, size: number): Promise<string> {
  const response = await reader.fetch(new URL(`/rooms/${rooms.get(size)}/${lane}`, reader.origin))
  expect(response.status).toBe(200)
  return response.text()
}

function articles(page: string): readonly string[] {
  return page.match(/<article [^>]*>/g) ?? []
}

async function joining(lane: LaneName, size: number): Promise<number> {
  const room = rooms.get(size)
  if (!room) throw new Error('no such room')
  const who = await world.join(DRIVERS[lane], room, reader)
  await who.until('one page', () => who.messages().length === PAGE_SIZE)
  // Frames keep their order: with this one, everything before it has arrived.
  const other = await world.join(DRIVERS.agents, room, 'Bo')
  other.client.typing()
  await who.until('the frame after', () => who.client.getState().typing.length > 0)
  who.close()
  other.close()
  return who.meter.bytes
}
