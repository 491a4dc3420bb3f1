// What each command does. The member is known and may be here; the command is well formed.
import type { Command } from '../../conversation/command'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { isContinuable, isRetryable, type Message, type Part } from '../../conversation/message'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import { post, type PostingPort } from './posting'
import { stop } from './stopping'

/** Answers a post with its seq, anything else with null. */
export function runCommand(port: PostingPort, { role, ...member }: Membership, command: Command): Result<{ readonly seq: number } | null> {
  switch (command.type) {
    case 'post':
      return post(port, member, command)
    case 'stop':
      return stop(port, { ...member, role }, command.id)
    case 'retry':
      return retry(port, member, command.id)
    case 'continue':
      return continueReply(port, member, command.id)
    case 'clear':
      if (role !== 'owner') return refuse('not_owner', 'Only the owner of this room may clear it.')
      return clear(port)
    case 'typing':
      port.publish({ type: 'typing', member: plain(member) })
      return accept(null)
    default:
      return command satisfies never
  }
}

function retry(port: PostingPort, member: Member, id: MessageId): Result<null> {
  const message = port.history.get(id)
  if (!message) return refuse('no_such_message', 'That message is not here any more.')
  if (port.turns.isOpen(id) || message.role !== 'assistant' || !isRetryable(message.metadata.status)) {
    return refuse('not_retryable', 'That answer cannot be asked for again.')
  }
  return reopen(port, member, message, [])
}

/** Goes on in place, after what was said. */
function continueReply(port: PostingPort, member: Member, id: MessageId): Result<null> {
  const message = port.history.get(id)
  if (!message) return refuse('no_such_message', 'That message is not here any more.')
  if (port.turns.isOpen(id) || message.role !== 'assistant' || !isContinuable(message.metadata)) {
    return refuse('not_retryable', 'There is no more of that answer to be asked for.')
  }
  return reopen(port, member, message, message.parts)
}

function reopen(port: PostingPort, member: Member, { id }: Message, parts: readonly Part[]): Result<null> {
  if (!port.turns.hasRoomFor(1)) return refuse('too_many_waiting', 'Too many answers are being waited for in this room. Try again when some have come.', 5_000)
  const full = port.space.refuse(member.id, 0)
  if (full) return { ok: false, refusal: full }
  const spent = port.budget.refuse(member.id, 1)
  if (spent) return { ok: false, refusal: spent }
  const reopened = port.history.reopen(id, parts, 0, port.now(), member.id)
  if (!reopened) return refuse('no_such_message', 'That message is not here any more.')
  port.publish({ type: 'message', message: reopened })
  port.budget.use(member.id, 1)
  port.turns.start(reopened)
  return accept(null)
}

function clear(port: PostingPort): Result<null> {
  port.turns.dropAll()
  const version = port.transaction(() => port.history.clear())
  port.publish({ type: 'cleared', version })
  return accept(null)
}

/** Only what everybody may see of a member. */
function plain({ id, name, kind }: Member): Member {
  return { id, name, kind }
}
