// The agents lane on the way out and in: JSON events and text deltas over the Agents SDK's sockets.
import { parseCommand, type Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import type { MessageId } from '../../conversation/ids'
import type { Refusal } from '../../conversation/refusal'
import type { LaneConnection, LaneFactory, LanePort } from '../lane'
import { parseJson } from '../parse-json'
import { isDelta, type DeltaTuple, type DirectFrame, type StreamName, type TickFrame, type TickItem } from './frames'
import { parseQuestion } from './question'

export const agentsLane: LaneFactory = (port) => {
  const streams = new Streams()
  return {
    start() {},
    join: (connection, since) => catchUp(port, streams, connection, since),
    leave() {
      // Ticks stop when nobody is here, and with them the news of which replies have settled.
      if (port.count() === 0) streams.clear()
    },
    tick: (events) => port.broadcast(JSON.stringify(tickFrame(events.map((event) => streams.encode(event))))),
    message: (connection, frame) => receive(port, streams, connection, frame),
  }
}

function tickFrame(items: readonly TickItem[]): TickFrame {
  const [first] = items
  return items.length === 1 && first && isDelta(first) ? first : items
}

function receive(port: LanePort, streams: Streams, connection: LaneConnection, frame: string | ArrayBuffer): void {
  const input = typeof frame === 'string' ? parseJson(frame) : undefined
  if (input === undefined) return connection.close(1007, 'malformed')
  const question = parseQuestion(input)
  if (question?.type === 'since') return catchUp(port, streams, connection, question.version)
  if (question?.type === 'before') return tell(connection, { type: 'page', before: question.seq, page: port.page(question.seq) })
  const command = parseCommand(input)
  if (!command.ok) return refused(connection, command.refusal)
  obey(port, connection, command.value)
}

function obey(port: LanePort, connection: LaneConnection, command: Command): void {
  const done = port.command(connection.member, command)
  if (!done.ok) return refused(connection, done.refusal, command.type === 'post' ? command.id : undefined)
  if (command.type === 'post' && done.value) tell(connection, { type: 'acknowledged', id: command.id, seq: done.value.seq })
}

function catchUp(port: LanePort, streams: Streams, connection: LaneConnection, since: number | null): void {
  tell(connection, { type: 'catch-up', catchUp: port.catchUp(since), streams: streams.names() })
}

function refused(connection: LaneConnection, refusal: Refusal, id?: MessageId): void {
  tell(connection, id === undefined ? { type: 'refused', refusal } : { type: 'refused', id, refusal })
}

function tell(connection: LaneConnection, frame: DirectFrame): void {
  connection.send(JSON.stringify(frame))
}

/** Small numbers for the parts that grow, given at a part's first delta and forgotten when its reply settles. */
class Streams {
  private readonly byPart = new Map<string, { readonly name: StreamName }>()
  private next = 0

  names(): readonly StreamName[] {
    return [...this.byPart.values()].map(({ name }) => name)
  }

  encode(event: RoomEvent): TickItem {
    if (event.type === 'delta') return this.encodeDelta(event.id, event.index, event.offset, event.text)
    if (event.type === 'settled') this.forget((id) => id === event.id)
    if (event.type === 'message') this.forget((id) => id === event.message.id)
    if (event.type === 'cleared') this.clear()
    return event
  }

  clear(): void {
    this.byPart.clear()
  }

  private encodeDelta(id: MessageId, index: number, offset: number, text: string): DeltaTuple {
    const known = this.byPart.get(`${id} ${index}`)
    if (known) return [known.name[0], offset, text]
    const stream = this.next++
    this.byPart.set(`${id} ${index}`, { name: [stream, id, index] })
    return [stream, offset, text, id, index]
  }

  private forget(gone: (id: MessageId) => boolean): void {
    for (const [key, { name }] of this.byPart) if (gone(name[1])) this.byPart.delete(key)
  }
}
