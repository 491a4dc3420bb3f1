// What a room's agents may take, for its owner to say.
import type { Command } from '../../conversation/command'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'

/** What is being answered already is measured by them from now on. Refuses: not_owner. */
export function saveBudgets(port: PostingPort, { role }: Membership, { person, room, turn }: Extract<Command, { type: 'save-budgets' }>): Result<null> {
  if (role !== 'owner') return refuse('not_owner', 'Only the owner of this room sets what its agents may take.')
  const isNone = person === null && room === null && turn === null
  const saved = port.changes.set('budget', 'room', isNone ? null : { person, room, turn })
  return saved.ok ? accept(null) : saved
}
