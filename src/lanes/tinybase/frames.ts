// What travels in the tinybase lane: JSON. The store's changes and the synchronizer's questions share one socket with
// growth, presence and posts.
import type { MergeableChanges } from 'tinybase/mergeable-store'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import type { Page } from '../../conversation/page'
import type { Refusal } from '../../conversation/refusal'

/** Growth of a part. The first one of a stream also names the part: `[stream, offset, text, id, index]`. */
export type DeltaTuple =
  | readonly [stream: number, offset: number, text: string]
  | readonly [stream: number, offset: number, text: string, id: MessageId, index: number]

/** Which part a stream stands for, for those who were not there when it was named. */
export type StreamName = readonly [stream: number, id: MessageId, index: number]

/** Rows of the store that changed, with their stamps. */
export interface RowsChanged {
  readonly type: 'rows'
  readonly changes: MergeableChanges
}

/** A `message` event here is one that has left the window: it is for those who loaded that page. */
export type TickItem = DeltaTuple | RowsChanged | Exclude<RoomEvent, { type: 'delta' }>

/** To every socket: the events of one tick, in order. */
export type TickFrame = readonly TickItem[]

/** A tick as it is sent: nearly every one is one delta, and then goes alone. */
export type SentTick = DeltaTuple | TickFrame

export function sentTick(frame: TickFrame): SentTick {
  const [first] = frame
  return frame.length === 1 && first && isDelta(first) ? first : frame
}

/** A tick's events, in either form. */
export function tickOf(sent: SentTick): TickFrame {
  return isSingle(sent) ? [sent] : sent
}

export function isDelta(item: TickItem | RoomEvent): item is DeltaTuple {
  return Array.isArray(item)
}

function isSingle(sent: SentTick): sent is DeltaTuple {
  return typeof sent[0] === 'number'
}

/** How far an open reply has come: each part's length in characters, -1 for a tool, whose state no length tells. */
export type OpenReply = readonly [id: MessageId, version: number, lengths: readonly number[]]

/** The first word of the room on every connection. A client whose store has the same hash and whose open replies are as long asks nothing more. */
export interface Hello {
  readonly type: 'hello'
  readonly version: number
  /** The seq at which the window begins; null in an empty room. What a client holds before it and cannot join on is gone. */
  readonly first: number | null
  readonly hasEarlier: boolean
  /** Of the room's store. */
  readonly hash: number
  readonly here: readonly Member[]
  readonly hereCount: number
  readonly open: readonly OpenReply[]
  readonly streams: readonly StreamName[]
  /** What changed before the window since the client was last here; left out for nothing, null for too much to say. */
  readonly older?: readonly Message[] | null
}

/** To one socket. */
export type DirectFrame =
  | Hello
  /** What the synchronizer asked for. */
  | { readonly type: 'synced'; readonly id: string; readonly body: unknown }
  /** What a client lacks of the open replies. */
  | { readonly type: 'grown'; readonly events: readonly RoomEvent[] }
  | { readonly type: 'page'; readonly before: number; readonly page: Page }
  | { readonly type: 'acknowledged'; readonly id: MessageId; readonly seq: number }
  | { readonly type: 'refused'; readonly id?: MessageId; readonly refusal: Refusal }

export type ServerFrame = SentTick | DirectFrame

/** How a synchronizer takes in a message; which kind it is, TinyBase says by number. */
export type TakeIn = (client: string, id: string | null, message: number, body: unknown) => void

/** From a client, beside commands. Each is answered to that client alone [L7]. */
export type Question =
  /** The synchronizer asks by hashes for what differs; `ask` is TinyBase's message number. */
  | { readonly type: 'sync'; readonly id: string; readonly ask: number; readonly body: unknown }
  /** Say hello again: something was missed. */
  | { readonly type: 'since'; readonly version: number }
  /** What of these open replies is beyond the lengths held? */
  | { readonly type: 'growth'; readonly held: readonly (readonly [id: MessageId, lengths: readonly number[]])[] }
  | { readonly type: 'before'; readonly seq: number }
