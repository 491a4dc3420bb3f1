// How a message gets posted: exactly once, with the replies that it calls for written in the same breath.
import { askerOf, speakingIn } from '../../agents/queue/row'
import { sentNow } from '../../agents/queue/steer'
import { typedMentions } from '../../agents/typed-mentions'
import type { RosterAgent } from '../../agents/roster'
import { hasAtSign } from '../../conversation/at-sign'
import type { AgentProfile } from '../../conversation/agent-profile'
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { isBlank, MAX_MESSAGE_LENGTH, textPart, type Message } from '../../conversation/message'
import type { RoomRecord } from '../../conversation/record'
import { accept, refuse, type Refusal, type Result } from '../../conversation/refusal'
import type { Approvals } from '../approvals/approvals'
import type { Asking } from '../approvals/asking'
import type { History } from '../history/history'
import { bytesOfPost } from '../limits/post-space'
import type { Engaging, Heard } from '../queue/engaging'
import type { Membership } from '../members/members'
import type { Queue, Wanted } from '../queue/queue'
import type { RoomPolicies } from '../approvals/room-policies'
import type { RoomMemory } from '../memory/room-memory'
import type { AgentVersions } from '../records/agent-versions'
import type { Changes } from '../records/changes'
import type { RoomSchedules } from '../schedules/room-schedules'
import type { Servers } from '../servers/servers'
import type { Turns } from '../turns/turns'
import { viewerOf } from './queueing'

export interface AnswerBudget {
  /** Null when an answer of each of these agents may be asked for. */
  refuse(person: MemberId, agents: readonly MemberId[]): Refusal | null
  use(person: MemberId, agents: readonly MemberId[]): void
}

/** What may still be kept. */
export interface Space {
  /** Null when so many bytes more may be. */
  refuse(person: MemberId, bytes: number): Refusal | null
  use(person: MemberId, bytes: number): void
}

export interface PostingPort {
  readonly history: History
  readonly turns: Turns
  readonly queue: Queue
  readonly engaging: Engaging
  readonly approvals: Approvals
  /** The replies that wait for people. */
  readonly asking: Asking
  readonly memory: RoomMemory
  readonly policies: RoomPolicies
  readonly schedules: RoomSchedules
  readonly roster: readonly RosterAgent[]
  records(): readonly RoomRecord[]
  /** What the agents were before. */
  readonly versions: AgentVersions
  /** Makes, changes or deletes a record, and tells it. */
  readonly changes: Changes
  /** Everybody with a place here, present or not: a message may speak to somebody who reads it later. */
  people(): readonly Member[]
  /** An agent has another name or handle: whoever reads like it is shown with a number from now on. */
  named(agent: Pick<AgentProfile, 'name' | 'handle'>): void
  /** Whether an agent may have a model of this name. */
  offers(model: string): boolean
  /** Whether so few people have a place here that anybody may stop anything. */
  isAmongFew(): boolean
  /** What somebody may still ask of a model today. */
  readonly budget: AnswerBudget
  readonly space: Space
  readonly servers: Servers
  /** Notes the name under which somebody writes: nobody else may bear it here. */
  wrote(author: MemberId): void
  now(): number
  publish(event: RoomEvent): void
  /** Runs all of `write` or none of it. */
  transaction<T>(write: () => T): T
}

/**
 * Appends a person's message and the placeholder row of every turn it starts, in one transaction, so that a crash
 * cannot come between them. Posting an id again answers as the first time [L3]. Refuses: empty, too_long, id_taken, no_such_message for
 * a reply to what was never said here, too_many_waiting, budget_spent, and what `Space` refuses.
 */
export function post(port: PostingPort, membership: Membership, command: Extract<Command, { type: 'post' }>): Result<{ seq: number }> {
  const { id, text } = command
  const { role: _role, ...author } = membership
  if (isBlank(text)) return refuse('empty', 'There is nothing in this message.')
  if (text.length > MAX_MESSAGE_LENGTH) {
    return refuse('too_long', `A message may have ${MAX_MESSAGE_LENGTH.toLocaleString('en')} characters; this one has ${text.length.toLocaleString('en')}.`)
  }
  const earlier = port.history.authorOf(id)
  if (earlier !== null) return repeated(port.history, id, earlier === author.id)

  const answered = command.replyTo === undefined ? null : port.history.get(command.replyTo)
  // What was cleared away was here: words that reply to it have waited somewhere, and are taken without it.
  if (command.replyTo !== undefined && port.history.authorOf(command.replyTo) === null)
    return refuse('no_such_message', 'The message that this replies to is not in this room.')
  const heard = port.engaging.hear({ author, text, replyTo: answered?.metadata.author ?? null }, id)
  const mentions = typedMentions(text, port.roster, hasAtSign(text) ? port.people() : [])
  const wanted = port.engaging.wanted(heard.turns, id, author.id, { root: id, depth: 0 }).map((one) => (command.when ? following(port, one) : one))
  const kept = text + mentions.join('')
  const full = port.space.refuse(author.id, bytesOfPost(kept, 0))
  if (full) return { ok: false, refusal: full }
  if (!port.queue.hasRoomFor(wanted.length)) return tooManyWaiting()
  const asking = wanted.map(({ agent }) => agent)
  const spent = port.budget.refuse(author.id, asking)
  if (spent) return { ok: false, refusal: spent }
  let seq = 0
  const asked = port.queue.ask(wanted, () => {
    const prompt = append(port, author, command, heard, mentions, answered)
    seq = prompt.metadata.seq
    return [{ type: 'message', message: prompt }]
  })
  if (!asked.ok) return asked
  if (command.when === 'now') interrupt(port, membership, id)
  port.budget.use(author.id, asking)
  port.space.use(author.id, bytesOfPost(kept, wanted.length))
  return accept({ seq })
}

/** To be heard after what its agent is writing: for the same person, or else the oldest. */
function following(port: PostingPort, wanted: Wanted): Wanted {
  const speaking = speakingIn(port.queue.all(), wanted.agent)
  const target = speaking.find((row) => askerOf(row) === wanted.asker) ?? speaking[0]
  return target ? { ...wanted, after: target.id } : wanted
}

/** What waits to answer it, alone or together with what its author said before, is heard now. The wish is stored before anything acts on it. */
function interrupt(port: PostingPort, membership: Membership, trigger: MessageId): void {
  const waiting = port.queue.all().filter(({ prompts }) => prompts.some((prompt) => prompt.trigger === trigger))
  for (const { id } of waiting) port.queue.did(sentNow(port.queue.all(), id, viewerOf(port, membership)))
}

export function tooManyWaiting(): ReturnType<typeof refuse> {
  return refuse('too_many_waiting', 'Too many answers are being waited for in this room. Try again when some have come.', 5_000)
}

function append(
  port: PostingPort,
  author: Member,
  command: Extract<Command, { type: 'post' }>,
  heard: Heard,
  mentions: readonly string[],
  answered: Message | null,
): Message {
  port.wrote(author.id)
  const held = port.engaging.heldBack(heard.decisions)
  const prompt = port.history.append({
    id: command.id,
    author,
    status: 'complete',
    createdAt: port.now(),
    parts: [textPart(command.text, mentions)],
    saidTo: heard.to,
    ...(answered ? { replyTo: answered.id } : {}),
    ...(held.length > 0 ? { amended: { held } } : {}),
  })
  if (!prompt) throw new Error('the id was free a moment ago')
  return prompt
}

function repeated(history: History, id: Message['id'], same: boolean): Result<{ seq: number }> {
  const seq = history.seqOf(id)
  if (!same || seq === null) return refuse('id_taken', 'Another message has this id.')
  return accept({ seq })
}
