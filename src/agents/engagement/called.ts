// An agent that is called without a message that speaks to it: by "Ask", by another agent's tool, by a schedule.
import type { MemberId } from '../../conversation/ids'
import type { Decision } from './engagement'
import type { EngagedAgent } from './facts'

export interface Call {
  readonly rule: 'asked' | 'agent-asked' | 'schedule'
  readonly agent: MemberId
  /** Whoever pressed "Ask"; the agent that asked; the maker of the schedule. */
  readonly by: MemberId
}

/** Whether it answers: one that is off, only to "Ask"; itself, never. Null when there is no such agent in the room. */
export function called({ rule, agent: id, by }: Call, agents: readonly EngagedAgent[]): Decision | null {
  const agent = agents.find((agent) => agent.id === id)
  if (!agent || by === id) return null
  if (agent.mode === 'off' && rule !== 'asked') return { agent: id, answers: false, hold: 'off' }
  return { agent: id, answers: true, why: { rule, by } }
}
