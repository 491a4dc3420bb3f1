// A client of the tinybase lane, free of React. The store holds the newest page and is synchronized by hash after every
// connect; the timeline is the fold of what happened since, and what is shown. Nothing here writes to the room's store:
// posts are commands.
import ReconnectingWebSocket from 'partysocket/ws'
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import { PAGE_SIZE, type Page, type Snapshot } from '../../conversation/page'
import { fold, foldCatchUp, prepend, timelineFrom, type Timeline } from '../../conversation/timeline'
import { BaseClient } from '../base-client'
import { socketPath, type ClientOptions } from '../client-options'
import { EarlierQuestion } from '../earlier-question'
import { shownOf, type MessageRow } from '../message-rows'
import { RECONNECTION, SocketLink } from '../socket-link'
import { CacheWriter } from './cache-writer'
import { keepKnown } from './catch-up'
import { Catching } from './catching'
import { isDelta, tickOf, type DirectFrame, type Question, type SentTick, type ServerFrame, type StreamName, type TickFrame, type TickItem } from './frames'
import { browserEvents, browserStorage, StoredOutbox, type OutboxStorage, type StoredOutboxOptions } from './stored-outbox'
import { Window } from './window'
import { browserCache, type WindowCache } from './window-cache'

export interface TinybaseClientOptions extends ClientOptions {
  /** Where posts wait; the browser's own storage when left out, null for none. */
  readonly outboxStorage?: OutboxStorage | null
  /** Where `storage` events arrive; the browser's window when left out. */
  readonly storageEvents?: StoredOutboxOptions['events']
  /** Where the window is kept; the browser's own database when left out, null for none. */
  readonly cache?: WindowCache | null
}

const NOTHING: Timeline = { version: 0, messages: [], hasEarlier: false, here: [], hereCount: 0 }

export class TinybaseClient extends BaseClient<MessageRow> {
  private timeline: Timeline
  private readonly streams = new Map<number, StreamName>()
  private readonly window = new Window()
  private readonly options: TinybaseClientOptions
  private readonly link: SocketLink
  private readonly catching: Catching
  private readonly stored: StoredOutbox<MessageRow>
  private readonly cache: CacheWriter
  private cached: Promise<void> = Promise.resolve()
  private greeted = false
  private readonly earlier = new EarlierQuestion(
    (before) => this.ask({ type: 'before', seq: before }),
    (loadingEarlier) => this.state.set({ loadingEarlier }),
  )

  constructor(options: TinybaseClientOptions, initial: Snapshot | null) {
    const timeline = initial ? timelineFrom(initial) : NOTHING
    super(shownOf(timeline))
    this.timeline = timeline
    this.options = options
    const { roomId, viewerId } = options
    const storage = options.outboxStorage === undefined ? browserStorage() : options.outboxStorage
    const events = options.storageEvents === undefined ? browserEvents() : options.storageEvents
    this.stored = new StoredOutbox({ storage, roomId, viewerId, events }, this.state, () => this.outbox.sendPending())
    this.cache = new CacheWriter(options.cache === undefined ? browserCache(roomId, viewerId) : options.cache)
    this.catching = new Catching(this.window, {
      ask: (question) => this.ask(question),
      known: () => this.timeline,
      forgetKnown: () => (this.timeline = NOTHING),
      resumed: (timeline, grown, since) => this.resumed(timeline, grown, since),
      failed: () => this.link.reconnect(),
    })
    this.link = new SocketLink(() => this.connect(), {
      httpUrl: `${options.origin}/${socketPath(roomId, 'tinybase')}`,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      show: (connection) => {
        if (connection !== 'connected') this.catching.stop()
        this.state.set({ connection })
      },
      opened: () => this.outbox.sendPending(),
      received: (data) => typeof data === 'string' && this.receive(JSON.parse(data) as ServerFrame),
      ended: (refusal) => {
        // Whoever is shut out of a room keeps nothing of it.
        this.cache.forget()
        this.state.set({ ended: true, refusal })
      },
    })
  }

  start(): void {
    this.window.put(this.timeline.messages.slice(-PAGE_SIZE))
    this.stored.open()
    this.cached = this.showCached()
    this.link.start()
  }

  close(): void {
    this.catching.stop()
    this.link.close()
    this.stored.close()
    this.cache.flush()
    this.state.stop()
    this.earlier.end()
  }

  loadEarlier(): Promise<void> {
    return this.earlier.ask(this.timeline)
  }

  protected send(command: Command): void {
    this.ask(command)
  }

  private ask(request: Command | Question): boolean {
    return this.link.send(JSON.stringify(request))
  }

  private connect(): ReconnectingWebSocket {
    const { origin, roomId, WebSocket } = this.options
    const address = `${origin.replace(/^http/, 'ws')}/${socketPath(roomId, 'tinybase')}`
    // What the device holds is in the store before the room says its hash, so that only the difference is sent.
    const url = async (): Promise<string> => {
      if (this.timeline.version === 0) await this.cached
      return this.timeline.version === 0 ? address : `${address}?since=${this.timeline.version}`
    }
    return new ReconnectingWebSocket(url, null, { ...RECONNECTION, ...(WebSocket ? { WebSocket } : {}) })
  }

  /** Shows what this device last saw of the room, unless the page is newer. */
  private async showCached(): Promise<void> {
    const cached = await this.cache.read()
    if (!cached || this.greeted || cached.version <= this.timeline.version) return
    const { here, hereCount } = this.timeline
    const messages = keepKnown(cached.messages, this.timeline.messages)
    this.window.adopt(messages)
    this.show(foldCatchUp(this.timeline, { kind: 'snapshot', snapshot: { ...cached, messages, here, hereCount, now: 0 } }))
  }

  private receive(frame: ServerFrame): void {
    if (!isTick(frame)) return this.receiveDirect(frame)
    const tick = tickOf(frame)
    if (!this.catching.holds(tick)) this.receiveTick(tick)
  }

  private receiveDirect(frame: DirectFrame): void {
    switch (frame.type) {
      case 'hello':
        this.greeted = true
        this.streams.clear()
        for (const name of frame.streams) this.streams.set(name[0], name)
        return void this.catching.start(frame)
      case 'synced':
        return this.catching.synced(frame.id, frame.body)
      case 'grown':
        return this.catching.grown(frame.events)
      case 'page':
        return this.receivePage(frame.before, frame.page)
      case 'acknowledged':
        return this.outbox.acknowledge(frame.id, frame.seq)
      case 'refused':
        return this.outbox.refuse(frame.id, frame.refusal)
      default:
        return frame satisfies never
    }
  }

  /** The store equals the room's, and the words of open replies are here. */
  private resumed(timeline: Timeline, grown: readonly RoomEvent[], since: readonly TickFrame[]): void {
    this.show(this.foldTick(timeline, grown) ?? timeline)
    this.outbox.settle(true)
    this.earlier.askAgain()
    for (const frame of since) this.receive(frame)
  }

  private receiveTick(frame: TickFrame): void {
    const timeline = this.foldTick(this.timeline, frame)
    if (timeline) return this.show(timeline)
    this.catching.await()
    this.ask({ type: 'since', version: this.timeline.version })
  }

  /** Null when something was missed. */
  private foldTick(known: Timeline, frame: readonly (TickItem | RoomEvent)[]): Timeline | null {
    let timeline = known
    for (const item of frame) {
      for (const event of this.decode(item)) {
        const folded = event ? fold(timeline, event) : null
        if (!event || !folded || folded.gap) return null
        timeline = folded.timeline
        this.follow(event, timeline)
      }
    }
    return timeline
  }

  /** Null for a stream that was never named to us. */
  private decode(item: TickItem | RoomEvent): readonly (RoomEvent | null)[] {
    if (isDelta(item)) {
      const [stream, offset, text, id, index] = item
      if (id !== undefined && index !== undefined) this.streams.set(stream, [stream, id, index])
      const name = this.streams.get(stream)
      return [name ? { type: 'delta', id: name[1], index: name[2], offset, text } : null]
    }
    if (item.type !== 'rows') return [item]
    return this.window.merge(item.changes).map((message) => ({ type: 'message', message }))
  }

  /** What an event means beyond the timeline. */
  private follow(event: RoomEvent, timeline: Timeline): void {
    if (event.type === 'typing') this.state.showTyping(event.member)
    if (event.type === 'message') this.state.hideTyping(event.message.metadata.author.id)
    if (event.type === 'settled') this.window.put(timeline.messages.filter((message) => message.id === event.id))
    if (event.type === 'cleared') {
      this.window.forget((message) => message.metadata.version <= event.version)
      this.outbox.settle(true)
    }
  }

  private receivePage(before: number, page: Page): void {
    if (!this.earlier.isFor(before)) return
    this.show(prepend(this.timeline, page))
    this.earlier.end()
  }

  private show(timeline: Timeline): void {
    this.timeline = timeline
    this.state.set(shownOf(timeline))
    this.outbox.settle(false)
    this.cache.changed(timeline)
  }
}

function isTick(frame: ServerFrame): frame is SentTick {
  return Array.isArray(frame)
}
