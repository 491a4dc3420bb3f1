// Two residents of one lane, who meet in a new room for every test.
import { afterAll, beforeAll } from 'vitest'
import type { LaneName } from '../../../src/lanes/lanes'
import { watchGrowth } from './growth'
import type { Person } from './person'
import type { Stage } from './stage'

export interface Pair {
  /** Owns the room. */
  readonly ann: Person
  readonly bo: Person
}

/** Answers how to bring them together, within a group of tests. */
export function usePair(stage: Stage, lane: LaneName): () => Promise<Pair> {
  let pair: Pair | null = null
  beforeAll(async () => {
    const [ann, bo] = await Promise.all([stage.resident('Ann', { beforeScripts: watchGrowth }), stage.resident('Bo', { beforeScripts: watchGrowth })])
    pair = { ann, bo }
  })
  afterAll(async () => {
    if (pair) await Promise.all([stage.depart(pair.ann), stage.depart(pair.bo)])
  })
  return async () => {
    if (!pair) throw new Error('nobody is there yet')
    const { ann, bo } = pair
    const room = await stage.room(ann.guest)
    await Promise.all([ann.enter(room, lane), bo.enter(room, lane)])
    return pair
  }
}
