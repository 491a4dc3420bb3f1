'use client'
// The state of the room on the screen, for leaves that need one thing of it: drawn again when that is another, however often a reply
// grows meanwhile.
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { RoomState, RowKey } from '../../conversation/room-client'

export type AnyRoomState = RoomState<RowKey>

export interface RoomStateSource {
  getState(): AnyRoomState
  subscribe(listener: () => void): () => void
}

/** Null outside of a room. */
export const RoomStateContext = createContext<RoomStateSource | null>(null)

/** `select`: answers the same for the same state. `without`: what there is before scripts run, and where no room is. */
export function useRoomState<T>(select: (state: AnyRoomState) => T, without: T): T {
  const source = useContext(RoomStateContext)
  return useSyncExternalStore(
    source?.subscribe.bind(source) ?? never,
    () => (source ? select(source.getState()) : without),
    () => without,
  )
}

const never = () => () => {}
