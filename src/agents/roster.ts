// A room's AI members, in the order in which they answer. The room's records say who they are; a new room begins with these.
import type { MemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import type { AgentProfile, RecordOf } from '../conversation/record'

export interface RosterAgent extends Member {
  readonly kind: 'agent'
  /** What the agent is there for and how it behaves, for its model to read. */
  readonly instruction: string
}

/** The agents of a new room. The first answers what is addressed to nobody. */
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

/** The agents that a room's records tell of. */
export function rosterOf(records: readonly RecordOf<'agent'>[]): readonly RosterAgent[] {
  return records
    .toSorted((a, b) => a.value.order - b.value.order)
    .map(({ id, value: { name, instruction } }) => ({ id: id as MemberId, name, kind: 'agent', instruction }))
}
