// What every lane's client offers, free of React: the screen, the contract suite and other programs drive a room
// through this and nothing else.
import type { MemberId, MessageId } from './ids'
import type { Member } from './member'
import type { Message, MessageStatus } from './message'
import type { RoomRecord } from './record'
import type { Refusal } from './refusal'

/** `connecting`: has not been connected since it was started. */
export type Connection = 'connecting' | 'connected' | 'reconnecting' | 'offline'

/** A post that the room has not acknowledged yet; after a refusal it waits for its author to edit or retry it. */
export interface Pending {
  readonly id: MessageId
  readonly text: string
  /** The message that it replies to. */
  readonly replyTo?: MessageId
  readonly when?: PostWhen
  /** Client time, ms since 1970; only for showing and for the order of sending. */
  readonly createdAt: number
  readonly refusal?: Refusal
  /** When it was refused, by this device, ms since 1970. */
  readonly refusedAt?: number
  /** False where this device could not keep it: then it would not survive a reload. */
  readonly isKept?: boolean
}

/** The least that is known of any row, whatever the lane puts in it. */
export interface RowKey {
  readonly id: MessageId
  readonly seq: number
  readonly status: MessageStatus
  /** Of a reply that is being written: who asked for it, where that is known. */
  readonly askedBy?: MemberId
  /** Where the lane's rows hold their message. */
  readonly message?: Message
}

/** Of a post whose agent is writing an answer: to be heard after it, or now, which ends that answer with what it said. */
export type PostWhen = 'after' | 'now'

/** What a post may have beside its words. */
export type PostMore = Pick<Pending, 'replyTo' | 'when'>

/** What may be done with a reply that waits. */
export type QueueOrder = 'cancel' | 'move-up' | 'now' | 'merge'

/** What may be said of a call that waits to be approved; `hash`: that of the arguments that were looked at. */
export type Deciding =
  | {
      readonly type: 'answer'
      readonly approval: string
      readonly action: 'accept' | 'decline'
      readonly content?: Record<string, unknown>
      readonly reason?: string
    }
  | { readonly type: 'approve' | 'always-allow'; readonly approval: string; readonly hash: string }
  | { readonly type: 'deny'; readonly approval: string; readonly reason?: string }

export interface RoomState<Row extends RowKey> {
  readonly connection: Connection
  /** Oldest first. */
  readonly rows: readonly Row[]
  readonly pending: readonly Pending[]
  readonly hasEarlier: boolean
  readonly loadingEarlier: boolean
  /** Whatever their kind; `recordsOf` picks those of one. */
  readonly records: readonly RoomRecord[]
  readonly here: readonly Member[]
  readonly hereCount: number
  /** Others who typed within the last TYPING_MS. */
  readonly typing: readonly Member[]
  /** The newest refusal of anything but a post; null once something succeeded. */
  readonly refusal: Refusal | null
  /** True once the room has shut this client out for good (removed, signed out, no such room): it will not reconnect. */
  readonly ended: boolean
}

export interface RoomClient<Row extends RowKey> {
  /** The same object until something changes (for useSyncExternalStore). */
  getState(): RoomState<Row>
  /** Calls `listener` after each change; answers how to stop. */
  subscribe(listener: () => void): () => void
  /** Says something. It is pending at once and a row when the room acknowledges it; a lost connection only delays it. */
  post(text: string, id?: MessageId, more?: PostMore): MessageId
  /** Forgets a pending post (a refused one, after its text went back to the composer). */
  discard(id: MessageId): void
  stop(id?: MessageId): void
  retry(id: MessageId): void
  /** Asks for the rest of a reply that was cut off at its limit. */
  continueReply(id: MessageId): void
  /** Asks an agent for an answer to a message. */
  askAgent(id: MessageId, agent: MemberId): void
  /** Does something with a reply that waits. */
  order(order: QueueOrder, id: MessageId): void
  /** Decides about a call that waits to be approved. */
  decide(deciding: Deciding): void
  clear(): void
  /** Call on every key stroke: it tells the room at most once per TYPING_MS / 2. */
  typing(): void
  /** Resolves when the older page is in the state, or could not be had (then `refusal` says why). */
  loadEarlier(): Promise<void>
  /** Resolves when more of those who are here are named in the state, or could not be had. */
  loadHere(): Promise<void>
  /** Enters the room: connects, and from then on keeps the state true. */
  start(): void
  /** Leaves the room; nothing changes any more, until it is started again. */
  close(): void
}

/** How long a "… is typing" is shown, ms. */
export const TYPING_MS = 5_000
