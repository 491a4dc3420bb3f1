// Watches one lane in this browser: what its socket receives, and when its pane shows how much of which reply.
import type { MessageId } from '../conversation/ids'
import { textOf } from '../conversation/message'
import type { RoomState } from '../conversation/room-client'
import { Meter, type Counts } from '../lanes/client/meter'
import type { LaneRow, Metering } from '../lanes/client/metering'
import { ShownReply } from './shown-reply'

/** So much had been received by then. */
export interface Sample {
  readonly at: number
  readonly bytes: number
}

/** More samples than a chart has pixels are thinned out. */
const MOST_SAMPLES = 400

export class LaneMeter implements Metering {
  readonly WebSocket: typeof WebSocket
  private readonly meter = new Meter()
  private readonly changed: () => void
  private latest: RoomState<LaneRow> | null = null
  private since = 0
  private received: Sample[] = []
  private readonly shownReplies = new Map<MessageId, ShownReply>()
  private readonly questions = new Map<MessageId, number>()
  private waited: number | null = null
  private answered: MessageId | undefined

  /** `changed` is called whenever there is something new to tell. */
  constructor(changed: () => void) {
    this.changed = changed
    this.WebSocket = this.meter.socketClass()
    this.meter.subscribe(() => this.sample())
  }

  get counts(): Counts {
    return this.meter.counts
  }

  get samples(): readonly Sample[] {
    return this.received
  }

  /** What the pane shows; null until the page is alive. */
  get state(): RoomState<LaneRow> | null {
    return this.latest
  }

  /** The replies that began since the last reset. */
  get replies(): ReadonlyMap<MessageId, ShownReply> {
    return this.shownReplies
  }

  /** From the newest question that was answered to the first text of its answer in the pane, ms. */
  get firstText(): number | null {
    return this.waited
  }

  reset(): void {
    this.meter.reset()
    this.received = []
    this.shownReplies.clear()
    this.questions.clear()
    this.waited = null
    this.answered = undefined
    this.since = newestSeq(this.latest)
  }

  /** Somebody here pressed the button at this time. */
  asked(id: MessageId, at: number): void {
    this.questions.set(id, at)
  }

  // Runs while React commits, and so inside what is measured: no more than is needed.
  shown(state: RoomState<LaneRow>): void {
    const at = performance.now()
    if (!this.latest) this.since = newestSeq(state)
    this.latest = state
    for (const { id } of state.pending) if (!this.questions.has(id)) this.asked(id, at)
    for (let index = state.rows.length - 1; index >= 0; index--) {
      const row = state.rows[index]
      if (!row || row.seq <= this.since) break
      if (row.message.role === 'assistant') this.noteReply(at, row)
    }
    this.changed()
  }

  private noteReply(at: number, { id, message }: LaneRow): void {
    const reply = this.shownReplies.get(id) ?? new ShownReply()
    this.shownReplies.set(id, reply)
    const began = reply.marks.length > 0
    reply.note(at, textOf(message))
    const askedAt = message.metadata.replyTo === undefined ? undefined : this.questions.get(message.metadata.replyTo)
    if (began || reply.marks.length === 0 || askedAt === undefined || this.answered === message.metadata.replyTo) return
    // Of several agents that answer one question, the first.
    this.answered = message.metadata.replyTo
    this.waited = at - askedAt
  }

  private sample(): void {
    if (this.received.length >= MOST_SAMPLES) this.received = this.received.filter((_, index) => index % 2 === 1)
    this.received.push({ at: performance.now(), bytes: this.meter.counts.bytes })
    this.changed()
  }
}

function newestSeq(state: RoomState<LaneRow> | null): number {
  return state?.rows.at(-1)?.seq ?? 0
}
