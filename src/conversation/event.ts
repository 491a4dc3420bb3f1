// What happened in a room, in the order it happened. Lanes encode events; a timeline is their fold.
import type { Amendments } from './amendment'
import type { MessageId } from './ids'
import type { Member } from './member'
import type { MemberId } from './ids'
import type { Failure, Message, MessageStatus, Part } from './message'
import type { RoomRecord } from './record'

export type RoomEvent =
  /** A message was posted, a reply began, or a reply began again (same id and seq, newer version, no parts). */
  | { readonly type: 'message'; readonly message: Message }
  /** A part of an open reply appeared, or a tool part changed its state. Text parts appear with their first words and grow by deltas. */
  | { readonly type: 'part'; readonly id: MessageId; readonly index: number; readonly part: Part }
  | Delta
  /** A reply ended. Its text is not repeated: `lengths` says how long each part must be in a client that missed nothing. */
  | Settled
  /** Something about a message changed after it was said. A change names what is other than before, and nothing else. */
  | AmendedEvent
  /** A record was made, changed or deleted. */
  | RecordEvent
  /** The owner cleared the room: every message up to now is gone. */
  | { readonly type: 'cleared'; readonly version: number }
  /** Also said of somebody here who took another name. `hereCount`: how many are here then, because not everybody is known by name. */
  | { readonly type: 'arrived'; readonly member: Member; readonly hereCount: number }
  | { readonly type: 'left'; readonly memberId: MemberId; readonly hereCount: number }
  | { readonly type: 'typing'; readonly member: Member }

export interface AmendedEvent {
  readonly type: 'amended'
  readonly id: MessageId
  readonly version: number
  readonly change: Amendments
}

export interface RecordEvent extends RoomRecord {
  readonly type: 'record'
}

/** Growth of one text or reasoning part. `offset` is the part's length before it, in characters. */
export interface Delta {
  readonly type: 'delta'
  readonly id: MessageId
  readonly index: number
  readonly offset: number
  readonly text: string
}

/** In these a reply may be for good. */
export type FinalStatus = Exclude<MessageStatus, 'pending' | 'waiting' | 'asking' | 'streaming'>

export interface Settled {
  readonly type: 'settled'
  readonly id: MessageId
  readonly seq: number
  readonly version: number
  readonly status: FinalStatus
  readonly failure?: Failure
  readonly lengths: readonly number[]
}

/** The characters of a part that travel as deltas; a tool part has none. */
export function lengthOf(part: Part): number {
  return part.type === 'dynamic-tool' ? 0 : part.text.length
}

/** How much a message says, to compare two states of one reply: it grows with every part and every character. */
export function saidLength({ parts }: Pick<Message, 'parts'>): number {
  return parts.reduce((sum, part) => sum + lengthOf(part), parts.length)
}
