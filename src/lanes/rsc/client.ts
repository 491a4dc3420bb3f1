// A client of the rsc lane, free of React's renderer: it decodes Flight payloads and folds their events. What a row looks
// like was decided by the server; the words arrive once and are held here.
import ReconnectingWebSocket from 'partysocket/ws'
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import type { Snapshot } from '../../conversation/page'
import type { Result } from '../../conversation/refusal'
import { BaseClient } from '../client/base-client'
import { socketPath, type ClientOptions } from '../client/client-options'
import { RECONNECTION, SocketLink } from '../client/socket-link'
import { CommandCalls } from './command-calls'
import type { FlightDecoder } from './decoder'
import type { BatchPayload, CatchUpPayload, FlightEvent, Growth, MessageFlight, Nodes, Payload, RenderedPage } from './flight'
import { HeldRoom, type NodeRow } from './held-room'
import { PayloadReader } from './payload-reader'

/** The lane's server functions. */
export interface RscServer {
  ask(room: string, command: Command): Promise<Result<{ readonly seq: number } | null>>
  earlier(room: string, before: number): Promise<Result<RenderedPage>>
}

export interface RscClientOptions extends ClientOptions {
  readonly server: RscServer
  readonly decode: FlightDecoder
}

export class RscClient extends BaseClient<NodeRow, RscClientOptions> {
  private readonly held: HeldRoom
  /** What of it is on the screen. */
  private shownChanges = 0
  private readonly link: SocketLink
  private readonly reader: PayloadReader
  private readonly calls: CommandCalls
  /** What arrived on this socket before its catch-up was read; null once it was. */
  private early: BatchPayload[] | null = []
  /** What happened while an earlier page was asked for, which may be older than that; null while none is. */
  private meanwhile: RoomEvent[] | null = null

  constructor(options: RscClientOptions, initial: Snapshot, nodes: Nodes) {
    const held = new HeldRoom(initial, nodes)
    super(held.shown(), options)
    this.held = held
    this.calls = new CommandCalls((command) => options.server.ask(options.roomId, command), this.outbox)
    this.reader = new PayloadReader(
      options.decode,
      (payload) => this.receive(payload),
      () => this.link.reconnect(),
    )
    this.link = new SocketLink(() => this.makeSocket(), {
      httpUrl: `${options.origin}/${socketPath(options.roomId, 'rsc')}`,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      show: (connection) => {
        if (connection !== 'connected') {
          this.reader.reset()
          this.early = []
        }
        this.state.set({ connection })
      },
      opened: () => this.calls.sendAgain(),
      received: (data) => data instanceof ArrayBuffer && this.reader.read(data),
      ended: (refusal) => this.end(refusal),
    })
  }

  protected connect(): void {
    this.link.start()
  }

  private makeSocket(): ReconnectingWebSocket {
    const { origin, roomId, WebSocket } = this.options
    const url = `${origin.replace(/^http/, 'ws')}/${socketPath(roomId, 'rsc')}`
    return new ReconnectingWebSocket(() => `${url}?since=${this.held.since}`, [], { ...RECONNECTION, ...(WebSocket ? { WebSocket } : {}) })
  }

  /** A message as this client holds it, for the leaves that draw it. */
  messageOf = (id: MessageId): Message | null => this.held.messageOf(id)

  async loadEarlier(): Promise<void> {
    const before = this.held.earlierThan
    if (before === null || this.state.get().loadingEarlier) return
    this.state.set({ loadingEarlier: true })
    this.meanwhile = []
    try {
      const earlier = await this.options.server.earlier(this.options.roomId, before)
      if (earlier.ok) {
        this.held.keep(earlier.value.nodes)
        this.held.prepend(earlier.value.page)
        for (const event of this.meanwhile) this.held.apply(event)
        this.show()
      } else this.state.set({ refusal: earlier.refusal })
    } catch {
      this.state.set({ refusal: { code: 'unavailable', message: 'Earlier messages could not be loaded. Try again.' } })
    } finally {
      this.meanwhile = null
      this.state.set({ loadingEarlier: false })
    }
  }

  protected disconnect(): void {
    this.calls.close()
    this.link.close()
    this.reader.reset()
    this.early = []
  }

  protected send(command: Command): void {
    this.calls.send(command)
  }

  protected name(people: readonly Member[]): void {
    this.held.name(people)
    this.show()
  }

  private receive(payload: Payload): void {
    if ('catchUp' in payload) this.receiveCatchUp(payload)
    else if (this.early) this.early.push(payload)
    else this.receiveBatch(payload)
  }

  /** Payloads in flight may overtake the catch-up, which they build upon. */
  private receiveCatchUp({ nodes, catchUp }: CatchUpPayload): void {
    this.held.keep(nodes)
    this.hearTime(catchUp)
    this.held.catchUp(catchUp)
    this.show()
    this.outbox.settle(true)
    const early = this.early ?? []
    this.early = null
    for (const payload of early) this.receiveBatch(payload)
  }

  private receiveBatch({ events }: BatchPayload): void {
    for (const event of events) {
      const read = event.type === 'message' ? this.receiveMessage(event) : this.apply(event)
      if (!read) return
      this.held.hasRead(versionOf(event))
      if (event.type === 'typing') this.state.showTyping(event.member)
      if (event.type === 'cleared') this.outbox.settle(true)
    }
  }

  private receiveMessage({ message, node, growth }: MessageFlight): boolean {
    const held = this.messageOf(message.id)
    // A payload in flight may begin before the catch-up, which told all there is: what it left out was cleared away.
    if (!held && message.metadata.version <= this.held.version) return true
    if (!held || held.metadata.version < message.metadata.version) this.held.keep({ [message.id]: node })
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
      if (more.node !== undefined) this.held.keep({ [id]: more.node })
      return more.settled
    }
    if (more.length === 3) return { type: 'delta', id, index: more[0], offset: more[1], text: more[2] }
    return { type: 'part', id, index: more[0], part: more[1] }
  }

  /** False when something was missed: then the client comes back, and its catch-up brings this too. */
  private apply(event: RoomEvent): boolean {
    const read = this.held.apply(event)
    if (event.type === 'amended') this.meanwhile?.push(event)
    if (read) this.show()
    else this.link.reconnect()
    return read
  }

  private show(): void {
    if (this.shownChanges === this.held.changes) return
    this.shownChanges = this.held.changes
    this.state.set(this.held.shown())
    this.outbox.settle(false)
  }
}

function versionOf(event: FlightEvent): number {
  if (event.type === 'message') return event.message.metadata.version
  return 'version' in event ? event.version : 0
}
