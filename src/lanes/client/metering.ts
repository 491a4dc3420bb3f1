'use client'
// How a page watches the lanes that it shows. Null, as everywhere but on pages that measure, nothing is watched.
import { createContext } from 'react'
import type { Message } from '../../conversation/message'
import type { RoomState, RowKey } from '../../conversation/room-client'

/** A row of any of our lanes. */
export interface LaneRow extends RowKey {
  readonly message: Message
}

export interface Metering {
  /** For the lane's client to connect with. */
  readonly WebSocket: typeof WebSocket
  /** The lane shows this from now on: it is in the document, and will be painted with the next frame of the screen. */
  shown(state: RoomState<LaneRow>): void
}

export const MeteringContext = createContext<Metering | null>(null)
