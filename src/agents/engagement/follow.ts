// From what was decided about a message to the turns that begin: the loop guard's word comes last.
import type { MessageId } from '../../conversation/ids'
import { admit, type Chain } from './chain'
import type { Answers, Decision } from './engagement'

export interface Followed {
  /** The chain with these turns in it. */
  readonly chain: Chain
  /** The same decisions, those that the guard holds back being `guarded`. */
  readonly decisions: readonly Decision[]
  /** Those that become turns. */
  readonly turns: readonly Answers[]
}

/** `trigger`: the message that was decided about. `depth`: its own in its chain, 0 for a person's. */
export function follow(decisions: readonly Decision[], chain: Chain, trigger: MessageId, depth: number): Followed {
  const calls = decisions.flatMap((decision) => (decision.answers ? [{ agent: decision.agent, trigger, by: decision.why.by, depth: depth + 1 }] : []))
  const admission = admit(chain, calls)
  const admitted = new Set(admission.admitted.map(({ agent }) => agent))
  const guarded = decisions.map((decision): Decision => {
    return !decision.answers || admitted.has(decision.agent) ? decision : { agent: decision.agent, answers: false, hold: 'guarded' }
  })
  return { chain: admission.chain, decisions: guarded, turns: guarded.filter((decision) => decision.answers) }
}
