// What travels in the tinybase lane: JSON. The store's changes and the synchronizer's questions share one socket with
// growth, presence and posts.
import type { MergeableChanges } from 'tinybase/mergeable-store'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import type { Answer } from '../answers'
import type { PlainEvent, StreamName, TickFrame } from '../growth/delta-frames'

/** Rows of the store that changed, with their stamps. */
export interface RowsChanged {
  readonly type: 'rows'
  readonly changes: MergeableChanges
}

/** A `message` event here is one that has left the window: it is for those who loaded that page. */
export type TickItem = RowsChanged | PlainEvent

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
  /** Server time, ms since 1970. */
  readonly now: number
  readonly open: readonly OpenReply[]
  readonly streams: readonly StreamName[]
  /** What changed before the window since the client was last here; left out for nothing, null for too much to say. */
  readonly older?: readonly Message[] | null
  /** The keys of records that were deleted since then; left out for none, null when only all of them can be told anew. */
  readonly gone?: readonly string[] | null
}

/** To one socket. */
export type DirectFrame =
  | Answer
  | Hello
  /** What the synchronizer asked for. */
  | { readonly type: 'synced'; readonly id: string; readonly body: unknown }
  /** What a client lacks of the open replies. */
  | { readonly type: 'grown'; readonly events: readonly RoomEvent[] }

export type ServerFrame = TickFrame<TickItem> | DirectFrame

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
