// The rsc lane on the way out: what happens in the room as server-rendered React. Nothing comes in here: posts and
// questions are server functions.
import type { ReactNode } from 'react'
import { withNewerAmendments } from '../../conversation/amendment'
import type { RoomEvent, Settled } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import type { CatchUp } from '../../conversation/page'
import { isContinuation } from '../../ui/list/continuation'
import type { LaneConnection, LaneFactory, LanePort } from '../lane'
import type { CatchUpPayload, FlightEvent, Growth, MessageFlight } from './flight'
import { GrowthQueue } from './growth-queue'
import { Payloads } from './payloads'
import { LEAVES, renderMessage, renderMessages } from './render'

export const rscLane: LaneFactory = (port) => {
  const lane = new RscEncoder(port)
  return {
    start() {},
    join: (connection, since) => lane.join(connection, since),
    leave: () => lane.leave(),
    tick: (events) => lane.tick(events),
    message: (connection) => connection.close(1007, 'malformed'),
  }
}

/** An open reply, and the way into the payload that carries it. */
interface OpenFlight {
  message: Message
  readonly growth: GrowthQueue<Growth>
}

class RscEncoder {
  private readonly open = new Map<MessageId, OpenFlight>()
  private newest: Message | undefined
  private readonly payloads: Payloads
  private readonly port: LanePort

  constructor(port: LanePort) {
    this.port = port
    this.payloads = new Payloads((frame) => port.broadcast(frame))
  }

  join(connection: LaneConnection, since: number | null): void {
    this.payloads.sendTo(connection, this.catchUp(since))
    this.payloads.replay(connection)
  }

  /** Nobody listens any more: what is in flight ends. Whoever comes next finds the replies in the catch-up. */
  leave(): void {
    if (this.port.count() > 0) return
    for (const { growth } of this.open.values()) growth.end()
    this.open.clear()
  }

  tick(events: readonly RoomEvent[]): void {
    const settledChanges = events.flatMap((event) => this.encode(event))
    if (settledChanges.length > 0) this.payloads.send({ events: settledChanges })
  }

  /** Growth goes into the payload of its reply; everything else into the batch. */
  private encode(event: RoomEvent): readonly FlightEvent[] {
    switch (event.type) {
      case 'message':
        return [this.encodeMessage(event.message)]
      case 'part':
        return this.grow(event.id, [event.index, event.part])
      case 'delta':
        return this.grow(event.id, [event.index, event.offset, event.text])
      case 'settled':
        return this.settle(event)
      case 'cleared':
        for (const { growth } of this.open.values()) growth.end()
        this.open.clear()
        return [event]
      case 'amended':
      case 'record':
      case 'arrived':
      case 'left':
      case 'typing':
        return [event]
      default:
        return event satisfies never
    }
  }

  private encodeMessage(message: Message): MessageFlight {
    this.open.get(message.id)?.growth.end()
    this.open.delete(message.id)
    const previous = this.newest?.metadata.seq === message.metadata.seq - 1 ? this.newest : undefined
    const node = renderMessage(message, isContinuation(message, previous))
    if (message.metadata.seq >= (this.newest?.metadata.seq ?? 0)) this.newest = message
    if (message.metadata.status !== 'streaming') return { type: 'message', message, node }
    const growth = new GrowthQueue<Growth>()
    this.open.set(message.id, { message, growth })
    return { type: 'message', message, node, growth }
  }

  private grow(id: MessageId, growth: Growth): readonly FlightEvent[] {
    const { flight, opened } = this.flightOf(id)
    flight?.growth.push(growth)
    return opened
  }

  private settle(settled: Settled): readonly FlightEvent[] {
    const { flight, opened } = this.flightOf(settled.id)
    if (!flight) return this.resend(settled.id)
    flight.growth.push(settled.status === 'complete' && !settled.failure ? { settled } : { settled, node: renderEnd(flight.message, settled) })
    flight.growth.end()
    this.open.delete(settled.id)
    return opened
  }

  /** A reply that nobody here heard a word of since it was caught up with: its end cannot travel in a payload of its own. */
  private resend(id: MessageId): readonly FlightEvent[] {
    const message = this.newestPage().find((candidate) => candidate.id === id)
    return message ? [this.encodeMessage(message)] : []
  }

  /** The payload of a reply; one is opened for a reply that began while nobody was in this lane. */
  private flightOf(id: MessageId): { readonly flight: OpenFlight | undefined; readonly opened: readonly FlightEvent[] } {
    const known = this.open.get(id)
    if (known) return { flight: known, opened: [] }
    const message = this.newestPage().find((candidate) => candidate.id === id)
    if (!message || message.metadata.status !== 'streaming') return { flight: undefined, opened: [] }
    const opened = [this.encodeMessage(message)]
    return { flight: this.open.get(id), opened }
  }

  private newestPage(): readonly Message[] {
    return this.port.snapshot().messages
  }

  /** A reply in flight is told as it was when its payload began: its place, so that there is no hole. The replay brings its words. */
  private catchUp(since: number | null): CatchUpPayload {
    const catchUp = this.port.catchUp(since)
    if (catchUp.kind === 'snapshot') return { catchUp, nodes: renderMessages(catchUp.snapshot.messages), leaves: LEAVES }
    const asItBegan = (message: Message) => withNewerAmendments(this.open.get(message.id)?.message ?? message, message)
    const missed: CatchUp = { ...catchUp, messages: catchUp.messages.map(asItBegan) }
    return { catchUp: missed, nodes: renderMessages(missed.messages), leaves: LEAVES }
  }
}

/** How a reply that is not whole ends: with a note, and without the words that everybody holds. */
function renderEnd(message: Message, { status, version, failure }: Settled): ReactNode {
  const { failure: _none, ...metadata } = message.metadata
  return renderMessage({ ...message, parts: [], metadata: { ...metadata, status, version, ...(failure ? { failure } : {}) } }, false)
}
