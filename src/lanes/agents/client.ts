// A client of the agents lane, free of React: the Agents SDK's own client, and the timeline folded from its frames.
import { AgentClient } from 'agents/client'
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import type { Page, Snapshot } from '../../conversation/page'
import { fold, foldCatchUp, prepend, timelineFrom, type Timeline } from '../../conversation/timeline'
import { BaseClient } from '../base-client'
import { socketPath, type ClientOptions } from '../client-options'
import { EarlierQuestion } from '../earlier-question'
import { shownOf, type MessageRow } from '../message-rows'
import { RECONNECTION, SocketLink } from '../socket-link'
import { isDelta, tickItems, type Question, type ServerFrame, type StreamName, type TickFrame, type TickItem } from './frames'

export class AgentsClient extends BaseClient<MessageRow> {
  private timeline: Timeline
  private readonly streams = new Map<number, StreamName>()
  private readonly options: ClientOptions
  private readonly link: SocketLink
  private readonly earlier = new EarlierQuestion(
    (before) => this.ask({ type: 'before', seq: before }),
    (loadingEarlier) => this.state.set({ loadingEarlier }),
  )

  constructor(options: ClientOptions, initial: Snapshot) {
    const timeline = timelineFrom(initial)
    super(shownOf(timeline))
    this.timeline = timeline
    this.options = options
    this.link = new SocketLink(() => this.connect(), {
      httpUrl: `${options.origin}/${socketPath(options.roomId, 'agents')}`,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      show: (connection) => this.state.set({ connection }),
      opened: () => this.outbox.sendPending(),
      received: (data) => typeof data === 'string' && this.receive(JSON.parse(data) as ServerFrame),
      ended: (refusal) => this.state.set({ ended: true, refusal }),
    })
  }

  start(): void {
    this.state.set({ ended: false })
    this.link.start()
  }

  private connect(): AgentClient {
    const { origin, roomId, WebSocket } = this.options
    const { host, protocol } = new URL(origin)
    return new AgentClient({
      agent: 'room',
      name: roomId,
      host,
      protocol: protocol === 'https:' ? 'wss' : 'ws',
      basePath: socketPath(roomId, 'agents'),
      query: () => ({ since: String(this.timeline.version) }),
      ...RECONNECTION,
      ...(WebSocket ? { WebSocket } : {}),
    })
  }

  protected send(command: Command): void {
    this.ask(command)
  }

  loadEarlier(): Promise<void> {
    return this.earlier.ask(this.timeline)
  }

  close(): void {
    this.link.close()
    this.state.stop()
    this.earlier.end()
  }

  private ask(request: Command | Question): void {
    this.link.send(JSON.stringify(request))
  }

  private receive(frame: ServerFrame): void {
    if (isTick(frame)) return this.receiveTick(tickItems(frame))
    switch (frame.type) {
      case 'catch-up':
        this.streams.clear()
        for (const name of frame.streams) this.streams.set(name[0], name)
        this.show(foldCatchUp(this.timeline, frame.catchUp))
        this.outbox.settle(true)
        this.earlier.askAgain()
        return
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

  private receiveTick(items: readonly TickItem[]): void {
    let timeline = this.timeline
    for (const item of items) {
      const event = this.decode(item)
      const folded = event ? fold(timeline, event) : { timeline, gap: true }
      if (folded.gap) return this.ask({ type: 'since', version: this.timeline.version })
      timeline = folded.timeline
      if (event?.type === 'typing') this.state.showTyping(event.member)
      if (event?.type === 'message') this.state.hideTyping(event.message.metadata.author.id)
      if (event?.type === 'cleared') this.outbox.settle(true)
    }
    this.show(timeline)
  }

  /** Null for a stream that was never named to us. */
  private decode(item: TickItem): RoomEvent | null {
    if (!isDelta(item)) return item
    const [stream, offset, text, id, index] = item
    if (id !== undefined && index !== undefined) this.streams.set(stream, [stream, id, index])
    const name = this.streams.get(stream)
    return name ? { type: 'delta', id: name[1], index: name[2], offset, text } : null
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
  }
}

function isTick(frame: ServerFrame): frame is TickFrame {
  return Array.isArray(frame)
}
