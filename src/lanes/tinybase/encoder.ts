// The tinybase lane on the way out and in: changes of a mergeable store, text deltas beside it, and questions by hash.
import type { Message } from '../../conversation/message'
import type { CatchUp, Snapshot } from '../../conversation/page'
import { recordKey } from '../../conversation/record'
import { answerBefore, runCommandFrame, sendFrame } from '../answers'
import { tickFrame } from '../growth/delta-frames'
import type { LaneConnection, LaneFactory, LanePort } from '../lane'
import { parseJson } from '../client/parse-json'
import type { DirectFrame, Question } from './frames'
import { growthBeyond, openReply } from './growth'
import { MAX_VALUES, parseQuestion } from './question'
import { SyncAnswers } from './sync-answers'
import { TickEncoder } from './tick-encoder'
import { Window } from './window'

/** A question of many numbers costs more than a post as long: so many characters of it cost one unit more. */
const CHARACTERS_PER_UNIT = 512

interface Room {
  readonly port: LanePort
  /** Brought up to date when somebody joins, from the room's own rows: nobody reads it in between, and a restart loses nothing. */
  readonly window: Window
  readonly ticks: TickEncoder
  readonly answers: SyncAnswers
}

export const tinybaseLane: LaneFactory = (port) => {
  const window = new Window()
  const ticks = new TickEncoder(() => port.snapshot().messages.at(-1)?.metadata.seq ?? 0)
  const room: Room = { port, window, ticks, answers: new SyncAnswers(window) }
  return {
    start() {},
    join: (connection, since) => greet(room, connection, since),
    leave() {},
    tick: (events) => port.broadcast(JSON.stringify(tickFrame(ticks.encode(events)))),
    message: (connection, frame) => receive(room, connection, frame),
  }
}

function greet({ port, window, ticks }: Room, connection: LaneConnection, since: number | null): void {
  const snapshot = port.snapshot()
  const open = snapshot.messages.flatMap(openReply)
  window.adopt(snapshot.messages, snapshot.records)
  ticks.streams.keepOnly(open.map(([id]) => id))
  const caughtUp = since === null ? null : port.catchUp(since)
  const older = caughtUp && changedBefore(snapshot, caughtUp)
  const gone = caughtUp && deletedIn(caughtUp)
  sendFrame(connection, {
    type: 'hello',
    version: snapshot.version,
    first: snapshot.messages[0]?.metadata.seq ?? null,
    hasEarlier: snapshot.hasEarlier,
    hash: window.hash(),
    here: snapshot.here,
    hereCount: snapshot.hereCount,
    now: snapshot.now,
    open,
    streams: ticks.streams.names(),
    ...(caughtUp === null || older?.length === 0 ? {} : { older }),
    ...(caughtUp === null || gone?.length === 0 ? {} : { gone }),
  } satisfies DirectFrame)
}

/** The store knows the newest page only; a client may have loaded more. */
function changedBefore({ messages }: Snapshot, catchUp: CatchUp): readonly Message[] | null {
  const first = messages[0]?.metadata.seq ?? 0
  return catchUp.kind === 'snapshot' ? null : catchUp.messages.filter((message) => message.metadata.seq < first)
}

/** The store has no rows of them, and a client's is not told of what is missing. */
function deletedIn(catchUp: CatchUp): readonly string[] | null {
  return catchUp.kind === 'snapshot' ? null : catchUp.records.filter(({ value }) => value === null).map(recordKey)
}

function receive(room: Room, connection: LaneConnection, frame: string | ArrayBuffer): void {
  const input = typeof frame === 'string' ? parseJson(frame, MAX_VALUES) : undefined
  if (typeof frame !== 'string' || input === undefined) return connection.close(1007, 'malformed')
  const question = parseQuestion(input, frame.length)
  if (!question) return runCommandFrame(room.port, connection, input, frame.length)
  room.port.charge(connection, frame.length / CHARACTERS_PER_UNIT)
  answer(room, connection, question)
}

function answer(room: Room, connection: LaneConnection, question: Question): void {
  if (question.type === 'before') return answerBefore(room.port, connection, question.seq)
  // What happened meanwhile cannot be told one who reads too much: they come back for it.
  if (room.port.refuseReading(connection)) return connection.close(1013, 'too_fast')
  switch (question.type) {
    case 'since':
      return greet(room, connection, question.version)
    case 'growth':
      return sendFrame(connection, { type: 'grown', events: growthBeyond(question.held, room.port.snapshot().messages) } satisfies DirectFrame)
    case 'sync': {
      const answered = room.answers.answer(question)
      if (answered === null) return connection.close(1007, 'malformed')
      if (answered !== 'ignored') sendFrame(connection, { type: 'synced', id: question.id, body: answered.body } satisfies DirectFrame)
      return
    }
    default:
      return question satisfies never
  }
}
