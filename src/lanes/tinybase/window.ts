// The newest page, and the room's records, as a mergeable store. The page is a ring of rows, each overwritten by the message a
// page later. The room and every client keep one; equal hashes mean that both show the same. Nothing is ever deleted from it
// cell by cell: tombstones would outgrow the messages, so what must go leaves by building the store anew.
import { createMergeableStore, type MergeableChanges, type MergeableStore } from 'tinybase/mergeable-store'
import { amendedVersion } from '../../conversation/amendment'
import type { Message } from '../../conversation/message'
import { recordKey, type RoomRecord } from '../../conversation/record'
import { RECORDS, recordFrom, type RecordCells } from './record-row'
import { changesFor, MESSAGES, messageFrom, slotOf, type MessageCells } from './row'

/** What must go. */
interface Gone {
  readonly message?: (message: Message) => boolean
  readonly record?: (record: RoomRecord) => boolean
}

export class Window {
  readonly store: MergeableStore = createMergeableStore('room')

  /** Puts in what is newer than its slot, or its row. */
  put(messages: readonly Message[], records: readonly RoomRecord[] = []): void {
    const newer = messages.filter((message) => this.isNewer(message))
    const changed = records.filter((record) => record.value !== null && record.version > this.versionOf(record))
    if (newer.length > 0 || changed.length > 0) this.store.applyMergeableChanges(changesFor(newer, changed))
  }

  /** Merges another store's changes in; answers the messages they touch, oldest first. */
  merge(changes: MergeableChanges): readonly Message[] {
    this.store.applyMergeableChanges(changes)
    return this.read(Object.keys(changes[0][0][MESSAGES]?.[0] ?? {}))
  }

  /** Holds this page, these records, and no others. Only what was cleared away or deleted is still there after the newer rows are in. */
  adopt(page: readonly Message[], records: readonly RoomRecord[]): void {
    this.put(page, records)
    const keys = new Set(records.map(recordKey))
    this.forget({ message: before(page[0]?.metadata.seq ?? null), record: (record) => !keys.has(recordKey(record)) })
  }

  forget({ message: isGone = () => false, record: isDeleted = () => false }: Gone): void {
    const held = { messages: this.messages(), records: this.records() }
    const messages = held.messages.filter((message) => !isGone(message))
    const records = held.records.filter((record) => !isDeleted(record))
    if (messages.length === held.messages.length && records.length === held.records.length) return
    this.store.setMergeableContent([
      [{}, '', 0],
      [{}, '', 0],
    ])
    this.put(messages, records)
  }

  /** Oldest first; open replies without what they have said. */
  messages(): readonly Message[] {
    return this.read(this.store.getRowIds(MESSAGES))
  }

  records(): readonly RoomRecord[] {
    // Only rows that `recordChanges` made ever come into the store.
    return this.store.getRowIds(RECORDS).map((key) => recordFrom(key, this.store.getRow(RECORDS, key) as unknown as RecordCells))
  }

  hash(): number {
    return this.store.getMergeableContentHashes()[0]
  }

  private read(slots: readonly string[]): readonly Message[] {
    return (
      slots
        .filter((slot) => this.store.hasRow(MESSAGES, slot))
        // Only rows that `changesFor` made, here or in the room, ever come into the store.
        .map((slot) => messageFrom(this.store.getRow(MESSAGES, slot) as unknown as MessageCells))
        .sort((a, b) => a.metadata.seq - b.metadata.seq)
    )
  }

  private isNewer({ metadata }: Message): boolean {
    const slot = slotOf(metadata.seq)
    const [held] = this.read([slot])
    if (held?.metadata.seq !== metadata.seq) return metadata.seq > (held?.metadata.seq ?? 0)
    return metadata.version > held.metadata.version || amendedVersion(metadata) > amendedVersion(held.metadata)
  }

  private versionOf(record: RoomRecord): number {
    return Number(this.store.getCell(RECORDS, recordKey(record), 'version') ?? 0)
  }
}

/** Whether a message is from before this seq. Null for an empty room: then everything is. */
export function before(first: number | null): (message: Message) => boolean {
  return ({ metadata }) => first === null || metadata.seq < first
}
