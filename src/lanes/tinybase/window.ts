// The newest page as a mergeable store: a ring of rows, each overwritten by the message a page later. The room and every
// client keep one; equal hashes mean that both show the same. Nothing is ever deleted from it cell by cell: tombstones
// would outgrow the messages, so what must go leaves by building the store anew.
import { createMergeableStore, type MergeableChanges, type MergeableStore } from 'tinybase/mergeable-store'
import type { Message } from '../../conversation/message'
import { changesFor, MESSAGES, messageFrom, slotOf, type MessageCells } from './row'

export class Window {
  readonly store: MergeableStore = createMergeableStore('room')

  /** Puts in what is newer than its slot. */
  put(messages: readonly Message[]): void {
    const newer = messages.filter((message) => this.isNewer(message))
    if (newer.length > 0) this.store.applyMergeableChanges(changesFor(newer))
  }

  /** Merges another store's changes in; answers the messages they touch, oldest first. */
  merge(changes: MergeableChanges): readonly Message[] {
    this.store.applyMergeableChanges(changes)
    return this.read(Object.keys(changes[0][0][MESSAGES]?.[0] ?? {}))
  }

  /** Holds this page and no others. Only what was cleared away is still there after the newer rows are in. */
  adopt(page: readonly Message[]): void {
    this.put(page)
    this.forgetBefore(page[0]?.metadata.seq ?? null)
  }

  /** Null for an empty room: then everything is gone. */
  forgetBefore(first: number | null): void {
    this.forget(({ metadata }) => first === null || metadata.seq < first)
  }

  forget(isGone: (message: Message) => boolean): void {
    const held = this.messages()
    const kept = held.filter((message) => !isGone(message))
    if (kept.length === held.length) return
    this.store.setMergeableContent([
      [{}, '', 0],
      [{}, '', 0],
    ])
    this.put(kept)
  }

  /** Oldest first; open replies without what they have said. */
  messages(): readonly Message[] {
    return this.read(this.store.getRowIds(MESSAGES))
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

  private isNewer({ metadata: { seq, version } }: Message): boolean {
    const slot = slotOf(seq)
    const heldSeq = Number(this.store.getCell(MESSAGES, slot, 'seq') ?? 0)
    const heldVersion = Number(this.store.getCell(MESSAGES, slot, 'version') ?? 0)
    return seq > heldSeq || (seq === heldSeq && version > heldVersion)
  }
}
