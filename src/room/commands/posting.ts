// How a message gets posted: exactly once, with the reply it calls for written in the same breath.
import { addressees } from '../../agents/addressing'
import type { RosterAgent } from '../../agents/roster'
import { hasAtSign } from '../../conversation/at-sign'
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import { newMessageId, type MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { isBlank, MAX_MESSAGE_LENGTH, textPart, type Message } from '../../conversation/message'
import { accept, refuse, type Refusal, type Result } from '../../conversation/refusal'
import type { History } from '../history/history'
import { bytesOfPost } from '../limits/post-space'
import type { Turns } from '../turns/turns'

export interface AnswerBudget {
  /** Null when so many answers may be asked for. */
  refuse(person: MemberId, answers: number): Refusal | null
  use(person: MemberId, answers: number): void
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
  readonly roster: readonly RosterAgent[]
  /** Everybody with a place here, present or not: a message may speak to somebody who reads it later. */
  people(): readonly Member[]
  /** Whether so few people have a place here that anybody may stop anything. */
  isAmongFew(): boolean
  /** What somebody may still ask of a model today. */
  readonly budget: AnswerBudget
  readonly space: Space
  /** Notes the name under which somebody writes: nobody else may bear it here. */
  wrote(author: MemberId): void
  now(): number
  publish(event: RoomEvent): void
  /** Runs all of `write` or none of it. */
  transaction<T>(write: () => T): T
}

/**
 * Appends a person's message and the placeholder row of every turn it starts, in one transaction, so that a crash
 * cannot come between them. Posting an id again answers as the first time [L3].
 */
export function post(port: PostingPort, author: Member, command: Extract<Command, { type: 'post' }>): Result<{ seq: number }> {
  const { id, text } = command
  if (isBlank(text)) return refuse('empty', 'There is nothing in this message.')
  if (text.length > MAX_MESSAGE_LENGTH) {
    return refuse('too_long', `A message may have ${MAX_MESSAGE_LENGTH.toLocaleString('en')} characters; this one has ${text.length.toLocaleString('en')}.`)
  }
  const earlier = port.history.authorOf(id)
  if (earlier !== null) return repeated(port.history, id, earlier === author.id)

  const { agents, mentions } = addressees(text, port.roster, hasAtSign(text) ? port.people() : [])
  const kept = text + mentions.join('')
  const full = port.space.refuse(author.id, bytesOfPost(kept, 0))
  if (full) return { ok: false, refusal: full }
  if (!port.turns.hasRoomFor(agents.length)) {
    return refuse('too_many_waiting', 'Too many answers are being waited for in this room. Try again when some have come.', 5_000)
  }
  const spent = port.budget.refuse(author.id, agents.length)
  if (spent) return { ok: false, refusal: spent }
  const posted = port.transaction(() => append(port, author, command, agents, mentions))
  for (const message of posted) port.publish({ type: 'message', message })
  port.budget.use(author.id, agents.length)
  port.space.use(author.id, bytesOfPost(kept, agents.length))
  for (const reply of posted.slice(1)) port.turns.start(reply)
  return accept({ seq: posted[0].metadata.seq })
}

function append(
  port: PostingPort,
  author: Member,
  command: Extract<Command, { type: 'post' }>,
  agents: readonly RosterAgent[],
  mentions: readonly string[],
): readonly [Message, ...Message[]] {
  const createdAt = port.now()
  port.wrote(author.id)
  const prompt = port.history.append({ id: command.id, author, status: 'complete', createdAt, parts: [textPart(command.text, mentions)] })
  if (!prompt) throw new Error('the id was free a moment ago')
  const replies = agents.map((agent) => {
    const member: Member = { id: agent.id, name: agent.name, kind: 'agent' }
    const reply = port.history.append({ id: newMessageId(), author: member, status: 'streaming', createdAt, parts: [], replyTo: prompt.id })
    if (!reply) throw new Error('a new id was taken')
    return reply
  })
  return [prompt, ...replies]
}

function repeated(history: History, id: Message['id'], same: boolean): Result<{ seq: number }> {
  const seq = history.seqOf(id)
  if (!same || seq === null) return refuse('id_taken', 'Another message has this id.')
  return accept({ seq })
}
