'use client'
// How a button inside a message reaches the room. Rows may come from the server, where a handler cannot be passed as a
// prop; the button's own client code finds the room here.
import { createContext } from 'react'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Pending, QueueOrder } from '../../conversation/room-client'

export interface RoomActions {
  readonly viewer: MemberId
  /** Whether the viewer orders what others asked for. */
  readonly mayOrder: boolean
  /** Whether the viewer may end any reply; their own they may always. */
  readonly mayStopAll: boolean
  /** Asks an agent for an answer to a message. */
  ask(id: MessageId, agent: MemberId): void
  order(order: QueueOrder, id: MessageId): void
  /** Chooses the message that the one in the composer replies to; none where there is no composer. */
  readonly replyTo?: (id: MessageId) => void
  /** Ends a reply that is being written. */
  stopReply(id: MessageId): void
  /** Asks for a failed, interrupted or stopped reply again. */
  retryReply(id: MessageId): void
  /** Asks for the rest of a reply that was cut off at its limit. */
  continueReply(id: MessageId): void
  /** Sends a refused post again, as it is. */
  resend(post: Pending): void
  /** Takes a refused post back into the composer. */
  edit(post: Pending): void
  loadEarlier(): void
  /** Brings the viewer to a message by its seq, also to one that is not loaded. */
  goToMessage(seq: number): void
  /** Names more of those who are here. */
  loadHere(): void
}

/** Null outside a room: buttons are then disabled. */
export const RoomActionsContext = createContext<RoomActions | null>(null)

/** Of the replies that wait, those which may be answered together with another: the viewer's, of an agent for which two of theirs wait. */
export const MergeableContext = createContext<ReadonlySet<MessageId>>(new Set())
