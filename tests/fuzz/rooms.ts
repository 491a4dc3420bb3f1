// Plays many schedules, some rooms at a time, on one server.
import type { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { GUESTS, play } from './play'
import { scheduleOf, type Odds } from './schedule'

/** Rooms at the same time: enough to fill the time in which each waits. */
const ROOMS = 24

interface Playing extends Odds {
  /** Told whenever a room is ready for its first step. */
  readonly begun?: () => void
}

/** What went wrong, each with the seed and the steps that led to it; printed at once as well. */
export async function playAll(world: World, seeds: readonly number[], { begun, ...odds }: Playing = {}): Promise<readonly string[]> {
  const left = [...seeds]
  const wrong: string[] = []
  await Promise.all(
    Array.from({ length: Math.min(ROOMS, left.length) }, async () => {
      const guests = await party(world)
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const found = await play(world, guests, scheduleOf(seed, odds), begun)
        for (const one of found) console.error(one)
        wrong.push(...found)
      }
    }),
  )
  return wrong
}

function party(world: World): Promise<readonly Guest[]> {
  return Promise.all(Array.from({ length: GUESTS }, (_, at) => world.guest(`Guest ${at}`)))
}
