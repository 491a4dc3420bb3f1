// Posts on their way: pending until the room acknowledges them, sent again after every reconnect, in order. The room
// takes each id once [L3], so sending too often does no harm.
import type { Command } from '../../conversation/command'
import { newMessageId, type MessageId } from '../../conversation/ids'
import { MAX_FRAME_LENGTH, MAX_MESSAGE_LENGTH } from '../../conversation/message'
import type { Refusal } from '../../conversation/refusal'
import { type PostMore, TYPING_MS, type RowKey } from '../../conversation/room-client'
import type { ClientState } from './client-state'

/** Written when somebody reads it: the first number that a browser formats takes it some ten milliseconds. */
const tooLongRefusal = (): Refusal => ({ code: 'too_long', message: `A message may have ${MAX_MESSAGE_LENGTH.toLocaleString('en')} characters.` })

/** What a post's frame holds beside its text, in characters, and some to spare. */
const ENVELOPE = 256

/** Past this after its acknowledgement a post's row will not come, however slow the network: it was cleared away while its author was offline, ms. */
const ROW_WITHIN_MS = 5_000

export class CommandOutbox<Row extends RowKey> {
  private readonly acknowledged = new Map<MessageId, number>()
  private typedAt = 0

  private readonly state: ClientState<Row>
  private readonly send: (command: Command) => void
  private readonly now: () => number

  constructor(state: ClientState<Row>, send: (command: Command) => void, now: () => number = Date.now) {
    this.state = state
    this.send = send
    this.now = now
  }

  /** A text that is too long is refused here: its frame might be too large as well, and that costs the connection. */
  post(text: string, id: MessageId = newMessageId(), { replyTo, when }: PostMore = {}): MessageId {
    const tooLong = text.length > MAX_MESSAGE_LENGTH || JSON.stringify(text).length > MAX_FRAME_LENGTH - ENVELOPE
    const more = { ...(replyTo ? { replyTo } : {}), ...(when ? { when } : {}) }
    this.state.addPending({ id, text, ...more, createdAt: this.writtenAt(), ...(tooLong ? { refusal: tooLongRefusal(), refusedAt: this.now() } : {}) })
    if (!tooLong) this.send({ type: 'post', id, text, ...more })
    return id
  }

  /** Later than all that waits, whatever the device's clock says: it is the order in which they were written. */
  private writtenAt(): number {
    return Math.max(this.now(), ...this.state.get().pending.map(({ createdAt }) => createdAt + 1))
  }

  /** Sends everything that waits; call when a connection opened. */
  sendPending(): void {
    for (const { id, text, replyTo, when, refusal } of this.state.get().pending) {
      if (refusal || this.acknowledged.has(id)) continue
      this.send({ type: 'post', id, text, ...(replyTo ? { replyTo } : {}), ...(when ? { when } : {}) })
    }
  }

  typing(): void {
    const now = this.now()
    if (now - this.typedAt < TYPING_MS / 2) return
    this.typedAt = now
    this.send({ type: 'typing' })
  }

  /** The room holds the post now, at this place. Its row follows within a tick, or is there, or was cleared away. */
  acknowledge(id: MessageId, seq: number): void {
    this.acknowledged.set(id, seq)
    this.settle(false)
    setTimeout(() => this.settle(true), ROW_WITHIN_MS)
  }

  /** A pending post leaves when its row is there, or, acknowledged, once the room is caught up with or its place is past. */
  settle(caughtUp: boolean): void {
    const { pending, rows } = this.state.get()
    if (pending.length === 0) return this.acknowledged.clear()
    const ids = new Set(rows.map((row) => row.id))
    const newest = rows.at(-1)?.seq ?? 0
    this.state.dropPending(({ id }) => {
      const seq = this.acknowledged.get(id)
      return ids.has(id) || (seq !== undefined && (caughtUp || seq <= newest))
    })
    const waiting = new Set(this.state.get().pending.map(({ id }) => id))
    for (const id of this.acknowledged.keys()) if (!waiting.has(id)) this.acknowledged.delete(id)
  }

  refuse(id: MessageId | undefined, refusal: Refusal): void {
    const pending = id !== undefined && this.state.get().pending.some((known) => known.id === id)
    if (pending && id !== undefined) this.state.refusePending(id, refusal, this.now())
    else this.state.set({ refusal })
  }

  discard(id: MessageId): void {
    this.state.dropPending((pending) => pending.id === id)
  }
}
