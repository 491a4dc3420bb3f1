// What a room's agents took today and this month (UTC), kept in memory: read once from storage, then counted on, so that the end of a
// turn costs the same however much there was before.
import type { MemberId } from '../../conversation/ids'
import { type Meter, NOTHING_SPENT, type Spending, sumOf } from '../../conversation/usage'
import { DAY_MS } from '../../limits/day-counts'
import { MOST_METERED } from '../records/kinds'
import type { StoredUsage, UsedBy } from './stored-usage'

interface OfAgent {
  readonly name: string
  readonly today: number
  readonly month: number
}

export class Totals {
  private day = -1
  private today = NOTHING_SPENT
  private month = NOTHING_SPENT
  private people = new Map<MemberId, number>()
  private agents = new Map<MemberId, OfAgent>()
  private readonly stored: StoredUsage

  constructor(stored: StoredUsage) {
    this.stored = stored
  }

  /** Tokens of today, of everybody or of one person. */
  tokens(day: number, person: MemberId | null): number {
    this.be(day)
    return person === null ? tokensOf(this.today) : (this.people.get(person) ?? 0)
  }

  /** Counts what is stored at the same time. */
  add(day: number, { person, agent, agentName }: UsedBy, spent: Spending): void {
    this.be(day)
    const tokens = tokensOf(spent)
    const known = this.agents.get(agent) ?? { today: 0, month: 0 }
    this.today = sumOf(this.today, spent)
    this.month = sumOf(this.month, spent)
    this.people.set(person, (this.people.get(person) ?? 0) + tokens)
    this.agents.set(agent, { name: agentName, today: known.today + tokens, month: known.month + tokens })
  }

  meter(day: number): Meter {
    this.be(day)
    const agents = [...this.agents].map(([agent, of]) => ({ agent, ...of })).sort((a, b) => b.month - a.month || (a.agent < b.agent ? -1 : 1))
    return { day: dateOf(day), today: this.today, month: this.month, agents: agents.slice(0, MOST_METERED) }
  }

  /** Reads what there is, where it is not known for this day. */
  private be(day: number): void {
    if (day === this.day) return
    const { stored } = this
    const ofMonth = stored.since(firstOfMonth(day), 'agent', ALL)
    const ofToday = new Map(stored.since(day, 'agent', ALL).map((one) => [one.key, one]))
    this.day = day
    this.people = new Map(stored.tokensOfDay(day))
    this.today = [...ofToday.values()].reduce<Spending>(sumOf, NOTHING_SPENT)
    this.month = ofMonth.reduce<Spending>(sumOf, NOTHING_SPENT)
    this.agents = new Map(
      ofMonth.map((one) => [one.key as MemberId, { name: one.name, today: tokensOf(ofToday.get(one.key) ?? NOTHING_SPENT), month: tokensOf(one) }]),
    )
  }
}

/** More agents than a room can have had in a month. */
const ALL = 1_000

export function tokensOf({ input, output }: Pick<Spending, 'input' | 'output'>): number {
  return input + output
}

/** The first day of this day's month, in days since 1970. */
export function firstOfMonth(day: number): number {
  const date = new Date(day * DAY_MS)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS
}

export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
