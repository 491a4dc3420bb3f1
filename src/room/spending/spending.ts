// What a room's agents take: granted before a model is called, counted while it speaks, and noted when it has ended, on the reply, by
// day and in the room's meter. Invariant: a call is in flight or counted, never neither.
import type { Grant, GrantedCall, Took, WantedCall } from '../../agents/turn/grant'
import { type AllowanceHere, type Budgets, NO_BUDGETS } from '../../conversation/budgets'
import type { MemberId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import { recordsOf } from '../../conversation/record'
import { accept, type Result } from '../../conversation/refusal'
import { NOTHING_SPENT, type Spending as Spent, type UsageTold, usageOf } from '../../conversation/usage'
import { DAY_MS, dayOf } from '../../limits/day-counts'
import type { AnswerBudget } from '../commands/posting'
import type { History } from '../history/history'
import type { Changes } from '../records/changes'
import type { Records } from '../records/records'
import { type Costs, costsOf } from './costs'
import { type Expected, type Flight, InFlight } from './in-flight'
import { RoomBudgets } from './room-budgets'
import { StoredUsage, type UsedBy } from './stored-usage'
import { Totals } from './totals'

export interface SpendingPort {
  readonly sql: SqlStorage
  readonly history: History
  readonly records: Records
  /** What the instance's budgets say. */
  readonly instance: {
    readonly budget: AnswerBudget
    grant(person: MemberId | null, tokens: number): Promise<Result<(took: number) => void>>
  }
  changes(): Changes
  /** Replies that wait or are being written. */
  queued(): readonly Expected[]
  nameOf(id: MemberId): string
  now(): number
  /** Lets this go on when the request that began it has ended. */
  keep(work: Promise<unknown>): void
}

export class Spending {
  private readonly port: SpendingPort
  private readonly stored: StoredUsage
  private readonly totals: Totals
  private readonly flights = new InFlight()
  private readonly budgets: RoomBudgets
  private known: { readonly revision: number; readonly budgets: Budgets } = { revision: -1, budgets: NO_BUDGETS }
  private seen: { readonly day: number; readonly costs: Costs } | null = null

  constructor(port: SpendingPort) {
    this.port = port
    this.stored = new StoredUsage(port.sql)
    this.totals = new Totals(this.stored)
    this.budgets = new RoomBudgets({
      totals: this.totals,
      flights: this.flights,
      budgets: () => this.budgetsNow(),
      queued: () => port.queued(),
      now: () => port.now(),
    })
  }

  /** What somebody may still ask for, by the room's owner and by the instance. */
  readonly budget: AnswerBudget = {
    refuse: (person, answers) => (answers > 0 ? (this.budgets.refuse(person) ?? this.port.instance.budget.refuse(person, answers)) : null),
    use: (person, answers) => this.port.instance.budget.use(person, answers),
  }

  /** Leave for the calls of one turn, out of the budgets of whoever asked for it; null where nobody did. */
  grantFor(reply: Message, asker: MemberId | null): Grant {
    const turn: Turn = { reply, asker, beganAt: this.port.now(), calls: 0, said: 0 }
    return (call) => this.grant(turn, call)
  }

  /** What everybody in the room may see of its costs. */
  costs(): Costs {
    const day = dayOf(this.port.now())
    if (this.seen?.day !== day) this.seen = { day, costs: costsOf(this.stored, day) }
    return this.seen.costs
  }

  /** What one person may still take, for them alone. */
  allowance(person: MemberId): AllowanceHere {
    const day = dayOf(this.port.now())
    const { person: ofPerson, room, turn } = this.budgetsNow()
    const of = (limit: number | null, who: MemberId | null) => ({ limit, spent: this.totals.tokens(day, who) + this.flights.taken(who) })
    return { person: of(ofPerson, person), room: of(room, null), turn, resetsAt: (day + 1) * DAY_MS }
  }

  private async grant(turn: Turn, call: WantedCall): Promise<Result<GrantedCall>> {
    const { reply, asker, beganAt } = turn
    const spent = this.budgets.refuseCall(asker, turn.said)
    if (spent) return { ok: false, refusal: spent }
    const isFirst = turn.calls === 0
    turn.calls += 1
    const flight = this.flights.begin(reply.id, asker, call.asked)
    const { longest, end } = this.budgets.longest(asker, call.longest, turn.said)
    try {
      const paid = call.isMetered ? await this.port.instance.grant(asker, call.asked + longest) : null
      if (paid && !paid.ok) {
        this.flights.end(flight)
        return paid
      }
      let firstAt: number | null = null
      return accept({
        longest,
        end,
        hear: (tokens, isWord) => {
          if (isWord) firstAt ??= this.port.now()
          flight.said += tokens
          return (end && flight.said >= longest ? end : null) ?? this.budgets.overrun(asker, flight.said)
        },
        settle: (took) => {
          paid?.value(took.input + took.output)
          turn.said += took.output
          this.settle(
            { reply, asker, model: call.model, isFirst, firstMs: firstAt === null ? null : firstAt - beganAt, lastMs: this.port.now() - beganAt },
            flight,
            took,
          )
        },
      })
    } catch (cause) {
      this.flights.end(flight)
      throw cause
    }
  }

  /** Counts its tokens at once, and tells of them when it is known what they cost. */
  private settle(call: SettledCall, flight: Flight, took: Took): void {
    const day = dayOf(this.port.now())
    const by = this.usedBy(call)
    // Where storage fails it is counted until the room sleeps.
    this.totals.add(day, by, spentOn(took, call.isFirst))
    this.flights.end(flight)
    this.stored.add(day, by, spentOn(took, call.isFirst))
    this.seen = null
    this.port.keep(took.dollars().then((dollars) => this.tell(day, call, by, took, dollars)))
  }

  private tell(day: number, { reply, isFirst, firstMs, lastMs }: SettledCall, by: UsedBy, took: Took, dollars: number | null): void {
    const { changes, history } = this.port
    if (dollars !== null) {
      const known = { ...NOTHING_SPENT, dollars, unpriced: isFirst ? -1 : 0 }
      this.totals.add(day, by, known)
      this.stored.add(day, by, known)
      this.seen = null
    }
    const before = usageOf(history.get(reply.id)?.metadata ?? {})
    const usage: UsageTold = {
      by: by.person,
      name: by.personName,
      model: by.model,
      calls: (before?.calls ?? 0) + 1,
      input: (before?.input ?? 0) + took.input,
      output: (before?.output ?? 0) + took.output,
      cached: (before?.cached ?? 0) + took.cached,
      reasoning: (before?.reasoning ?? 0) + took.reasoning,
      isEstimated: took.isEstimated || (before?.isEstimated ?? false),
      dollars: dollars === null || before?.dollars === null ? null : dollars + (before?.dollars ?? 0),
      firstMs: isFirst ? firstMs : (before?.firstMs ?? firstMs),
      lastMs,
    }
    changes().amend(reply.id, { usage })
    changes().set('meter', 'room', this.totals.meter(dayOf(this.port.now())))
  }

  private usedBy({ reply: { metadata }, asker, model }: SettledCall): UsedBy {
    const { author } = metadata
    const person = asker ?? author.id
    return { person, personName: this.port.nameOf(person), agent: author.id, agentName: author.name, model }
  }

  private budgetsNow(): Budgets {
    const { records } = this.port
    if (this.known.revision !== records.revision)
      this.known = { revision: records.revision, budgets: recordsOf(records.of('budget'), 'budget')[0]?.value ?? NO_BUDGETS }
    return this.known.budgets
  }
}

/** The calls of one turn: of the first it is a turn, and the others are more of the same. */
interface Turn {
  readonly reply: Message
  readonly asker: MemberId | null
  readonly beganAt: number
  calls: number
  /** Tokens that it has said. */
  said: number
}

interface SettledCall {
  readonly reply: Message
  readonly asker: MemberId | null
  readonly model: string
  readonly isFirst: boolean
  readonly firstMs: number | null
  readonly lastMs: number
}

/** Of a price that is not known yet. */
function spentOn({ input, output, cached, reasoning }: Took, isFirst: boolean): Spent {
  return { turns: isFirst ? 1 : 0, input, output, cached, reasoning, dollars: 0, unpriced: isFirst ? 1 : 0 }
}
