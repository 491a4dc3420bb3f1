// The agents lane on the way out and in: JSON events and text deltas over the Agents SDK's sockets.
import { runCommandFrame, sendFrame } from '../answers'
import { tickFrame } from '../growth/delta-frames'
import { DeltaEncoder } from '../growth/delta-streams'
import type { LaneConnection, LaneFactory, LanePort } from '../lane'
import { parseJson } from '../client/parse-json'
import type { DirectFrame } from './frames'
import { parseQuestion } from './question'

export const agentsLane: LaneFactory = (port) => {
  const streams = new DeltaEncoder()
  return {
    start() {},
    join: (connection, since) => catchUp(port, streams, connection, since),
    leave() {
      // Ticks stop when nobody is here, and with them the news of which replies have settled.
      if (port.count() === 0) streams.keepOnly([])
    },
    tick: (events) => port.broadcast(JSON.stringify(tickFrame(events.map((event) => streams.encode(event))))),
    message: (connection, frame) => receive(port, streams, connection, frame),
  }
}

function receive(port: LanePort, streams: DeltaEncoder, connection: LaneConnection, frame: string | ArrayBuffer): void {
  const input = typeof frame === 'string' ? parseJson(frame) : undefined
  if (input === undefined) return connection.close(1007, 'malformed')
  const question = parseQuestion(input)
  if (question?.type === 'since') return catchUp(port, streams, connection, question.version)
  if (question?.type === 'before') return sendFrame(connection, { type: 'page', before: question.seq, page: port.page(question.seq) } satisfies DirectFrame)
  runCommandFrame(port, connection, input)
}

function catchUp(port: LanePort, streams: DeltaEncoder, connection: LaneConnection, since: number | null): void {
  sendFrame(connection, { type: 'catch-up', catchUp: port.catchUp(since), streams: streams.names() } satisfies DirectFrame)
}
