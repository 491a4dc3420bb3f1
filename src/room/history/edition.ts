// Which state of the room's messages a page shows: the version, and, because growth takes none, the ticks in which a reply
// grew. Within a tick a page may be behind by the words of that tick, which its socket then brings.
import type { RoomEvent } from '../../conversation/event'

export class Edition {
  /** Ticks in which anything grew, since the room woke. Before that the same count may have meant other words. */
  private grown = 0
  private readonly awake = crypto.randomUUID().slice(0, 8)

  heard(events: readonly RoomEvent[]): void {
    if (events.some(({ type }) => type === 'delta' || type === 'part')) this.grown += 1
  }

  name(version: number): string {
    return `${this.awake}.${version}.${this.grown}`
  }
}
