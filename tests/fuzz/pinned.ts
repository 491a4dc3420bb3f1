// Records and amendments that somebody was told are written, and what must be true of them when all is quiet.
import type { MessageId, RoomId } from '../../src/conversation/ids'
import type { Message } from '../../src/conversation/message'
import type { RoomRecord } from '../../src/conversation/record'
import { NOTICE, type Noticeboard } from '../support/noticeboard'

/** What may be there: what was acknowledged last, or anything that nobody heard the end of since. */
type Possible = readonly unknown[]

/** A value that says that there is none. */
const NONE = null

export class Pinned {
  private readonly notices = new Map<string, Possible>()
  private readonly marks = new Map<MessageId, Possible>()

  /** Null deletes it. One after the other for each id: else nobody could say which came last. */
  async pin(board: Noticeboard, room: RoomId, id: string, value: unknown): Promise<void> {
    await settle(this.notices, id, value, async () => (await board.pin(room, id, value)).ok)
  }

  async mark(board: Noticeboard, room: RoomId, id: MessageId, value: unknown): Promise<void> {
    await settle(this.marks, id, value, async () => (await board.amend(room, id, { mark: value })).ok)
  }

  /** What is wrong with what a fresh client shows. A message that was cleared away takes its mark along. */
  wrongWith(records: readonly RoomRecord[], history: readonly Message[]): readonly string[] {
    const notices = new Map(records.flatMap(({ kind, id, value }) => (kind === NOTICE ? [[id, value] as const] : [])))
    const marks = new Map(history.map(({ id, metadata }) => [id, metadata.amended?.values['mark'] ?? NONE]))
    return [
      ...[...this.notices].flatMap(([id, possible]) => wrong(`notice ${id}`, notices.get(id) ?? NONE, possible)),
      ...[...this.marks].flatMap(([id, possible]) => (marks.has(id) ? wrong(`the mark of ${id}`, marks.get(id), possible) : [])),
    ]
  }
}

async function settle<Id>(known: Map<Id, Possible>, id: Id, value: unknown, write: () => Promise<boolean>): Promise<void> {
  const before = known.get(id) ?? [NONE]
  // Until the room says so, and for ever when nobody hears whether it did.
  known.set(id, [...before, value])
  const isWritten = await write().catch(() => null)
  if (isWritten !== null) known.set(id, isWritten ? [value] : before)
}

function wrong(what: string, found: unknown, possible: Possible): readonly string[] {
  const said = possible.map((value) => JSON.stringify(value))
  return said.includes(JSON.stringify(found)) ? [] : [`[L13] ${what} is ${JSON.stringify(found)}, not ${said.join(' or ')}`]
}
