// What pages are made of, read for one person at a time and counted by its length. Invariant: whoever has a page's edition
// already makes a page as long as it is, and pays for it like whoever was sent its words.
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import { type Message, textOf } from '../../conversation/message'
import { lengthOfPage, type Page, type Snapshot } from '../../conversation/page'
import { lengthOfRecords, type RoomRecord } from '../../conversation/record'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { RoomLimits } from '../limits/room-limits'
import { Edition } from './edition'

export interface PacedReadingPort {
  readonly limits: RoomLimits
  version(): number
  snapshot(): Snapshot
  /** The page before a seq. */
  page(before: number): Page
  /** As it stands at this moment. */
  message(id: MessageId): Message | null
  /** Of this kind; of all for null. */
  records(kind: string | null): readonly RoomRecord[]
  /** Server time, ms since 1970. */
  now(): number
}

export class PacedReading {
  private readonly edition = new Edition()
  /** How long the edition is that a page was last told of. */
  private told: { readonly edition: string; readonly length: number } = { edition: '', length: 0 }
  private readonly port: PacedReadingPort

  constructor(port: PacedReadingPort) {
    this.port = port
  }

  /** What happened in a tick. */
  heard(events: readonly RoomEvent[]): void {
    this.edition.heard(events)
  }

  /** The newest page; its snapshot is null for whoever knows this edition. Refuses: too_fast. */
  newest(person: MemberId, known: string | null): Result<{ readonly edition: string; readonly snapshot: Snapshot | null }> {
    return this.paced(person, () => {
      const edition = this.edition.name(this.port.version())
      const snapshot = edition === known ? null : this.port.snapshot()
      if (snapshot) this.told = { edition, length: lengthOfPage(snapshot) + lengthOfRecords(snapshot.records) }
      return { found: { edition, snapshot }, length: this.told.edition === edition ? this.told.length : 0 }
    })
  }

  /** The page before a seq. Refuses: too_fast. */
  before(person: MemberId, seq: number): Result<Page> {
    return this.paced(person, () => {
      const found = this.port.page(seq)
      return { found, length: lengthOfPage(found) }
    })
  }

  /** Records of a kind; of all for null. Refuses: too_fast. */
  records(person: MemberId, kind: string | null): Result<readonly RoomRecord[]> {
    return this.paced(person, () => {
      const found = this.port.records(kind)
      return { found, length: lengthOfRecords(found) }
    })
  }

  /** One message as it stands. Refuses: no_such_message, too_fast. */
  message(person: MemberId, id: MessageId): Result<Message> {
    const read = this.paced(person, () => {
      const found = this.port.message(id)
      return { found, length: found ? textOf(found).length : 0 }
    })
    if (!read.ok) return read
    return read.value ? accept(read.value) : refuse('no_such_message', 'That message is not here any more.')
  }

  private paced<T>(person: MemberId, read: () => { readonly found: T; readonly length: number }): Result<T> {
    const asker = { person, address: null }
    const tooMuch = this.port.limits.refuseReading(asker, this.port.now())
    if (tooMuch) return { ok: false, refusal: tooMuch }
    const { found, length } = read()
    this.port.limits.hasRead(asker, length, this.port.now())
    return accept(found)
  }
}
