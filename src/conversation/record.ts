// A record: any small thing beside the messages that everybody in a room may see. Invariant: whoever carries records (room,
// lanes, timeline) treats all kinds alike; what a kind means is known here and where it is used, and nowhere between. What
// belongs to one person alone is never a record.
import type { AgentProfile } from './agent-profile'
import type { Approval } from './approval'
import type { Budgets } from './budgets'
import type { Memory } from './memory'
import type { SavedPolicy } from './policy'
import type { Schedule } from './schedule'
import type { ServerProfile } from './server-profile'
import type { Meter } from './usage'

/** What each kind's records hold. A kind gains fields and never loses one: tabs and devices keep what older releases wrote. */
export interface RecordValues {
  /** One, of id `room`. */
  readonly room: RoomValue
  /** An agent of the room; the record's id is the agent's. */
  readonly agent: AgentProfile
  /** A server of tools. */
  readonly server: ServerProfile
  /** One, of id `room`: what its agents may take. */
  readonly budget: Budgets
  /** One, of id `room`: what they took. */
  readonly meter: Meter
  /** A call of a tool that waits for people, or did. */
  readonly approval: Approval
  /** Who lets a tool run, as the owner said; the record's id is its name for models. */
  readonly policy: SavedPolicy
  /** Something that the room remembers. */
  readonly memory: Memory
  /** Something that an agent does later. */
  readonly schedule: Schedule
}

export interface RoomValue {
  readonly name: string
  /** The time zone whose clocks its schedules go by; UTC where its owner has said nothing. */
  readonly zone?: string
}

export type RecordKind = keyof RecordValues

export interface RoomRecord<Kind extends string = string, Value = unknown> {
  readonly kind: Kind
  /** 1 to 64 characters of A-Z a-z 0-9 _ and -; of its kind's own making. */
  readonly id: string
  /** The room's clock when it last changed. */
  readonly version: number
  /** Plain data; null once the record was deleted. */
  readonly value: Value | null
}

/** A record of a known kind that was not deleted. */
export interface RecordOf<Kind extends RecordKind> extends RoomRecord<Kind, RecordValues[Kind]> {
  readonly value: RecordValues[Kind]
}

/** The name of one record among all kinds. */
export function recordKey({ kind, id }: Pick<RoomRecord, 'kind' | 'id'>): string {
  return `${kind}:${id}`
}

/** Those of a kind, by id. The same list for the same records. */
export function recordsOf<Kind extends RecordKind>(records: readonly RoomRecord[], kind: Kind): readonly RecordOf<Kind>[] {
  const byKind = sorted.get(records) ?? new Map<string, readonly RoomRecord[]>()
  sorted.set(records, byKind)
  const found = byKind.get(kind) ?? records.filter((record) => record.kind === kind && record.value !== null).sort((a, b) => (a.id < b.id ? -1 : 1))
  byKind.set(kind, found)
  // What a room holds of a kind was parsed as that kind before it was written.
  return found as unknown as readonly RecordOf<Kind>[]
}

const sorted = new WeakMap<readonly RoomRecord[], Map<string, readonly RoomRecord[]>>()

/** The records after these changes: of two states of one record the newer, and none that was deleted. The same list when nothing changes. */
export function withRecords(known: readonly RoomRecord[], changed: readonly RoomRecord[]): readonly RoomRecord[] {
  const byKey = new Map(known.map((record) => [recordKey(record), record]))
  let isSame = true
  for (const record of changed) {
    const key = recordKey(record)
    const held = byKey.get(key)
    if (held ? held.version >= record.version : record.value === null) continue
    isSame = false
    if (record.value === null) byKey.delete(key)
    else byKey.set(key, record)
  }
  return isSame ? known : [...byKey.values()]
}

/** All that there are now, as the objects they were where they did not change. */
export function replaceRecords(known: readonly RoomRecord[], all: readonly RoomRecord[]): readonly RoomRecord[] {
  const byKey = new Map(known.map((record) => [recordKey(record), record]))
  const kept = all.map((record) => {
    const held = byKey.get(recordKey(record))
    return held?.version === record.version ? held : record
  })
  return kept.length === known.length && kept.every((record, at) => record === known[at]) ? known : kept
}

/** Characters that they take, roughly. */
export function lengthOfRecords(records: readonly RoomRecord[]): number {
  return records.length === 0 ? 0 : JSON.stringify(records).length
}
