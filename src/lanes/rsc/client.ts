// A client of the rsc lane, free of React's renderer: it decodes Flight payloads and folds their events. What a row looks
// like was decided by the server; the words arrive once and are held here.
import ReconnectingWebSocket from 'partysocket/ws'
import type { ReactNode } from 'react'
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import type { Snapshot } from '../../conversation/page'
import type { Result } from '../../conversation/refusal'
import type { RowKey } from '../../conversation/room-client'
import { fold, foldCatchUp, prepend, timelineFrom, withNames, type Timeline } from '../../conversation/timeline'
import { askedBy } from '../message-rows'
import { BaseClient, type Shown } from '../client/base-client'
import { socketPath, type ClientOptions } from '../client/client-options'
import { RECONNECTION, SocketLink } from '../client/socket-link'
import type { FlightDecoder } from './decoder'
import type { BatchPayload, CatchUpPayload, FlightEvent, Growth, MessageFlight, Nodes, Payload, RenderedPage } from './flight'
import { PayloadReader } from './payload-reader'

/** A row of this lane: the message, and how the server rendered it. */
export interface NodeRow extends RowKey {
  readonly message: Message
  readonly node: ReactNode
}

/** The lane's server functions. */
export interface RscServer {
  ask(room: string, command: Command): Promise<Result<{ readonly seq: number } | null>>
  earlier(room: string, before: number): Promise<Result<RenderedPage>>
}

export interface RscClientOptions extends ClientOptions {
  readonly server: RscServer
  readonly decode: FlightDecoder
}

/** How long to wait before a post that could not be sent is sent again, ms. */
const SEND_AGAIN_MS = 2_000

export class RscClient extends BaseClient<NodeRow> {
  private timeline: Timeline
  /** The timeline's messages: every row on the screen asks for its own, whenever anything changes. */
  private byId: ReadonlyMap<MessageId, Message>
  private readonly nodes: Map<string, ReactNode>
  private readonly rowOf = new WeakMap<Message, NodeRow>()
  protected readonly options: RscClientOptions
  private readonly link: SocketLink
  private readonly reader: PayloadReader
  /** Posts go one after the other, so that they arrive in the order they were written. */
  private sending: Promise<void> = Promise.resolve()
  private again: ReturnType<typeof setTimeout> | undefined
  /** What arrived on this socket before its catch-up was read; null once it was. */
  private early: BatchPayload[] | null = []
  /** The version up to which every batch was read. The end of a reply may have overtaken one: it does not count. */
  private version: number

  constructor(options: RscClientOptions, initial: Snapshot, nodes: Nodes) {
    const timeline = timelineFrom(initial)
    const byId = new Map(Object.entries(nodes))
    super(shownOf(timeline, (message) => rowFrom(message, byId, timeline.messages)))
    this.timeline = timeline
    this.byId = mapById(timeline)
    this.version = initial.version
    this.nodes = byId
    this.options = options
    this.reader = new PayloadReader(
      options.decode,
      (payload) => this.receive(payload),
      () => this.link.reconnect(),
    )
    this.link = new SocketLink(() => this.connect(), {
      httpUrl: `${options.origin}/${socketPath(options.roomId, 'rsc')}`,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      show: (connection) => {
        if (connection !== 'connected') {
          this.reader.reset()
          this.early = []
        }
        this.state.set({ connection })
      },
      opened: () => this.outbox.sendPending(),
      received: (data) => data instanceof ArrayBuffer && this.reader.read(data),
      ended: (refusal) => this.state.set({ ended: true, refusal }),
    })
  }

  start(): void {
    this.state.set({ ended: false })
    this.link.start()
  }

  private connect(): ReconnectingWebSocket {
    const { origin, roomId, WebSocket } = this.options
    const url = `${origin.replace(/^http/, 'ws')}/${socketPath(roomId, 'rsc')}`
    return new ReconnectingWebSocket(() => `${url}?since=${this.since()}`, [], { ...RECONNECTION, ...(WebSocket ? { WebSocket } : {}) })
  }

  /** Later batches may have overtaken the end of a reply that is still open here: so it is asked for again. */
  private since(): number {
    return this.timeline.messages.reduce((since, { metadata }) => (metadata.status === 'streaming' ? Math.min(since, metadata.version) : since), this.version)
  }

  /** A message as this client holds it, for the leaves that draw it. */
  messageOf = (id: MessageId): Message | null => this.byId.get(id) ?? null

  async loadEarlier(): Promise<void> {
    const before = this.timeline.messages[0]?.metadata.seq
    if (before === undefined || !this.timeline.hasEarlier || this.state.get().loadingEarlier) return
    this.state.set({ loadingEarlier: true })
    try {
      const earlier = await this.options.server.earlier(this.options.roomId, before)
      if (earlier.ok) {
        this.keep(earlier.value.nodes)
        this.show(prepend(this.timeline, earlier.value.page))
      } else this.state.set({ refusal: earlier.refusal })
    } catch {
      this.state.set({ refusal: { code: 'unavailable', message: 'Earlier messages could not be loaded. Try again.' } })
    } finally {
      this.state.set({ loadingEarlier: false })
    }
  }

  close(): void {
    clearTimeout(this.again)
    this.link.close()
    this.reader.reset()
    this.early = []
    this.state.stop()
  }

  protected send(command: Command): void {
    this.sending = this.sending.then(() => this.sendNow(command))
  }

  private async sendNow(command: Command): Promise<void> {
    const id = command.type === 'post' ? command.id : undefined
    try {
      const done = await this.options.server.ask(this.options.roomId, command)
      if (!done.ok) this.outbox.refuse(id, done.refusal)
      else if (id !== undefined && done.value) this.outbox.acknowledge(id, done.value.seq)
    } catch {
      clearTimeout(this.again)
      if (id !== undefined) this.again = setTimeout(() => this.outbox.sendPending(), SEND_AGAIN_MS)
    }
  }

  protected name(people: readonly Member[]): void {
    this.show(withNames(this.timeline, people))
  }

  private receive(payload: Payload): void {
    if ('catchUp' in payload) this.receiveCatchUp(payload)
    else if (this.early) this.early.push(payload)
    else this.receiveBatch(payload)
  }

  /** Payloads in flight may overtake the catch-up, which they build upon. */
  private receiveCatchUp({ nodes, catchUp }: CatchUpPayload): void {
    this.keep(nodes)
    this.show(foldCatchUp(this.timeline, catchUp))
    this.version = catchUp.kind === 'rows' ? catchUp.version : catchUp.snapshot.version
    this.outbox.settle(true)
    const early = this.early ?? []
    this.early = null
    for (const payload of early) this.receiveBatch(payload)
  }

  private receiveBatch({ events }: BatchPayload): void {
    for (const event of events) {
      const read = event.type === 'message' ? this.receiveMessage(event) : this.apply(event)
      if (!read) return
      this.version = Math.max(this.version, versionOf(event))
      if (event.type === 'typing') this.state.showTyping(event.member)
      if (event.type === 'cleared') this.outbox.settle(true)
    }
  }

  private receiveMessage({ message, node, growth }: MessageFlight): boolean {
    const held = this.messageOf(message.id)
    // A payload in flight may begin before the catch-up, which told all there is: what it left out was cleared away.
    if (!held && message.metadata.version <= this.version) return true
    if (!held || held.metadata.version < message.metadata.version) this.nodes.set(message.id, node)
    this.state.hideTyping(message.metadata.author.id)
    const read = this.apply({ type: 'message', message })
    if (read && growth) void this.follow(message, growth)
    return read
  }

  /** Folds a reply's growth as it comes. The iterable fails when the socket closes: the reconnect brings the rest. */
  private async follow({ id, metadata: { version } }: Message, growth: AsyncIterable<Growth>): Promise<void> {
    try {
      for await (const more of growth) {
        const held = this.messageOf(id)
        if (held && held.metadata.version > version) return
        this.apply(this.eventOf(id, more))
      }
    } catch (cause) {
      if (this.state.get().connection === 'connected') console.warn('a reply broke off', cause)
    }
  }

  private eventOf(id: MessageId, more: Growth): RoomEvent {
    if ('settled' in more) {
      if (more.node !== undefined) this.nodes.set(id, more.node)
      return more.settled
    }
    if (more.length === 3) return { type: 'delta', id, index: more[0], offset: more[1], text: more[2] }
    return { type: 'part', id, index: more[0], part: more[1] }
  }

  /** False when something was missed: then the client comes back, and its catch-up brings this too. */
  private apply(event: RoomEvent): boolean {
    const folded = fold(this.timeline, event)
    if (folded.gap) this.link.reconnect()
    else this.show(folded.timeline)
    return !folded.gap
  }

  private keep(nodes: Nodes): void {
    for (const [id, node] of Object.entries(nodes)) this.nodes.set(id, node)
  }

  private show(timeline: Timeline): void {
    if (timeline === this.timeline) return
    this.timeline = timeline
    this.byId = mapById(timeline)
    this.state.set(shownOf(timeline, (message) => this.row(message)))
    this.outbox.settle(false)
  }

  private row(message: Message): NodeRow {
    const known = this.rowOf.get(message)
    if (known && known.node === this.nodes.get(message.id)) return known
    const row = rowFrom(message, this.nodes, this.timeline.messages)
    this.rowOf.set(message, row)
    return row
  }
}

function mapById({ messages }: Timeline): ReadonlyMap<MessageId, Message> {
  return new Map(messages.map((message) => [message.id, message]))
}

function versionOf(event: FlightEvent): number {
  if (event.type === 'message') return event.message.metadata.version
  return event.type === 'cleared' ? event.version : 0
}

function rowFrom(message: Message, nodes: ReadonlyMap<string, ReactNode>, all: readonly Message[]): NodeRow {
  const { seq, status } = message.metadata
  return { id: message.id, seq, status, message, node: nodes.get(message.id), ...askedBy(message, all) }
}

function shownOf({ messages, hasEarlier, here, hereCount }: Timeline, row: (message: Message) => NodeRow): Shown<NodeRow> {
  return { rows: messages.map(row), hasEarlier, here, hereCount }
}
