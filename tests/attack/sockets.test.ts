// Sockets that do not read, do not answer, or are too many. The room serves the others, and holds no more for them than
// it said it would.
import { expect, it } from 'vitest'
import { socketPath } from '../../src/lanes/client/client-options'
import { LANES } from '../../src/lanes/lanes'
import { MAX_SOCKETS_OF_PERSON } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import { Participant } from '../lane-contract/participant'
import { residentBytes } from './workerd'
import { RawTcp } from './raw-tcp'
import { useScene, type Scene } from './scene'

const MEGABYTE = 1024 * 1024
const READERS = 30
const CROWD = 2_000
/** Upgrades under way at the same time, each of another person: one alone may not have so many. */
const AT_ONCE = 50

let scene: Scene
useScene((set) => (scene = set))

it(`[R13] ${READERS} sockets that never read hold up nobody, are closed with 1013, and cost a bounded memory`, { timeout: 90_000 }, async () => {
  const room = await scene.world.room(scene.owner)
  const speaker = await scene.world.join(DRIVERS.agents, room, scene.owner)
  const slow = await Promise.all(Array.from({ length: READERS }, (_, at) => RawTcp.join(scene.attacker, room, LANES[at % LANES.length] ?? 'agents', true)))
  const before = residentBytes(scene.world.server.pid)

  speaker.client.post('[[words:2000]] go')
  await speaker.until('the whole reply', (who) => who.messages().some(({ role, metadata }) => role === 'assistant' && metadata.status === 'complete'))
  // 33 MB for each of them.
  for (let round = 1; round <= 12; round++) {
    const writer = await scene.world.join(DRIVERS.agents, room, `Writer ${round}`)
    for (let n = 1; n <= 90; n++) writer.client.post(`@Writer ${round} ${'x'.repeat(31_000)}`)
    await writer.settled()
    writer.close()
  }
  const after = residentBytes(scene.world.server.pid)
  // Unbounded it would be a gigabyte. What the writers' own work leaves for the next garbage collection is among it.
  if (before !== null && after !== null) expect(after - before).toBeLessThan(600 * MEGABYTE)

  const codes = await Promise.all(
    slow.map((raw) => {
      raw.socket.resume()
      return raw.closed()
    }),
  )
  // Whom the runtime gave up before they read so far, it cut off.
  expect([1006, 1013]).toEqual(expect.arrayContaining([...new Set(codes)]))
  // What one may leave unread, and what the kernel's buffers hold at both ends.
  for (const raw of slow) expect(raw.socket.bytesRead).toBeLessThan(20 * MEGABYTE)
  for (const raw of slow) raw.destroy()
})

it('[R14] somebody who asks for page after page and reads none is closed', async () => {
  const room = await scene.world.room(scene.owner)
  const speaker = await scene.world.join(DRIVERS.agents, room, scene.owner)
  for (let n = 1; n <= 50; n++) speaker.client.post(`@Ann ${'x'.repeat(31_000)}`)
  await speaker.settled()
  const raw = await RawTcp.join(scene.attacker, room, 'agents', true)
  const before = residentBytes(scene.world.server.pid)
  for (let n = 1; n <= 300; n++) raw.text(JSON.stringify({ type: 'before', seq: 51 }))
  speaker.client.post('@Ann meanwhile')
  await speaker.settled()
  const after = residentBytes(scene.world.server.pid)
  // 300 pages are 465 MB.
  if (before !== null && after !== null) expect(after - before).toBeLessThan(150 * MEGABYTE)
  raw.socket.resume()
  expect([1006, 1013]).toContain(await raw.closed())
  raw.destroy()
})

it('[R12] sockets that vanish without a word are not here any more', async () => {
  const people = scene.hereCount
  const mute = await Promise.all(Array.from({ length: 30 }, (_, at) => RawTcp.join(scene.attacker, scene.room, LANES[at % LANES.length] ?? 'agents')))
  await scene.until('one person more', () => scene.hereCount === people + 1)
  // Answered, they are in for good: those whose upgrade breaks off are another matter [R39].
  for (const raw of mute) await raw.hears('pong')
  for (const raw of mute.slice(0, 15)) raw.socket.resetAndDestroy()
  for (const raw of mute.slice(15)) raw.destroy()
  await scene.serves()
  await scene.until('nobody more', () => scene.hereCount === people)
})

it(`[R12] ${CROWD} sockets in one room are served like one`, { timeout: 120_000 }, async () => {
  const room = await scene.world.room(scene.owner)
  const speaker = await scene.world.join(DRIVERS.agents, room, scene.owner)
  const attackers = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => scene.world.guest(`Mallory ${at}`)))
  const crowd: RawTcp[] = []
  for (let joined = 0; joined < CROWD; joined += AT_ONCE) {
    crowd.push(...(await Promise.all(attackers.map((attacker, at) => RawTcp.join(attacker, room, LANES[at % LANES.length] ?? 'agents')))))
  }
  speaker.client.post('@Ann to all two thousand')
  await speaker.settled()
  await Promise.all(crowd.map((raw) => raw.hears('to all two thousand')))
  for (const raw of crowd) raw.destroy()
  await speaker.until('alone again', (who) => who.client.getState().here.filter(({ kind }) => kind === 'person').length === 1)
})

it('[R13] one person has forty sockets in a room and no more, however fast they ask; their client says so and gives up', async () => {
  const room = await scene.world.room(scene.owner)
  const raws = await Promise.all(Array.from({ length: 100 }, () => RawTcp.join(scene.attacker, room, 'agents')))
  const statuses = await Promise.all(raws.map((raw) => raw.status()))
  expect(statuses.filter((status) => status === 101)).toHaveLength(MAX_SOCKETS_OF_PERSON)
  expect(new Set(statuses)).toEqual(new Set([101, 429]))
  const why = await scene.attacker.fetch(`${scene.origin}/${socketPath(room, 'agents')}`)
  expect(why.status).toBe(429)
  expect(await why.json()).toMatchObject({ refusal: { code: 'too_many_sockets' } })
  for (const lane of LANES) {
    const turnedAway = new Participant(DRIVERS[lane], scene.attacker, room)
    await turnedAway.until('told why', (who) => who.client.getState().ended)
    expect(turnedAway.client.getState()).toMatchObject({ connection: 'offline', refusal: { code: 'too_many_sockets' } })
    turnedAway.close()
  }
  await scene.world.join(DRIVERS.agents, room, 'Somebody else')
  for (const raw of raws) raw.destroy()
  const back = await scene.world.join(DRIVERS.agents, room, scene.owner)
  await back.until('the crowd is gone', (who) => !who.client.getState().here.some(({ id }) => id === scene.attacker.id))
  await scene.world.join(DRIVERS.agents, room, scene.attacker)
})
