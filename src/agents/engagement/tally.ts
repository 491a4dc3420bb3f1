// How often each agent answered and was held back, and by what rule.
import type { MemberId } from '../../conversation/ids'
import type { Hold, WhyRule } from '../../conversation/why'

export interface Rehearsed {
  readonly agent: MemberId
  readonly answered: number
  readonly answeredBy: Readonly<Partial<Record<WhyRule, number>>>
  readonly heldBack: number
  readonly heldBackBy: Readonly<Partial<Record<Hold, number>>>
}

type Counts<Code extends string> = Partial<Record<Code, number>>

export class Tally {
  private readonly byAgent: ReadonlyMap<MemberId, { readonly answered: Counts<WhyRule>; readonly held: Counts<Hold> }>

  constructor(agents: readonly { readonly id: MemberId }[]) {
    this.byAgent = new Map(agents.map(({ id }) => [id, { answered: {}, held: {} }]))
  }

  answered(agent: MemberId, rule: WhyRule): void {
    const counts = this.byAgent.get(agent)?.answered
    if (counts) counts[rule] = (counts[rule] ?? 0) + 1
  }

  heldBack(agent: MemberId, hold: Hold): void {
    const counts = this.byAgent.get(agent)?.held
    if (counts) counts[hold] = (counts[hold] ?? 0) + 1
  }

  counts(): readonly Rehearsed[] {
    return [...this.byAgent].map(([agent, { answered, held }]) => ({
      agent,
      answered: sum(answered),
      answeredBy: answered,
      heldBack: sum(held),
      heldBackBy: held,
    }))
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0)
}
