// What each command does. The member is known and may be here; the command is well formed.
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { isContinuable, isRetryable, type Message, type Part } from '../../conversation/message'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { forRetry } from '../turns/unfinished'
import type { Membership } from '../members/members'
import { removeAgent, restoreAgent, saveAgent } from './agents'
import { answerQuestion, decideApproval, savePolicy } from './approvals'
import { saveBudgets } from './budgets'
import { note } from './memory'
import { post, type PostingPort, tooManyWaiting } from './posting'
import { order } from './queueing'
import { laterOn } from './schedules'
import { changeServers } from './servers'
import { stop } from './stopping'

/** Answers a post with its seq, anything else with null. */
export function runCommand(port: PostingPort, { role, ...member }: Membership, command: Command): Result<{ readonly seq: number } | null> {
  switch (command.type) {
    case 'post':
      return post(port, { ...member, role }, command)
    case 'stop':
      return stop(port, { ...member, role }, command.id)
    case 'retry':
      return retry(port, member, command.id)
    case 'continue':
      return continueReply(port, member, command.id)
    case 'ask':
      return ask(port, member, command)
    case 'cancel':
    case 'move-up':
    case 'now':
    case 'merge':
      return order(port, { ...member, role }, command)
    case 'save-agent':
      return saveAgent(port, { ...member, role }, command)
    case 'restore-agent':
      return restoreAgent(port, { ...member, role }, command)
    case 'remove-agent':
      return removeAgent(port, { ...member, role }, command)
    case 'save-budgets':
      return saveBudgets(port, { ...member, role }, command)
    case 'approve':
    case 'deny':
    case 'always-allow':
      return decideApproval(port, { ...member, role }, command)
    case 'answer':
      return answerQuestion(port, { ...member, role }, command)
    case 'save-policy':
      return savePolicy(port, { ...member, role }, command)
    case 'add-server':
    case 'check-server':
    case 'accept-tools':
    case 'set-policy':
    case 'remove-server':
      return changeServers(port, { ...member, role }, command)
    case 'remember':
    case 'edit-memory':
    case 'forget':
      return note(port, { ...member, role }, command)
    case 'add-schedule':
    case 'cancel-schedule':
    case 'set-time-zone':
      return laterOn(port, member.id, command)
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

/** Whether a command takes of what is left for the day. */
export function takesMuch({ type }: Command): boolean {
  return type === 'post' || type === 'retry' || type === 'continue' || type === 'ask'
}

function retry(port: PostingPort, member: Member, id: MessageId): Result<null> {
  const message = port.history.get(id)
  if (!message) return refuse('no_such_message', 'That message is not here any more.')
  if (port.turns.isOpen(id) || message.role !== 'assistant' || !isRetryable(message.metadata.status)) {
    return refuse('not_retryable', 'That answer cannot be asked for again.')
  }
  return reopen(port, member, message, forRetry(message.parts))
}

function ask(port: PostingPort, member: Member, { agent, id }: Extract<Command, { type: 'ask' }>): Result<null> {
  const asked = port.engaging.ask(member, agent, id)
  return asked.ok ? told(port, asked.value) : asked
}

function told(port: PostingPort, events: readonly RoomEvent[]): Result<null> {
  for (const event of events) port.publish(event)
  return accept(null)
}

/** Goes on in place, after what was said; or lets the agents go on that were held there. */
function continueReply(port: PostingPort, member: Member, id: MessageId): Result<null> {
  const message = port.history.get(id)
  if (!message) return refuse('no_such_message', 'That message is not here any more.')
  if (message.role === 'assistant' && port.engaging.isGuarded(id)) {
    const gone = port.engaging.goOn(member, id)
    return gone.ok ? told(port, gone.value) : gone
  }
  if (port.turns.isOpen(id) || message.role !== 'assistant' || !isContinuable(message.metadata)) {
    return refuse('not_retryable', 'There is no more of that answer to be asked for.')
  }
  return reopen(port, member, message, message.parts)
}

function reopen(port: PostingPort, member: Member, message: Message, parts: readonly Part[]): Result<null> {
  if (!port.queue.hasRoomFor(1)) return tooManyWaiting()
  const full = port.space.refuse(member.id, 0)
  if (full) return { ok: false, refusal: full }
  const spent = port.budget.refuse(member.id, [message.metadata.author.id])
  if (spent) return { ok: false, refusal: spent }
  port.budget.use(member.id, [message.metadata.author.id])
  port.queue.again(message, member.id, parts)
  return accept(null)
}

function clear(port: PostingPort): Result<null> {
  port.turns.dropAll()
  const { gone, version } = port.transaction(() => {
    const gone = port.approvals.clear()
    port.queue.clear()
    return { gone, version: port.history.clear() }
  })
  for (const record of gone) port.publish({ type: 'record', ...record })
  port.publish({ type: 'cleared', version })
  port.memory.messagesGone(null)
  return accept(null)
}

/** Only what everybody may see of a member. */
function plain({ id, name, kind }: Member): Member {
  return { id, name, kind }
}
