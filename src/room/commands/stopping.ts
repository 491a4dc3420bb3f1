// Who may end a reply: whoever asked for it, the room's owner, and among few people anybody [L8].
import { cancel } from '../../agents/queue/orders'
import { waitingIn } from '../../agents/queue/row'
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
 * Ends one reply, or all that this member may end: of those that wait, what they may cancel [R125], however few people there are. What
 * has ended already is no refusal. Refuses: not_yours.
 */
export function stop(port: PostingPort, member: Membership, id?: MessageId): Result<null> {
  const open = port.turns.openMessages().filter((reply) => id === undefined || reply.id === id)
  const mayStopAll = member.role === 'owner' || port.isAmongFew()
  const asking = port.asking.all().filter((reply) => id === undefined || reply.id === id)
  const ofTheirs = (all: readonly Message[]) => (mayStopAll ? all : all.filter((reply) => askerOf(port.history, reply) === member.id))
  const [theirs, theirsAsking] = [ofTheirs(open), ofTheirs(asking)]
  // What waits first, else it would begin in the place of what was stopped.
  const waiting = waitingIn(port.queue.all()).filter((row) => id === undefined || row.id === id)
  const viewer = viewerOf(port, member)
  let left = 0
  // The last first: then no other's place changes.
  for (const row of waiting.toReversed()) {
    const cancelled = cancel(port.queue.all(), row.id, viewer)
    if (cancelled.ok) port.queue.did(cancelled.value)
    else left += 1
  }
  for (const reply of theirs) port.turns.stop(reply.id)
  for (const reply of theirsAsking) port.asking.end(reply, 'stopped')
  if (theirs.length + theirsAsking.length > 0 || left < waiting.length || open.length + asking.length + waiting.length === 0) return accept(null)
  return refuse('not_yours', 'Somebody else asked for that answer. They can stop it, and so can the owner of this room.')
}
