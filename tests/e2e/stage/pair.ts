// Two residents of one lane, who meet anew for every test.
import { afterAll, beforeAll } from 'vitest'
import type { RoomId } from '../../../src/conversation/ids'
import type { LaneName } from '../../../src/lanes/lanes'
import { watchGrowth } from './growth'
import type { Person } from './person'
import type { Stage } from './stage'

export interface Pair {
  /** Owns the room, unless it was there before. */
  readonly ann: Person
  readonly bo: Person
}

/** Answers how to bring them together, within a group of tests: in this room, or in a new one. */
export function usePair(stage: Stage, lane: LaneName): (room?: RoomId) => Promise<Pair> {
  let pair: Pair | null = null
  beforeAll(async () => {
    const [ann, bo] = await Promise.all([stage.resident('Ann', { beforeScripts: watchGrowth }), stage.resident('Bo', { beforeScripts: watchGrowth })])
    pair = { ann, bo }
  })
  afterAll(async () => {
    if (pair) await Promise.all([stage.depart(pair.ann), stage.depart(pair.bo)])
  })
  return async (known) => {
    if (!pair) throw new Error('nobody is there yet')
    const room = known ?? (await stage.room(pair.ann.guest))
    await Promise.all([pair.ann.enter(room, lane), pair.bo.enter(room, lane)])
    return pair
  }
}
