// The records of a room in memory, for tests: what the real ones are in SQLite.
import type { RecordEvent } from './event'
import { recordKey, type RoomRecord } from './record'

export class KeptRecords {
  private kept: readonly RoomRecord[] = []

  /** Null deletes it. */
  set(record: RoomRecord): RecordEvent {
    this.kept = [...this.kept.filter((known) => recordKey(known) !== recordKey(record)), record]
    return { type: 'record', ...record }
  }

  all(): readonly RoomRecord[] {
    return this.kept.filter(({ value }) => value !== null)
  }

  /** Deleted ones too. */
  since(version: number): readonly RoomRecord[] {
    return this.kept.filter((record) => record.version > version)
  }
}
