// CatchUpRun up after a hello: the store by hash, open replies by length, both at once, while what happens meanwhile waits
// its turn. Ends with the timeline as it was at the hello, and everything that came after it.
import type { RoomEvent } from '../../conversation/event'
import type { Timeline } from '../../conversation/timeline'
import type { TickFrame } from '../growth/delta-frames'
import { recordKey } from '../../conversation/record'
import { caughtUp } from './catch-up'
import type { Hello, Question, TickItem } from './frames'
import { lacking } from './growth'
import { SyncLoader } from './sync-loader'
import { before, type Window } from './window'

export interface CatchUpPort {
  ask(question: Question): boolean
  /** What the client shows. */
  known(): Timeline
  /** The room is not the one that the client knows. */
  forgetKnown(): void
  /** The timeline as of the hello, what open replies have said beyond it, and the ticks since. */
  resumed(timeline: Timeline, grown: readonly RoomEvent[], since: readonly TickFrame<TickItem>[]): void
  failed(): void
}

export class CatchUpRun {
  private readonly window: Window
  private readonly port: CatchUpPort
  private readonly loader: SyncLoader
  /** Ticks since the hello; null when there is nothing to catch up with. */
  private waiting: TickFrame<TickItem>[] | null = null
  private turn = 0
  private takeGrowth: ((events: readonly RoomEvent[]) => void) | null = null
  private startedAnew = false

  constructor(window: Window, port: CatchUpPort) {
    this.window = window
    this.port = port
    this.loader = new SyncLoader(window, (question) => port.ask(question))
  }

  /** Whether a tick has to wait; if so it is kept. */
  holds(frame: TickFrame<TickItem>): boolean {
    this.waiting?.push(frame)
    return this.waiting !== null
  }

  /** A hello was asked for: until it is here, ticks say nothing new. */
  await(): void {
    this.waiting = []
  }

  async start(hello: Hello): Promise<void> {
    this.stop()
    const { turn } = this
    this.waiting = []
    // The room's clock never runs backwards: this is another room, made anew at the same address.
    if (hello.version < this.port.known().version) this.forgetAll()
    const [synced, grown] = await Promise.all([this.sync(hello), this.growth(hello)])
    if (turn !== this.turn) return
    if (!synced) return this.port.failed()
    if (this.window.hash() !== hello.hash && this.waiting.length === 0 && !this.startedAnew) return this.startAnew()
    this.startedAnew = false
    this.finish(caughtUp(this.port.known(), hello, this.window), grown)
  }

  synced(id: string, body: unknown): void {
    this.loader.received(id, body)
  }

  grown(events: readonly RoomEvent[]): void {
    this.takeGrowth?.(events)
    this.takeGrowth = null
  }

  /** Gives up what is under way; the next hello begins again. */
  stop(): void {
    this.turn += 1
    this.waiting = null
    this.grown([])
    this.loader.disconnected()
  }

  private async sync(hello: Hello): Promise<boolean> {
    if (this.window.hash() === hello.hash) return true
    const { first, gone = [] } = hello
    this.window.forget({ message: before(first), record: (record) => gone === null || gone.includes(recordKey(record)) })
    return this.window.hash() === hello.hash || this.loader.load(hello.hash)
  }

  private growth({ open }: Hello): Promise<readonly RoomEvent[]> {
    const held = lacking(open, this.port.known().messages)
    const { promise, resolve } = Promise.withResolvers<readonly RoomEvent[]>()
    if (held.length > 0 && this.port.ask({ type: 'growth', held })) this.takeGrowth = resolve
    else resolve([])
    return promise
  }

  /** Both hold the same stamps and yet differ, as when a room's data was lost and it began again: only forgetting helps. */
  private startAnew(): void {
    this.startedAnew = true
    this.forgetAll()
    this.port.ask({ type: 'since', version: 0 })
  }

  private forgetAll(): void {
    this.window.forget({ message: () => true, record: () => true })
    this.port.forgetKnown()
  }

  private finish(timeline: Timeline, grown: readonly RoomEvent[]): void {
    const since = this.waiting ?? []
    this.waiting = null
    this.port.resumed(timeline, grown, since)
  }
}
