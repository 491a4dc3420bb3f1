// Many rooms at once on one server, each with people who come, go, speak, stop and clear as a seed says. When all is
// quiet, every client shows what a fresh one does [L12], and the room what was said. A failure prints its seed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { World } from '../lane-contract/world'
import { waitFor } from '../support/wait-for'
import { NAMED_SEEDS } from './named-seeds'
import { playAll } from './rooms'

const MINUTES = Number(process.env['PARLEY_FUZZ_MINUTES'] ?? 0)
/** Other seeds every day, so that the suite learns; a failure says which it was. */
const FIRST = Number(process.env['PARLEY_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000) * 10_000)

const SCHEDULES = 300
const WITH_KILLS = 12
const KILLS = 3
/** Answers that the model is asked for between two kills. */
const ANSWERS = 12

let world: World

beforeEach(async () => {
  world = await World.withNotices()
})
afterEach(() => world.end())

const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at)

describe.skipIf(MINUTES > 0)('schedules', () => {
  it('[L12] that once found something end in agreement', { timeout: 120_000 }, async () => {
    expect(await playAll(world, [...NAMED_SEEDS.keys()])).toEqual([])
  })

  it(`[L12] [L13] [L3] [L4] [L5] [L6] from seed ${FIRST} on, ${SCHEDULES} of them, end in agreement`, { timeout: 600_000 }, async () => {
    expect(await playAll(world, seedsFrom(FIRST, SCHEDULES))).toEqual([])
  })

  it(`[L12] [R9] from seed ${FIRST} on, ${WITH_KILLS} of them, end in agreement while the server is killed ${KILLS} times`, { timeout: 240_000 }, async () => {
    let rooms = 0
    const played = playAll(world, seedsFrom(FIRST, WITH_KILLS), { socketsOnly: true, begun: () => (rooms += 1) })
    await waitFor('all rooms to begin', () => rooms === WITH_KILLS)
    for (let kill = 1; kill <= KILLS; kill++) {
      const asked = world.model.requests.length
      // Rooms that have little left to ask are killed all the same, when patience ends.
      const answers = waitFor(`${ANSWERS} answers`, () => world.model.requests.length >= asked + ANSWERS)
      await Promise.race([played, answers.catch(() => undefined)])
      await world.server.kill9()
      await world.server.restart()
    }
    expect(await played).toEqual([])
  })
})

describe.runIf(MINUTES > 0)('for a long time', () => {
  it(`[L12] schedules from seed ${FIRST} on end in agreement, for ${MINUTES} minutes`, { timeout: (MINUTES + 5) * 60_000 }, async () => {
    const until = Date.now() + MINUTES * 60_000
    const wrong: string[] = []
    for (let first = FIRST; Date.now() < until; first += SCHEDULES) {
      wrong.push(...(await playAll(world, seedsFrom(first, SCHEDULES))))
      console.log(`seeds ${first} to ${first + SCHEDULES - 1}: ${wrong.length} failures so far`)
      // The scripted model remembers every question: a new one now and then.
      await world.end()
      world = await World.withNotices()
    }
    expect(wrong).toEqual([])
  })
})
