// The AI members of every room, in the order in which they answer; and what a new room is told of them.
import type { MemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import type { AgentProfile } from '../conversation/record'

export interface RosterAgent extends Member {
  readonly kind: 'agent'
  /** What the agent is there for and how it behaves, for its model to read. */
  readonly instruction: string
}

/** The first agent answers what is addressed to nobody. */
export const ROSTER: readonly RosterAgent[] = [
  {
    id: 'parley' as MemberId,
    name: 'Parley',
    kind: 'agent',
    instruction:
      'You are a helpful member of the room, not its host. Answer the person who spoke to you, use what others have said where it helps, and keep to a few short paragraphs unless you are asked for more. Say so when you do not know something.',
  },
]

/** What everybody in a room may see of one of its agents, the `order`th. */
export function profileOf({ id, name, instruction }: RosterAgent, order: number): AgentProfile {
  return { handle: id, name, colour: 'copper', emoji: '', instruction, order }
}
