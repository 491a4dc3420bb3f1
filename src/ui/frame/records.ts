'use client'
// The room's records, for whatever shows one: live, from whichever lane is on the screen.
import { createContext, useContext } from 'react'
import { recordsOf, type RecordKind, type RecordOf, type RoomRecord } from '../../conversation/record'

/** None outside a room. */
export const RecordsContext = createContext<readonly RoomRecord[]>([])

/** Those of a kind, by id. The same list until one of the room's records changes. */
export function useRecords<Kind extends RecordKind>(kind: Kind): readonly RecordOf<Kind>[] {
  return recordsOf(useContext(RecordsContext), kind)
}
