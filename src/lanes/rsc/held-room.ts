// What a client of the rsc lane holds of its room: the timeline, how the server rendered each message of it, and up to
// which version every batch was read. Invariant: a row is made anew only when its message or its rendering is another.
import type { ReactNode } from 'react'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import type { CatchUp, Page, Snapshot } from '../../conversation/page'
import type { RowKey } from '../../conversation/room-client'
import { fold, foldCatchUp, prepend, timelineFrom, withNames, type Timeline } from '../../conversation/timeline'
import type { Shown } from '../client/base-client'
import { askedBy, type KnownRows, NO_ROWS, rowsOf } from '../message-rows'
import type { Nodes } from './flight'

/** A row of this lane: the message, and how the server rendered it. */
export interface NodeRow extends RowKey {
  readonly message: Message
  readonly node: ReactNode
}

export class HeldRoom {
  /** How often it changed: whoever knows the count knows whether there is anything new to show. */
  changes = 0
  /** The end of a reply may have overtaken a batch: it does not count. */
  private readUpTo: number
  /** Of which version everything was told at once: a payload in flight may begin before it. */
  private caughtUpTo: number
  private timeline: Timeline
  private readonly nodes: Map<string, ReactNode>
  private readonly rowOf = new WeakMap<Message, NodeRow>()
  /** As they were shown; forgotten when a rendering may be another. */
  private known: KnownRows<NodeRow> = NO_ROWS

  constructor(initial: Snapshot, nodes: Nodes) {
    this.timeline = timelineFrom(initial)
    this.readUpTo = initial.version
    this.caughtUpTo = initial.version
    this.nodes = new Map(Object.entries(nodes))
  }

  /** Up to which version every batch was read. */
  get version(): number {
    return this.readUpTo
  }

  /** What to ask for after a reconnect. Later batches may have overtaken the end of a reply that is still open here: so it is asked for again. */
  get since(): number {
    return this.timeline.messages.reduce((since, { metadata }) => (metadata.status === 'streaming' ? Math.min(since, metadata.version) : since), this.readUpTo)
  }

  /** The first seq that is held, when there is more before it. */
  get earlierThan(): number | null {
    return this.timeline.hasEarlier ? (this.timeline.messages[0]?.metadata.seq ?? null) : null
  }

  messageOf(id: MessageId): Message | null {
    return this.timeline.messages.findLast((message) => message.id === id) ?? null
  }

  shown(): Shown<NodeRow> {
    const { messages, hasEarlier, records, here, hereCount } = this.timeline
    const rows = rowsOf(messages, this.known, (message) => this.row(message))
    this.known = { messages, rows }
    return { rows, hasEarlier, records, here, hereCount }
  }

  /** How these messages were rendered. */
  keep(nodes: Nodes): void {
    for (const [id, node] of Object.entries(nodes)) this.nodes.set(id, node)
    this.known = NO_ROWS
  }

  /** Every batch up to this version was read. */
  hasRead(version: number): void {
    this.readUpTo = Math.max(this.readUpTo, version)
  }

  catchUp(catchUp: CatchUp): void {
    this.take(foldCatchUp({ ...this.timeline, version: this.since }, catchUp))
    this.readUpTo = catchUp.kind === 'rows' ? catchUp.version : catchUp.snapshot.version
    this.caughtUpTo = this.readUpTo
  }

  prepend(page: Page): void {
    this.take(prepend(this.timeline, page))
  }

  name(people: readonly Member[]): void {
    this.take(withNames(this.timeline, people))
  }

  /** False when something was missed, and then nothing was taken. */
  apply(event: RoomEvent): boolean {
    // What is not there may have been deleted: it is not to come back.
    if (event.type === 'record' && event.version <= this.caughtUpTo) return true
    const folded = fold(this.timeline, event)
    if (!folded.gap) this.take(folded.timeline)
    return !folded.gap
  }

  private take(timeline: Timeline): void {
    if (timeline === this.timeline) return
    this.timeline = timeline
    this.changes += 1
  }

  private row(message: Message): NodeRow {
    const known = this.rowOf.get(message)
    const node = this.nodes.get(message.id)
    if (known && known.node === node) return known
    const { seq, status } = message.metadata
    const row = { id: message.id, seq, status, message, node, ...askedBy(message, this.timeline.messages) }
    this.rowOf.set(message, row)
    return row
  }
}
