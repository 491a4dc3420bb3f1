// The agents' turns. A turn lives here, in the room, and in nobody's request [L9]: it is started by a post, runs on by
// itself, and ends in exactly one final state. Which may begin is for the queue to say.
import { withNewerAmendments } from '../../conversation/amendment'
import type { FinalStatus, RoomEvent } from '../../conversation/event'
import { lengthOf } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Failure, Message, Part } from '../../conversation/message'
import type { AnswerChunk } from '../../models/answer'
import type { History } from '../history/history'
import type { CallLog } from './call-log'
import { OpenReply } from './open-reply'
import { CLOSED_BY, ENDED_BEFORE } from './ended-words'
import { FULL, LIMITED } from './reply-limit'
import { endCalls } from './unfinished'

/** A reply is saved at most this often while it grows, ms. An UPDATE per token costs 40 times more. */
const SAVE_EVERY_MS = 1_000

export interface TurnsPort {
  readonly history: History
  readonly calls: CallLog
  now(): number
  /** Says what happened. */
  publish(event: RoomEvent): void
  /** Asks the reply's author to speak: what it says, chunk by chunk, until done, failed or aborted. `parts`: what is kept of it. */
  speak(reply: Message, signal: AbortSignal, parts: () => readonly Part[]): AsyncIterable<AnswerChunk>
  /** A reply has ended like this, and its row says so. */
  settled(reply: Message, status: FinalStatus): void
  /** A reply waits for people to approve what it called, and its row says so. */
  suspended(reply: Message): void
  /** Closes what was still to be approved of a reply that ends; answers its parts with all that was decided. `why`: a sentence. */
  closeCards(reply: MessageId, parts: readonly Part[], why: string): readonly Part[]
  /** Runs a promise that must outlive every request, through hibernation and crash. */
  keepAlive(work: () => Promise<void>): void
}

export class Turns {
  private readonly open = new Map<MessageId, OpenReply>()
  /** Whether a save is already waiting for its time. */
  private saving = false

  private readonly port: TurnsPort

  constructor(port: TurnsPort) {
    this.port = port
  }

  /** Starts the turn that writes this reply. */
  start(message: Message): void {
    const reply = new OpenReply(message, this.port.now())
    this.open.set(message.id, reply)
    this.port.keepAlive(() => this.run(reply))
  }

  /** The message as it stands at this moment: an open reply's row is up to a second behind. */
  current(message: Message): Message {
    return this.open.get(message.id)?.message ?? message
  }

  /** Something about a message changed that may be being written. */
  amended(message: Message): void {
    const reply = this.open.get(message.id)
    if (reply) reply.message = withNewerAmendments(reply.message, message)
  }

  /** Every reply being written, as it stands. */
  openMessages(): readonly Message[] {
    return [...this.open.values()].map((reply) => reply.message)
  }

  isOpen(id: MessageId): boolean {
    return this.open.has(id)
  }

  /** Ends one turn for everyone, or all of them; what was said stays [L8]. Answers how many ended. */
  stop(id?: MessageId): number {
    const stopped = [...this.open.values()].filter((reply) => id === undefined || reply.message.id === id)
    for (const reply of stopped) this.settle(reply, 'stopped', null)
    return stopped.length
  }

  /** Drops every turn without a word; the room was cleared under them. */
  dropAll(): void {
    for (const reply of this.open.values()) reply.abort.abort()
    this.open.clear()
    this.port.calls.clear()
  }

  /** Saves what has grown for long enough, and the rest a second later at the latest. Called after a tick was sent: first send, then save. */
  saveDue(): void {
    const now = this.port.now()
    for (const reply of this.open.values()) {
      if (reply.unsaved && now - reply.savedAt >= SAVE_EVERY_MS) this.save(reply, now)
    }
    this.saveLater(now)
  }

  private save(reply: OpenReply, now: number): void {
    this.port.history.save(reply.message.id, reply.message.parts)
    reply.unsaved = false
    reply.savedAt = now
  }

  /** A model that falls silent makes no ticks: what it said last must not wait for its next word. */
  private saveLater(now: number): void {
    if (this.saving) return
    const due = [...this.open.values()].flatMap(({ unsaved, savedAt }) => (unsaved ? [savedAt + SAVE_EVERY_MS - now] : []))
    if (due.length === 0) return
    this.saving = true
    setTimeout(
      () => {
        this.saving = false
        this.saveDue()
      },
      Math.min(...due),
    )
  }

  private async run(reply: OpenReply): Promise<void> {
    try {
      await this.listen(reply)
    } catch (cause) {
      console.error('a turn failed', { message: reply.message.id, agent: reply.message.metadata.author.id }, cause)
      this.settle(reply, 'failed', { code: 'provider', text: 'Something went wrong while this answer was being written.' })
    }
  }

  private async listen(reply: OpenReply): Promise<void> {
    for await (const chunk of this.port.speak(reply.message, reply.abort.signal, () => reply.message.parts)) {
      if (!this.isCurrent(reply)) return
      const events = reply.take(chunk)
      // Before it runs, and before anything else is done with what it answered.
      if (chunk.type === 'tool' && chunk.part.state !== 'input-streaming') this.save(reply, this.port.now())
      for (const event of events) this.port.publish(event)
      if (reply.isFull) return this.settle(reply, 'stopped', FULL)
      if (chunk.type === 'limited') return this.settle(reply, 'stopped', chunk.failure ?? LIMITED)
      if (chunk.type === 'done') return this.settle(reply, 'complete', chunk.failure ?? null)
      if (chunk.type === 'failed') return this.settle(reply, 'failed', chunk.failure)
      if (chunk.type === 'aborted') return this.settle(reply, 'stopped', null)
      if (chunk.type === 'asking') return this.suspend(reply)
    }
    this.settle(reply, 'failed', { code: 'cut_off', text: 'The answer broke off before its end.' })
  }

  /** People have to approve what it called: no turn is left, and no timer. Whoever answers last lets it go on. */
  private suspend(reply: OpenReply): void {
    if (!this.isCurrent(reply)) return
    this.open.delete(reply.message.id)
    const message = this.port.history.suspend(reply.message.id, reply.message.parts)
    reply.abort.abort()
    if (!message) return
    this.port.publish({ type: 'message', message })
    this.port.suspended(message)
  }

  private settle(reply: OpenReply, status: FinalStatus, failure: Failure | null): void {
    if (!this.isCurrent(reply)) return
    const { id, metadata } = reply.message
    this.open.delete(id)
    let { version } = metadata
    try {
      this.endCalls(reply, status)
      const { parts } = reply.message
      version = this.port.history.settle(id, parts, status, failure, this.port.now())
      this.port.publish({ type: 'settled', id, seq: metadata.seq, version, status, lengths: parts.map(lengthOf), ...(failure ? { failure } : {}) })
    } finally {
      // Also where storage fails: its place is another's from now on.
      reply.abort.abort()
      this.port.settled({ ...reply.message, metadata: { ...metadata, status, version } }, status)
    }
  }

  /** No call of a tool is left without its end, and none is remembered that has one. */
  private endCalls(reply: OpenReply, status: FinalStatus): void {
    const { id, parts } = reply.message
    if (parts.every(({ type }) => type !== 'dynamic-tool')) return
    const decided = this.port.closeCards(id, parts, CLOSED_BY[status])
    for (const event of reply.replace(endCalls(decided, this.port.calls.begun(id), ENDED_BEFORE[status]))) this.port.publish(event)
    this.port.calls.forget(id)
  }

  /** False once the turn was stopped, cleared away, or begun again by a retry. */
  private isCurrent(reply: OpenReply): boolean {
    return this.open.get(reply.message.id) === reply
  }
}
