// Many rooms at once on one server, each with people who come, go, speak, stop and clear as a seed says. When all is
// quiet, every client shows what a fresh one does [L12], and the room what was said. A failure prints its seed.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { GUESTS, play } from './play'
import { scheduleOf } from './schedule'

/** Rooms at the same time: enough to fill the time in which each waits. */
const ROOMS = 16
const SCHEDULES = Number(process.env['N'] ?? 320)
/** Other seeds every day, so that the suite learns; a failure says which it was. */
const FIRST = Number(process.env['PARLEY_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000) * 10_000)

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterAll(() => world.end())

it(`[L12] [L3] [L4] [L5] [L6] ${SCHEDULES} schedules from seed ${FIRST} on end in agreement`, { timeout: 240_000 }, async () => {
  expect(await playAll(Array.from({ length: SCHEDULES }, (_, at) => FIRST + at))).toEqual([])
})

async function playAll(seeds: readonly number[]): Promise<readonly string[]> {
  const left = [...seeds]
  const wrong: string[] = []
  await Promise.all(
    Array.from({ length: ROOMS }, async () => {
      const guests = await party()
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const t = Date.now()
        const w = await play(world, guests, scheduleOf(seed))
        wrong.push(...w)
        process.stderr.write(`seed ${seed} ${Date.now() - t} ms ${w.join('\n').slice(0, 3000)}\n`)
      }
    }),
  )
  return wrong
}

function party(): Promise<readonly Guest[]> {
  return Promise.all(Array.from({ length: GUESTS }, (_, at) => world.guest(`Guest ${at}`)))
}
