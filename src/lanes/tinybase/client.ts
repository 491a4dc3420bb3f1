// A client of the tinybase lane, free of React. The store holds the newest page and is synchronized by hash after every
// connect; the timeline is the fold of what happened since, and what is shown. Nothing here writes to the room's store:
// posts are commands.
import ReconnectingWebSocket from 'partysocket/ws'
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import { PAGE_SIZE, type Snapshot } from '../../conversation/page'
import { recordKey, type RoomRecord } from '../../conversation/record'
import { foldCatchUp, timelineFrom, type Timeline } from '../../conversation/timeline'
import { hearServerTime } from '../../ui/basics/server-clock'
import { socketPath, type ClientOptions } from '../client/client-options'
import { isTick, type TickFrame } from '../growth/delta-frames'
import { RECONNECTION, SocketLink } from '../client/socket-link'
import { TimelineClient } from '../client/timeline-client'
import { CacheWriter } from './cache-writer'
import { reuseUnchanged } from './catch-up'
import { CatchUpRun } from './catch-up-run'
import type { DirectFrame, Question, ServerFrame, TickItem } from './frames'
import { Window } from './window'
import { browserCache, type WindowCache } from './window-cache'

export interface TinybaseClientOptions extends ClientOptions {
  /** Where the window is kept; the browser's own database when left out, null for none. */
  readonly cache?: WindowCache | null
}

/** A browser's database may never answer; the room is not kept waiting for it, ms. */
const CACHE_WITHIN = 1_000

const NOTHING: Timeline = { version: 0, messages: [], hasEarlier: false, records: [], here: [], hereCount: 0 }

export class TinybaseClient extends TimelineClient<TinybaseClientOptions> {
  private readonly window = new Window()
  private readonly link: SocketLink
  private readonly catchUp: CatchUpRun
  private readonly cache: CacheWriter
  private cached: Promise<void> = Promise.resolve()
  private greeted = false

  constructor(options: TinybaseClientOptions, initial: Snapshot | null) {
    super(initial ? timelineFrom(initial) : NOTHING, options)
    const { roomId, viewerId } = options
    this.cache = new CacheWriter(options.cache === undefined ? browserCache(roomId, viewerId) : options.cache)
    this.catchUp = new CatchUpRun(this.window, {
      ask: (question) => this.ask(question),
      known: () => this.timeline,
      forgetKnown: () => (this.timeline = NOTHING),
      resumed: (timeline, grown, since) => this.resumed(timeline, grown, since),
      failed: () => this.link.reconnect(),
    })
    this.link = new SocketLink(() => this.makeSocket(), {
      httpUrl: `${options.origin}/${socketPath(roomId, 'tinybase')}`,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      show: (connection) => {
        if (connection !== 'connected') this.catchUp.stop()
        this.state.set({ connection })
      },
      opened: () => this.outbox.sendPending(),
      received: (data) => typeof data === 'string' && this.receive(JSON.parse(data) as ServerFrame),
      ended: (refusal) => {
        // Whoever is shut out of a room keeps nothing of it.
        this.cache.forget()
        this.end(refusal)
      },
    })
  }

  protected connect(): void {
    this.window.put(this.timeline.messages.slice(-PAGE_SIZE), this.timeline.records)
    this.cached = this.showCached()
    this.link.start()
  }

  protected disconnect(): void {
    this.catchUp.stop()
    this.link.close()
    this.cache.flush()
    this.earlier.end()
  }

  protected ask(request: Command | Question): boolean {
    return this.link.send(JSON.stringify(request))
  }

  private makeSocket(): ReconnectingWebSocket {
    const { origin, roomId, WebSocket } = this.options
    const address = `${origin.replace(/^http/, 'ws')}/${socketPath(roomId, 'tinybase')}`
    // What the device holds is in the store before the room says its hash, so that only the difference is sent.
    const url = async (): Promise<string> => {
      if (this.timeline.version === 0) await Promise.race([this.cached, after(CACHE_WITHIN)])
      return this.timeline.version === 0 ? address : `${address}?since=${this.timeline.version}`
    }
    return new ReconnectingWebSocket(url, null, { ...RECONNECTION, ...(WebSocket ? { WebSocket } : {}) })
  }

  /** Shows what this device last saw of the room, unless the page is newer. */
  private async showCached(): Promise<void> {
    const cached = await this.cache.read()
    if (!cached || this.greeted || this.state.get().ended || cached.version <= this.timeline.version) return
    const { here, hereCount } = this.timeline
    const messages = reuseUnchanged(cached.messages, this.timeline.messages)
    this.window.adopt(messages, cached.records)
    this.show(foldCatchUp(this.timeline, { kind: 'snapshot', snapshot: { ...cached, messages, here, hereCount, now: 0 } }))
  }

  private receive(frame: ServerFrame): void {
    if (!isTick(frame)) return this.receiveDirect(frame)
    if (!this.catchUp.holds(frame)) this.receiveTick(frame)
  }

  private receiveDirect(frame: DirectFrame): void {
    switch (frame.type) {
      case 'hello':
        this.greeted = true
        hearServerTime(frame.now)
        this.streams.adopt(frame.streams)
        return void this.catchUp.start(frame)
      case 'synced':
        return this.catchUp.synced(frame.id, frame.body)
      case 'grown':
        return this.catchUp.grown(frame.events)
      default:
        return this.receiveAnswer(frame)
    }
  }

  /**
   * The store equals the room's, and the words of open replies are here. A post that was acknowledged meanwhile may not be: what the
   * store holds is a tick old, and its row comes with the next one.
   */
  private resumed(timeline: Timeline, grown: readonly RoomEvent[], since: readonly TickFrame<TickItem>[]): void {
    this.show(this.foldAll(timeline, grown) ?? timeline)
    this.earlier.askAgain()
    for (const frame of since) this.receive(frame)
  }

  private receiveTick(frame: TickFrame<TickItem>): void {
    const timeline = this.foldAll(this.timeline, this.decode(frame))
    if (timeline) return this.show(timeline)
    this.catchUp.await()
    this.ask({ type: 'since', version: this.timeline.version })
  }

  /** One at a time: rows are merged into a window that knows all that came before them. */
  private *decode(frame: TickFrame<TickItem>): Generator<RoomEvent | null> {
    for (const item of this.streams.decode(frame)) {
      if (item?.type !== 'rows') yield item
      else for (const message of this.window.merge(item.changes)) yield { type: 'message', message }
    }
  }

  protected override follow(event: RoomEvent, timeline: Timeline): void {
    if (event.type === 'settled' || event.type === 'amended') this.window.put(timeline.messages.filter((message) => message.id === event.id))
    if (event.type === 'cleared') this.window.forget({ message: ({ metadata }) => metadata.version <= event.version })
    if (event.type === 'record') this.keepRecord(event)
    super.follow(event, timeline)
  }

  private keepRecord(changed: RoomRecord): void {
    const key = recordKey(changed)
    if (changed.value === null) this.window.forget({ record: (record) => recordKey(record) === key && record.version < changed.version })
    else this.window.put([], [changed])
  }

  protected override show(timeline: Timeline): void {
    super.show(timeline)
    this.cache.changed(timeline)
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
