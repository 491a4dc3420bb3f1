// What a room has one of its agents do later, once or again and again, for whoever made it.
import type { Taint } from './approval'
import type { MemberId } from './ids'

/** Schedules in a room. */
export const MAX_SCHEDULES = 50
/** Of them, those that are left to the room's owner, however many people come and plan. */
export const OWNERS_SCHEDULES = 10
/** Of one person in a room. */
export const MAX_SCHEDULES_OF_PERSON = 20
/** How often all of one person's come on a day, at most. */
export const MAX_RUNS_A_DAY = 48
/** What an agent is to do, in characters (UTF-16 units). */
export const MAX_TASK = 1_000
/** When, as it was said, in characters. */
export const MAX_WHEN = 120

export interface Schedule {
  /** What the agent is to do. */
  readonly task: string
  readonly agent: MemberId
  /** Whose it is, with the name that they had: it has their rights, and is paid by their budget. */
  readonly by: MemberId
  readonly name: string
  /** When, as it was said. */
  readonly when: string
  /** Five fields, by the clocks of the room's zone; null for once. */
  readonly cron: string | null
  /** When it comes next, ms since 1970; null where it does not come any more. */
  readonly next: number | null
  /** When it was made, ms since 1970. */
  readonly at: number
  /** What the answer had read that planned it, where that is nobody's here: whoever does it later has read the same. */
  readonly taint?: Taint
  /** What became of it when it came last. */
  readonly last?: Ran
}

export interface Ran {
  readonly at: number
  readonly outcome: 'ran' | 'refused'
  /** Of one that was refused: why, in words. */
  readonly text?: string
}
