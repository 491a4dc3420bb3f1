// What a room's agents took, as its page of costs shows it to everybody in the room.
import { NOTHING_SPENT, type Spending, sumOf } from '../../conversation/usage'
import { DAY_MS } from '../../limits/day-counts'
import type { SpentBy, StoredUsage } from './stored-usage'
import { firstOfMonth } from './totals'

/** Days of the chart, with today. */
const DAYS = 31
/** People and models that are named: those that took most. */
const NAMED = 100

/** One line of a table; `today` is of the same person, agent or model. */
export interface CostLine extends SpentBy {
  readonly today: Spending
}

export interface DayCost extends Spending {
  /** The beginning of the day, ms since 1970. */
  readonly at: number
}

/** Of this month (UTC), but for the days, which are the last 31, without those when nothing was asked. */
export interface Costs {
  readonly today: Spending
  readonly month: Spending
  readonly people: readonly CostLine[]
  readonly agents: readonly CostLine[]
  readonly models: readonly CostLine[]
  readonly days: readonly DayCost[]
  /** The beginning of today, ms since 1970. */
  readonly todayAt: number
}

export function costsOf(stored: StoredUsage, day: number): Costs {
  const first = firstOfMonth(day)
  const lines = (by: 'person' | 'agent' | 'model'): readonly CostLine[] => {
    const today = new Map(stored.since(day, by, ALL).map((one) => [one.key, one]))
    return stored.since(first, by, NAMED).map((line) => ({ ...line, today: today.get(line.key) ?? NOTHING_SPENT }))
  }
  const days = stored.since(day - DAYS + 1, 'day', DAYS + 1).map((one) => ({ ...one, at: Number(one.key) * DAY_MS }))
  const since = (from: number) => days.filter(({ at }) => at >= from * DAY_MS).reduce<Spending>(sumOf, NOTHING_SPENT)
  return { today: since(day), month: since(first), people: lines('person'), agents: lines('agent'), models: lines('model'), days, todayAt: day * DAY_MS }
}

/** People who can have asked in one day. */
const ALL = 10_000
