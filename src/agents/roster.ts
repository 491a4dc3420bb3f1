// A room's AI members, in the order in which they answer. The room's records say who they are; a new room begins with these.
import type { AgentForm, AgentProfile, Mode } from '../conversation/agent-profile'
import { MAX_AT_ONCE } from '../conversation/agent-profile'
import type { MemberId } from '../conversation/ids'
import type { RecordOf } from '../conversation/record'
import type { EngagedAgent } from './engagement/facts'
import { PARLEY } from './templates/parley'

export interface RosterAgent extends EngagedAgent, AgentForm {}

/** What its model must know of an agent. */
export type Speaker = Pick<RosterAgent, 'id' | 'name' | 'kind' | 'instruction'>

/** The agents of a new room. In the lobby, where people come and go, they answer everything. */
export function newRoster(mode: Mode): readonly RosterAgent[] {
  return [{ ...PARLEY, id: PARLEY.handle as MemberId, kind: 'agent', mode, model: 'default', atOnce: MAX_AT_ONCE }]
}

/** What everybody in a room may see of one of its agents, the `order`th. */
export function profileOf({ id: _id, kind: _kind, ...form }: RosterAgent, order: number): AgentProfile {
  return { ...form, order }
}

/** The agents that a room's records tell of. */
export function rosterOf(records: readonly RecordOf<'agent'>[]): readonly RosterAgent[] {
  return records
    .toSorted((a, b) => a.value.order - b.value.order || (a.id < b.id ? -1 : 1))
    .map(({ id, value: { order: _order, ...form } }) => ({ ...form, id: id as MemberId, kind: 'agent' }))
}
