// What happened, waiting for the next tick. The first event of a quiet room leaves at once; after that one batch per
// tick for all lanes and all agents together. No timer runs while nothing happens, so that the room can hibernate.
import type { Delta, RoomEvent } from '../../conversation/event'

/** A socket send costs 15 to 19 microseconds of CPU: four connections per millisecond of tick keeps sending under a tenth of it. */
const CONNECTIONS_PER_MS = 4
const MIN_TICK_MS = 16
const MAX_TICK_MS = 100

/** How long a batch gathers, ms. */
export function tickMs(connections: number): number {
  return Math.min(MAX_TICK_MS, Math.max(MIN_TICK_MS, connections / CONNECTIONS_PER_MS))
}

export class Outbox {
  private events: RoomEvent[] = []
  /** Where the growing delta of a part stands in `events`, by message and part. */
  private growing = new Map<string, number>()
  private scheduled = false
  private cooling = false

  private readonly connections: () => number
  private readonly send: (events: readonly RoomEvent[]) => void

  constructor(connections: () => number, send: (events: readonly RoomEvent[]) => void) {
    this.connections = connections
    this.send = send
  }

  add(event: RoomEvent): void {
    if (event.type === 'delta') this.addDelta(event)
    else this.addOther(event)
    if (this.scheduled || this.cooling) return
    this.scheduled = true
    queueMicrotask(() => {
      this.scheduled = false
      this.flush()
    })
  }

  private addDelta(delta: Delta): void {
    const key = `${delta.id} ${delta.index}`
    const at = this.growing.get(key)
    const last = at === undefined ? undefined : this.events[at]
    if (at !== undefined && last?.type === 'delta') this.events[at] = { ...last, text: last.text + delta.text }
    else this.growing.set(key, this.events.push(delta) - 1)
  }

  /** Anything but growth ends the merging, so that order within a message is kept. */
  private addOther(event: RoomEvent): void {
    this.growing.clear()
    if (event.type === 'message' || event.type === 'cleared') this.events = this.events.filter((earlier) => !replaces(event, earlier))
    this.events.push(event)
  }

  private flush(): void {
    const events = this.events
    if (events.length === 0) return
    this.events = []
    this.growing.clear()
    this.cooling = true
    setTimeout(() => {
      this.cooling = false
      this.flush()
    }, tickMs(this.connections()))
    this.send(events)
  }
}

/** Whoever joins within a tick holds its outcome already: what a retry or a clear made void would only mislead them. */
function replaces(event: Extract<RoomEvent, { type: 'message' | 'cleared' }>, earlier: RoomEvent): boolean {
  if (event.type === 'cleared') return earlier.type === 'message' || isOfReply(earlier)
  return isOfReply(earlier) && earlier.id === event.message.id
}

function isOfReply(event: RoomEvent): event is Extract<RoomEvent, { type: 'part' | 'delta' | 'settled' }> {
  return event.type === 'part' || event.type === 'delta' || event.type === 'settled'
}
