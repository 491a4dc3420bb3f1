// What a room's agents may take, in tokens, as its owner sets it. Days are UTC. Parsed here and nowhere else.

/** Null: as much as the instance allows. */
export interface Budgets {
  /** Of one person in a day: what they asked for, prompts and answers. */
  readonly person: number | null
  /** Of everybody here together in a day. */
  readonly room: number | null
  /** Of one answer, with what the agent thinks. */
  readonly turn: number | null
}

/** Whose tokens a room's owner counts by the day: those of one person there, and those of everybody there. */
export type RoomSpender = 'person' | 'room'

export type BudgetField = keyof Budgets

export const NO_BUDGETS: Budgets = { person: null, room: null, turn: null }

/** What the form calls them, in its order. */
export const BUDGET_LABELS: Readonly<Record<BudgetField, string>> = {
  person: 'Tokens per person and day',
  room: 'Tokens per room and day',
  turn: 'Tokens per turn',
}

/** More than any room takes in a day. */
export const MOST_BUDGET = 1_000_000_000

/** One budget of a day: null for none. */
export interface OfDay {
  readonly limit: number | null
  /** What was taken today, and what is being taken now. */
  readonly spent: number
}

/** What one person may take in a room, told to them alone. */
export interface AllowanceHere {
  readonly person: OfDay
  readonly room: OfDay
  /** Of one answer. */
  readonly turn: number | null
  /** When the counts begin anew, ms since 1970. */
  readonly resetsAt: number
}

export type ParsedBudgets =
  | { readonly ok: true; readonly budgets: Budgets }
  /** What is wrong with each field, in words. */
  | { readonly ok: false; readonly faults: Readonly<Partial<Record<BudgetField, string>>> }

/** Of what was typed: an empty field is no budget; thousands may be set apart. */
export function parseBudgets(typed: Readonly<Partial<Record<BudgetField, string | number | null>>>): ParsedBudgets {
  const faults: Partial<Record<BudgetField, string>> = {}
  const parsed = (field: BudgetField, least: number): number | null => {
    const text = String(typed[field] ?? '').trim()
    if (text === '') return null
    // Whatever a language sets thousands apart with; a sign or a fraction is no number of tokens.
    const digits = /^\d{1,3}(?:[,.'’_ \u00a0\u202f]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text
    const tokens = /^\d{1,10}$/.test(digits) ? Number(digits) : NaN
    if (tokens >= least && tokens <= MOST_BUDGET) return tokens
    faults[field] = `Write a whole number from ${least} to ${MOST_BUDGET.toLocaleString('en')}, or nothing for no budget.`
    return null
  }
  const budgets = { person: parsed('person', 0), room: parsed('room', 0), turn: parsed('turn', 1) }
  return Object.keys(faults).length === 0 ? { ok: true, budgets } : { ok: false, faults }
}
