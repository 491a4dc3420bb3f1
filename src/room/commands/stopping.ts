// Who may end a reply: whoever asked for it, the room's owner, and among few people anybody [L8].
import { cancel } from '../../agents/queue/orders'
import { type QueueRow, waitingIn } from '../../agents/queue/row'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { History } from '../history/history'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'
import { viewerOf } from './queueing'

/** Among fewer people with a place in the room, everybody may stop everything. */
export const MANY_PEOPLE = 10

/** Who asked for a reply: the author of the message that it answers, unless somebody asked for it again. */
export function askerOf(history: Pick<History, 'get'>, { metadata }: Message): MemberId | null {
  if (metadata.askedBy !== undefined) return metadata.askedBy
  return (metadata.replyTo !== undefined && history.get(metadata.replyTo)?.metadata.author.id) || null
}

/**
 * Ends one reply, or all that this member may end: of those that wait, what they may cancel [R125], however few people there are; and where
 * nothing is being written or waits its turn, what they asked for themselves and people have to approve. What others asked for and wait to have
 * approved is ended by its id alone, and by nobody but its asker and the owner. What has ended already is no refusal. Refuses: not_yours.
 */
export function stop(port: PostingPort, member: Membership, id?: MessageId): Result<null> {
  const isMeant = (reply: Pick<Message, 'id'>) => id === undefined || reply.id === id
  const isTheirs = (reply: Message) => askerOf(port.history, reply) === member.id
  const open = port.turns.openMessages().filter(isMeant)
  const theirs = member.role === 'owner' || port.isAmongFew() ? open : open.filter(isTheirs)
  // What waits first, else it would begin in the place of what was stopped.
  const waiting = waitingIn(port.queue.all()).filter(isMeant)
  const cancelled = cancelAll(port, member, waiting)
  for (const reply of theirs) port.turns.stop(reply.id)
  const asking = id === undefined && theirs.length + cancelled > 0 ? [] : port.asking.all().filter(isMeant)
  const theirsAsking = asking.filter((reply) => isTheirs(reply) || (id !== undefined && member.role === 'owner'))
  for (const reply of theirsAsking) port.asking.end(reply, 'stopped')
  const ended = theirs.length + cancelled + theirsAsking.length
  if (ended > 0 || open.length + asking.length + waiting.length === 0) return accept(null)
  return refuse('not_yours', 'Somebody else asked for that answer. They can stop it, and so can the owner of this room.')
}

/** Answers how many. */
function cancelAll(port: PostingPort, member: Membership, waiting: readonly QueueRow[]): number {
  const viewer = viewerOf(port, member)
  let count = 0
  // The last first: then no other's place changes.
  for (const row of waiting.toReversed()) {
    const cancelled = cancel(port.queue.all(), row.id, viewer)
    if (!cancelled.ok) continue
    port.queue.did(cancelled.value)
    count += 1
  }
  return count
}
