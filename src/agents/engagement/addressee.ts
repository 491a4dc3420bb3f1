// The one member to whom a person's message is said, where its beginning or what it replies to makes that plain.
import type { MemberId } from '../../conversation/ids'
import type { NewMessage, RoomFacts } from './facts'
import type { SpeaksTo } from './speaks-to'

/** Whom it begins by speaking to, also its own author by an @ (a note); or else whose message it replies to, its own being nobody's. Null when that is nobody here. */
export function addressee(
  { author, replyTo }: Pick<NewMessage, 'author' | 'replyTo'>,
  { agents }: Pick<RoomFacts, 'agents'>,
  { first, mentioned }: SpeaksTo,
): MemberId | null {
  if (first === author.id) return mentioned.has(first) ? first : null
  if (first !== null) return first
  if (!replyTo || replyTo.id === author.id) return null
  // An agent that was removed is nobody any more.
  return replyTo.kind === 'person' || agents.some(({ id }) => id === replyTo.id) ? replyTo.id : null
}
