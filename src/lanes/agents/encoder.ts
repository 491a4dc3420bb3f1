// The agents lane on the way out and in: JSON events and text deltas over the Agents SDK's sockets.
import { MAX_QUESTION_LENGTH } from '../../conversation/message'
import { answerBefore, runCommandFrame, sendFrame } from '../answers'
import { tickFrame } from '../growth/delta-frames'
import { DeltaEncoder } from '../growth/delta-streams'
import type { LaneConnection, LaneFactory, LanePort } from '../lane'
import { parseJson } from '../client/parse-json'
import type { DirectFrame, Question } from './frames'
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
  if (typeof frame !== 'string' || input === undefined) return connection.close(1007, 'malformed')
  const question = frame.length > MAX_QUESTION_LENGTH ? null : parseQuestion(input)
  if (question) return answer(port, streams, connection, question)
  runCommandFrame(port, connection, input, frame.length)
}

function answer(port: LanePort, streams: DeltaEncoder, connection: LaneConnection, question: Question): void {
  if (question.type === 'before') return answerBefore(port, connection, question.seq)
  // What happened meanwhile cannot be told one who reads too much: they come back for it.
  if (port.refuseReading(connection)) return connection.close(1013, 'too_fast')
  catchUp(port, streams, connection, question.version)
}

function catchUp(port: LanePort, streams: DeltaEncoder, connection: LaneConnection, since: number | null): void {
  sendFrame(connection, { type: 'catch-up', catchUp: port.catchUp(since), streams: streams.names() } satisfies DirectFrame)
}
