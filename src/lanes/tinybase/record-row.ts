// A record as a row of the store's second table. Like a message's, row and stamps are functions of the record alone. A record
// that was deleted has no row.
import type { MergeableChanges } from 'tinybase/mergeable-store'
import { recordKey, type RoomRecord } from '../../conversation/record'
import { stamped, type StampedCells } from './stamp'

export const RECORDS = 'records'

export interface RecordCells {
  readonly version: number
  /** JSON. */
  readonly value: string
}

/** The table's part of the changes that put these records into a store; nothing for none. */
export function recordChanges(records: readonly RoomRecord[]): MergeableChanges[0][0] {
  const rows = records.map((record) => [recordKey(record), [stampedCells(record)] as [StampedCells]] as const)
  return rows.length === 0 ? {} : { [RECORDS]: [Object.fromEntries(rows)] }
}

/** The record of a row that `recordChanges` made. */
export function recordFrom(key: string, { version, value }: RecordCells): RoomRecord {
  const [kind = '', id = ''] = key.split(':')
  return { kind, id, version, value: JSON.parse(value) as unknown }
}

function stampedCells({ version, value }: RoomRecord): StampedCells {
  return stamped({ version, value: JSON.stringify(value) } satisfies RecordCells, version)
}
