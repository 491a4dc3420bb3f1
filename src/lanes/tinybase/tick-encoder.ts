// One tick's events as one frame. New rows of the window travel as changes of the store; a reply that settles does not:
// every client has its words already and writes the row, stamps and all, by itself.
import type { RoomEvent } from '../../conversation/event'
import type { Message } from '../../conversation/message'
import { PAGE_SIZE } from '../../conversation/page'
import type { DeltaTuple } from '../growth/delta-frames'
import { DeltaEncoder } from '../growth/delta-streams'
import type { TickItem } from './frames'
import { changesFor, slotOf } from './row'

export class TickEncoder {
  readonly streams = new DeltaEncoder()
  private newest: number | null = null

  private readonly findNewest: () => number

  /** `findNewest` answers the seq of the room's newest message; it is asked once, when a room wakes with sockets joined. */
  constructor(findNewest: () => number) {
    this.findNewest = findNewest
  }

  encode(events: readonly RoomEvent[]): readonly (DeltaTuple | TickItem)[] {
    const items: (DeltaTuple | TickItem)[] = []
    let rows: Message[] = []
    const endRows = (): void => {
      if (rows.length > 0) items.push({ type: 'rows', changes: changesFor(rows) })
      rows = []
    }
    for (const event of events) {
      const item = this.streams.encode(event)
      if (event.type !== 'message' || !this.isInWindow(event.message.metadata.seq)) {
        endRows()
        items.push(item)
        continue
      }
      // Two messages of one slot cannot travel in one change: versions of one, or a page apart in a busy tick.
      const slot = slotOf(event.message.metadata.seq)
      if (rows.some(({ metadata }) => slotOf(metadata.seq) === slot)) endRows()
      rows.push(event.message)
      if (event.message.metadata.status !== 'streaming' || event.message.parts.length === 0) continue
      endRows()
      items.push(...saidAlready(event.message))
    }
    endRows()
    return items
  }

  private isInWindow(seq: number): boolean {
    this.newest = Math.max(this.newest ?? this.findNewest(), seq)
    return seq > this.newest - PAGE_SIZE
  }
}

/** A reply continued after a restart begins with what was saved of it. */
function saidAlready({ id, parts }: Message): readonly TickItem[] {
  return parts.map((part, index) => ({ type: 'part', id, index, part }))
}
