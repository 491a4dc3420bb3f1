// What a reply took, as its amendments hold it, and what a room took in all. Read with care: a newer release may have written more.
import type { MemberId } from './ids'
import type { MessageMetadata } from './message'

/** What calls of models took, in tokens. */
export interface Tokens {
  /** Of prompts, cached ones included. */
  readonly input: number
  /** Of answers, with what was thought. */
  readonly output: number
  /** Of the input. */
  readonly cached: number
  /** Of the output. */
  readonly reasoning: number
}

/** Of one reply, all its calls together: one that was retried or continued has several. */
export interface UsageTold extends Tokens {
  /** Who asked for the last of them, and what they were called then. */
  readonly by: MemberId
  readonly name: string
  /** `provider:model`, or `guide`. */
  readonly model: string
  readonly calls: number
  /** The provider did not say all of it. */
  readonly isEstimated: boolean
  /** US dollars; null where the price of any of them is not known. */
  readonly dollars: number | null
  /** Of the last call, ms from its beginning: to its first word, null when there was none, and to its end. */
  readonly firstMs: number | null
  readonly lastMs: number
}

/** Null for a reply of which nobody noted it: those of older releases. */
export function usageOf({ amended }: Pick<MessageMetadata, 'amended'>): UsageTold | null {
  const usage = amended?.values['usage']
  if (typeof usage !== 'object' || usage === null) return null
  const told = usage as Readonly<Partial<Record<keyof UsageTold, unknown>>>
  const isWhole = NUMBERS.every((name) => typeof told[name] === 'number') && typeof told.model === 'string' && typeof told.name === 'string'
  return isWhole ? (usage as UsageTold) : null
}

const NUMBERS = ['input', 'output', 'cached', 'reasoning', 'calls', 'lastMs'] as const

/** What was spent of something in a while. */
export interface Spending extends Tokens {
  readonly turns: number
  /** US dollars, of the turns whose price is known. */
  readonly dollars: number
  /** Turns of which it is not. */
  readonly unpriced: number
}

export const NOTHING_SPENT: Spending = { turns: 0, input: 0, output: 0, cached: 0, reasoning: 0, dollars: 0, unpriced: 0 }

export function sumOf(a: Spending, b: Spending): Spending {
  return {
    turns: a.turns + b.turns,
    input: a.input + b.input,
    output: a.output + b.output,
    cached: a.cached + b.cached,
    reasoning: a.reasoning + b.reasoning,
    dollars: a.dollars + b.dollars,
    unpriced: a.unpriced + b.unpriced,
  }
}

/** The room's record of it, as of when a turn last settled. */
export interface Meter {
  /** The day (UTC) that was today then, as in 2026-11-26; `month` is the month of it. */
  readonly day: string
  readonly today: Spending
  readonly month: Spending
  /** Those that took most of the month first, in tokens. */
  readonly agents: readonly MeteredAgent[]
}

export interface MeteredAgent {
  readonly agent: MemberId
  readonly name: string
  readonly today: number
  readonly month: number
}
