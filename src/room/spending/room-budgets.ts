// What a room's owner lets its agents take, beside what the instance allows [R152]. While any tokens of a day are left an answer may
// begin; it ends when they are gone, so that a day goes over by what the last prompt took and a few words, however many ask at once.
import type { Budgets } from '../../conversation/budgets'
import type { MemberId } from '../../conversation/ids'
import type { Failure } from '../../conversation/message'
import { refuse, type Refusal } from '../../conversation/refusal'
import { endedHereInWords, type RoomSpender, spentHereInWords, turnEndedInWords } from '../../limits/budget-words'
import { DAY_MS, dayOf } from '../../limits/day-counts'
import type { Expected, InFlight } from './in-flight'
import type { Totals } from './totals'

/** What an answer may say that has begun, in tokens: nobody pays for a prompt to hear nothing. */
const SHORTEST = 256

export interface RoomBudgetsPort {
  readonly totals: Totals
  readonly flights: InFlight
  budgets(): Budgets
  queued(): readonly Expected[]
  now(): number
}

/** What is left of a day's budget. */
export interface LeftOfDay {
  readonly spender: RoomSpender
  readonly limit: number
  /** Below nothing when it was overrun. */
  readonly tokens: number
}

export class RoomBudgets {
  private readonly port: RoomBudgetsPort

  constructor(port: RoomBudgetsPort) {
    this.port = port
  }

  /** Null when this person may ask for an answer. Refuses: budget_spent. */
  refuse(person: MemberId | null): Refusal | null {
    const queued = this.port.queued()
    const spent = this.left(person, (of) => this.port.flights.expected(of, queued))
    if (!spent || spent.tokens >= 1) return null
    const isUnderWay = (this.left(person, () => 0)?.tokens ?? 0) >= 1
    return this.no(spent.spender, isUnderWay)
  }

  /** Null when a model may be asked for an answer of theirs, whose turn has said so much already. Refuses: budget_spent. */
  refuseCall(person: MemberId | null, saidInTurn: number): Refusal | null {
    const { turn } = this.port.budgets()
    if (turn !== null && saidInTurn >= turn) return refuse('budget_spent', turnEndedInWords(turn)).refusal
    const spent = this.left(person, (of) => this.port.flights.taken(of))
    return !spent || spent.tokens >= 1 ? null : this.no(spent.spender, false)
  }

  /** How long the answer of a call may be that is in flight already, and why it ends there: null where that is its model's own limit. */
  longest(person: MemberId | null, ofModel: number, saidInTurn: number): { readonly longest: number; readonly end: Failure | null } {
    const { turn } = this.port.budgets()
    const left = this.left(person, (of) => this.port.flights.taken(of))
    const ofDay = left ? Math.max(SHORTEST, left.tokens) : Infinity
    const ofTurn = turn === null ? Infinity : turn - saidInTurn
    const longest = Math.min(ofModel, ofDay, ofTurn)
    if (longest === ofModel) return { longest, end: null }
    return { longest, end: turn !== null && longest === ofTurn ? turnEnded(turn) : dayEnded(left?.spender ?? 'room') }
  }

  /** Why an answer ends that has said so much, whatever it was told in the beginning: what others took meanwhile counts. */
  overrun(person: MemberId | null, said: number): Failure | null {
    if (said < SHORTEST) return null
    const left = this.left(person, (of) => this.port.flights.taken(of))
    return left && left.tokens <= 0 ? dayEnded(left.spender) : null
  }

  /** The tightest of what is left today, beside what `alsoTaken` says; null where there is no budget. */
  left(person: MemberId | null, alsoTaken: (of: MemberId | null) => number): LeftOfDay | null {
    const budgets = this.port.budgets()
    const ofRoom = this.leftOf('room', budgets.room, null, alsoTaken)
    const ofPerson = person === null ? null : this.leftOf('person', budgets.person, person, alsoTaken)
    if (!ofRoom || !ofPerson) return ofRoom ?? ofPerson
    return ofPerson.tokens <= ofRoom.tokens ? ofPerson : ofRoom
  }

  private leftOf(spender: RoomSpender, limit: number | null, of: MemberId | null, alsoTaken: (of: MemberId | null) => number): LeftOfDay | null {
    if (limit === null) return null
    return { spender, limit, tokens: limit - this.port.totals.tokens(dayOf(this.port.now()), of) - alsoTaken(of) }
  }

  private no(spender: RoomSpender, isUnderWay: boolean): Refusal {
    const { now } = this.port
    return refuse('budget_spent', spentHereInWords(spender, isUnderWay), isUnderWay ? WAIT_MS : DAY_MS - (now() % DAY_MS)).refusal
  }
}

/** For answers that are under way, ms. */
const WAIT_MS = 5_000

/** More of it may be asked for: that is a turn of its own. */
function turnEnded(tokens: number): Failure {
  return { code: 'limit', text: turnEndedInWords(tokens), goesOn: true }
}

function dayEnded(spender: RoomSpender): Failure {
  return { code: 'budget', text: endedHereInWords(spender) }
}
