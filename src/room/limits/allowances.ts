// What people in this room may still ask of the model today, as the ledger last said. A post is decided in one step, and
// the ledger is elsewhere: so the room keeps what it heard, counts down by itself, and asks anew in between. Not the last
// word: each call is granted by the ledger when its turn begins.
import type { MemberId } from '../../conversation/ids'
import { refuse, type Refusal } from '../../conversation/refusal'
import { spentInWords } from '../../limits/budget-words'
import type { Allowance } from '../../limits/ledger-surface'

/** People remembered, at most: more than have a socket here. */
const MAX_PEOPLE = 4_000

export class Allowances {
  private readonly known = new Map<MemberId, Allowance>()

  knows(person: MemberId): boolean {
    return this.known.has(person)
  }

  learn(person: MemberId, allowance: Allowance): void {
    this.known.delete(person)
    this.known.set(person, allowance)
    const [oldest] = this.known.keys()
    if (this.known.size > MAX_PEOPLE && oldest !== undefined) this.known.delete(oldest)
  }

  /** What the ledger said when a turn began. What was asked for since, and has not begun, it does not know. */
  lower(person: MemberId, allowance: Allowance): void {
    const known = this.known.get(person)
    if (!known || known.calls === null || allowance.calls === null || known.resetsAt !== allowance.resetsAt) return this.learn(person, allowance)
    if (allowance.calls < known.calls) this.learn(person, allowance)
  }

  /** Null when so many answers may be asked for, as far as is known here. */
  refuse(person: MemberId, answers: number, now: number): Refusal | null {
    const allowance = this.known.get(person)
    if (!allowance || allowance.calls === null || now >= allowance.resetsAt || allowance.calls >= answers) return null
    return refuse('budget_spent', spentInWords(allowance.spender), allowance.resetsAt - now).refusal
  }

  /** Counts answers that were asked for. */
  use(person: MemberId, answers: number): void {
    const allowance = this.known.get(person)
    if (allowance && allowance.calls !== null) this.learn(person, { ...allowance, calls: Math.max(0, allowance.calls - answers) })
  }
}
