// Whoever asks a room for something by RPC has a place in it, or is told that they have none [L2].
import type { MemberId } from '../../conversation/ids'
import { refuse, type Result } from '../../conversation/refusal'
import type { Members, Membership } from './members'

/** Refuses: not_a_member, no_such_room, and what `answer` refuses. */
export function asMember<T>(members: Members, person: MemberId, answer: (member: Membership) => Result<T>): Result<T> {
  const member = members.find(person)
  if (!member) return refuse('not_a_member', 'You are not a member of this room.')
  if (members.room()?.deletedAt !== null) return refuse('no_such_room', 'This room was deleted.')
  return answer(member)
}

/** As `asMember`, for the room's owner alone. Refuses also: not_owner. */
export function asOwner<T>(members: Members, person: MemberId, answer: () => Result<T>): Result<T> {
  return asMember(members, person, ({ role }) => (role === 'owner' ? answer() : refuse('not_owner', 'Only the owner of this room may do that.')))
}
