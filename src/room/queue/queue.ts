// The queue of a room: what is asked for becomes a row and a message, in one write; what may begin begins; and every change is told.
// Invariant: the rows in memory are the rows in storage, and each message's status and place say what its row says.
import type { Change, Step } from '../../agents/queue/changes'
import { step } from '../../agents/queue/changes'
import { type Ask, enqueue } from '../../agents/queue/enqueue'
import { endsOf, MOST_WAITING, type QueueRow, waitingIn } from '../../agents/queue/row'
import { carryOut, openWishes } from '../../agents/queue/steer'
import { settle, take } from '../../agents/queue/take'
import { type EngagedValues, whyOf } from '../../conversation/engaged'
import type { RoomEvent } from '../../conversation/event'
import { lengthOf } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message, Part } from '../../conversation/message'
import { accept, type Result } from '../../conversation/refusal'
import { isRunning } from '../../conversation/tool-part'
import type { History } from '../history/history'
import type { Turns } from '../turns/turns'
import { Amending } from './amending'
import type { Place, StoredQueue } from './stored-queue'

/** A reply that is asked for. */
export interface Wanted extends Ask, Place {
  readonly author: Member
  /** The call of a tool by which another agent asks. */
  readonly asked?: string
}

export interface QueuePort {
  readonly stored: StoredQueue
  readonly history: History
  readonly turns: Turns
  /** The answers that an agent writes at the same time. */
  atOnce(agent: MemberId): number
  /** What somebody is called here. */
  nameOf(id: MemberId): string
  now(): number
  publish(event: RoomEvent): void
  /** Runs all of `write` or none of it. */
  transaction<T>(write: () => T): T
}

type Amend = Amending['amend']

export class Queue {
  private rows: readonly QueueRow[]
  private readonly port: QueuePort

  constructor(port: QueuePort) {
    this.port = port
    this.rows = port.stored.rows()
  }

  all(): readonly QueueRow[] {
    return this.rows
  }

  /** Whether so many more would still find a place. */
  hasRoomFor(replies: number): boolean {
    return waitingIn(this.rows).length + replies <= MOST_WAITING
  }

  /**
   * Asks for replies, of each agent one to each message, and writes `first` in the same breath, which answers what is to be told of
   * it. What was asked for already is not asked again. Refuses: too_many_waiting; then nothing is written.
   */
  ask(all: readonly Wanted[], first: () => readonly RoomEvent[] = () => []): Result {
    const wanted = all.filter(({ trigger, agent }) => this.port.stored.answerTo(trigger, agent) === null)
    const asked = enqueue(this.rows, wanted, this.port.now())
    if (!asked.ok) return asked
    this.run(asked.value, wanted, () => {
      const events = first()
      for (const [at, { trigger, agent, id }] of wanted.entries()) this.port.stored.addAnswer(trigger, agent, asked.value.replies[at] ?? id)
      return events
    })
    return accept(undefined)
  }

  /** A reply that has ended is asked for again, to go on from these parts. It finds its place at the end. `tries`: how often a restart did that. */
  again(message: Message, asker: MemberId, parts: readonly Part[], tries = 0): void {
    const { id, metadata } = message
    const row: QueueRow = {
      id,
      agent: metadata.author.id,
      why: { rule: 'asked', by: asker },
      prompts: [{ trigger: metadata.replyTo ?? id, asker, at: this.port.now() }],
      order: endsOf(this.rows).back,
      state: 'waiting',
    }
    this.run(step(this.rows, [...this.rows, row]), [], () => [], { id, parts, tries, askedBy: tries === 0 ? asker : null })
  }

  /** A reply that people have decided about goes on from these parts, before what waits: it was begun before. */
  goOn(message: Message, asker: MemberId, parts: readonly Part[]): void {
    const { id, metadata } = message
    const why = whyOf(metadata)
    const row: QueueRow = {
      id,
      agent: metadata.author.id,
      // Whoever asked for it by a tool waits meanwhile, in a place of their own.
      why: why?.rule === 'agent-asked' ? { rule: why.rule, by: why.by } : { rule: 'asked', by: asker },
      prompts: [{ trigger: metadata.replyTo ?? id, asker, at: this.port.now() }],
      order: endsOf(this.rows).front,
      state: 'waiting',
    }
    this.run(step(this.rows, [...this.rows, row]), [], () => [], { id, parts, tries: 0, askedBy: null })
  }

  /** What somebody ordered, or what an agent's removal changes. */
  did(change: Step): void {
    this.run(change, [])
    for (const wish of openWishes(this.rows)) this.run(carryOut(this.rows, wish, this.isInTools(wish)), [])
  }

  /** Whatever may begin, begins. */
  next(): void {
    this.run(step(this.rows, this.rows), [])
  }

  /** A reply has ended, however. */
  settled(id: MessageId): void {
    if (!this.rows.some((row) => row.id === id)) return
    const left = settle(this.rows, id)
    try {
      this.run(left, [])
    } catch (cause) {
      // Where storage fails the place is free all the same; a restart finds the row and drops it.
      this.rows = left.rows
      throw cause
    }
  }

  /** After a restart: what was being written stays in its place, what nobody writes leaves it, and what waits goes on waiting. */
  wake(isOpen: (id: MessageId) => boolean): void {
    const left = this.rows.filter(({ id, state }) => state === 'waiting' || isOpen(id))
    this.did(step(this.rows, left))
  }

  /** The room was cleared: nothing waits any more. Inside the write that clears it. */
  clear(): void {
    this.port.stored.clear()
    this.rows = []
  }

  /** Whether the reply that is to hear this one waits for tools: what they do is not to be broken off. */
  private isInTools(wish: MessageId): boolean {
    const target = this.rows.find(({ id }) => id === wish)?.steer?.target
    const speaking = this.port.turns.openMessages().find(({ id }) => id === target)
    return speaking?.parts.some((part) => part.type === 'dynamic-tool' && isRunning(part)) ?? false
  }

  /** Stores a step with all that follows from it, or nothing of it; then tells it, and lets begin what may. */
  private run(change: Step, wanted: readonly Wanted[], first: () => readonly RoomEvent[] = () => [], reopened?: Reopened): void {
    const { port } = this
    const ends = new Map(change.changes.flatMap((one) => (one.type === 'ended' ? [[one.id, one.end] as const] : [])))
    const taken = take(change.rows, (agent) => port.atOnce(agent))
    const whole = step(this.rows, taken.rows, ends)
    const before = this.rows
    const begun: Message[] = []
    const events = port.transaction(() => {
      const amending = new Amending(port.history)
      const told = [...first()]
      for (const one of whole.changes) told.push(...this.store(one, wanted, reopened, amending.amend, begun))
      return told
    })
    this.rows = taken.rows
    for (const event of events) {
      if (event.type === 'amended') this.amendOpen(event.id)
      port.publish(event)
    }
    for (const one of whole.changes) if (one.type === 'ended') this.interrupt(one, before)
    for (const message of begun) port.turns.start(message)
  }

  private store(change: Change, wanted: readonly Wanted[], reopened: Reopened | undefined, amend: Amend, begun: Message[]): readonly RoomEvent[] {
    const { stored, history, now } = this.port
    if (change.type === 'ended') {
      stored.remove(change.id)
      return this.end(change, amend)
    }
    const { row, place } = change
    stored.put(row)
    const isSpeaking = row.state === 'speaking'
    if (change.type === 'queued') {
      const message = row.id === reopened?.id ? this.reopen(row, reopened) : this.append(row, place, wanted)
      if (!message) return []
      if (reopened) amend(row.id, { place, end: null })
      if (isSpeaking) begun.push(message)
      return [{ type: 'message', message: history.get(row.id) ?? message }]
    }
    const known = history.get(row.id)
    const prompts = row.prompts.length > 1 ? { prompts: row.prompts.map(({ trigger }) => trigger) } : {}
    const amended = amend(row.id, { place, ...prompts })
    if (!isSpeaking || known?.metadata.status !== 'waiting') return amended
    const message = history.begin(row.id, now())
    if (!message) return []
    begun.push(message)
    return [{ type: 'message', message }]
  }

  private append({ id, state, why }: QueueRow, place: number | null, wanted: readonly Wanted[]): Message | null {
    const reply = wanted.find((one) => one.id === id)
    if (!reply) return null
    const amended: EngagedValues = { why: { ...why, name: this.port.nameOf(why.by) }, ...(place === null ? {} : { place }) }
    const { author, trigger, root, depth, asker, asked } = reply
    return this.port.history.append({
      id,
      author,
      status: state === 'speaking' ? 'streaming' : 'waiting',
      createdAt: this.port.now(),
      parts: [],
      replyTo: trigger,
      ...(this.port.history.get(trigger)?.metadata.author.id === asker ? {} : { askedBy: asker }),
      amended: { ...amended, ...(asked === undefined ? {} : { asked }) },
      root,
      depth,
    })
  }

  private reopen({ id, state }: QueueRow, { parts, tries, askedBy }: Reopened): Message | null {
    return this.port.history.reopen(id, parts, tries, this.port.now(), askedBy, state === 'speaking' ? 'streaming' : 'waiting')
  }

  /** How a reply that never began left; one that was being written says so itself. */
  private end({ id, end }: Extract<Change, { type: 'ended' }>, amend: Amend): readonly RoomEvent[] {
    if (end.how === 'settled') return []
    const message = this.port.history.get(id)
    if (!message) return []
    const told = amend(id, { place: null, end: { how: end.how, name: end.by === null ? null : this.port.nameOf(end.by) } })
    if (message.metadata.status !== 'waiting') return told
    const version = this.port.history.settle(id, message.parts, 'stopped', null, this.port.now())
    return [...told, { type: 'settled', id, seq: message.metadata.seq, version, status: 'stopped', lengths: message.parts.map(lengthOf) }]
  }

  /** What was said stays, and the reply that comes in its place knows it. */
  private interrupt({ id, end }: Extract<Change, { type: 'ended' }>, before: readonly QueueRow[]): void {
    if (end.how === 'steered' && before.some((row) => row.id === id && row.state === 'speaking')) this.port.turns.stop(id)
  }

  private amendOpen(id: MessageId): void {
    const message = this.port.history.get(id)
    if (message) this.port.turns.amended(message)
  }
}

interface Reopened {
  readonly id: MessageId
  readonly parts: readonly Part[]
  readonly tries: number
  /** Null after a restart: nobody asked anew. */
  readonly askedBy: MemberId | null
}
