// What the room says to one socket alone [L7], in the lanes that speak JSON: of its member's commands, and the page it asked for.
import { isLongCommand, parseCommand } from '../conversation/command'
import type { MessageId } from '../conversation/ids'
import { MAX_QUESTION_LENGTH } from '../conversation/message'
import type { Page } from '../conversation/page'
import type { Refusal } from '../conversation/refusal'
import type { LaneConnection, LanePort } from './lane'

export type Answer =
  | { readonly type: 'page'; readonly before: number; readonly page: Page }
  | { readonly type: 'acknowledged'; readonly id: MessageId; readonly seq: number }
  /** `id`: of the post, `before`: of the page that is refused. */
  | { readonly type: 'refused'; readonly id?: MessageId; readonly before?: number; readonly refusal: Refusal }

/** What no room knows costs this much beside its length: no client of ours sends it, so a hundred are a flood. */
const COST_OF_UNKNOWN = 10

/** Does what a frame of this length says, in the name of the socket's member [L2]. Only a post and an agent's form may be long. A post is acknowledged; whatever cannot be done is refused. */
export function runCommandFrame(port: LanePort, connection: LaneConnection, input: unknown, length: number): void {
  if (length > MAX_QUESTION_LENGTH && !isLongCommand(input)) return connection.close(1007, 'malformed')
  const command = parseCommand(input)
  if (!command.ok) {
    port.charge(connection, COST_OF_UNKNOWN)
    return refuse(connection, command.refusal)
  }
  const id = command.value.type === 'post' ? command.value.id : undefined
  const done = port.command(connection.member, command.value)
  if (!done.ok) return refuse(connection, done.refusal, id)
  if (id !== undefined && done.value) sendFrame(connection, { type: 'acknowledged', id, seq: done.value.seq } satisfies Answer)
}

/** The page before a seq, to the one who asks. Read only when it may be: a page can hold a megabyte. */
export function answerBefore(port: LanePort, connection: LaneConnection, before: number): void {
  const refusal = port.refuseReading(connection)
  sendFrame(connection, (refusal ? { type: 'refused', before, refusal } : { type: 'page', before, page: port.page(before) }) satisfies Answer)
}

export function sendFrame(connection: LaneConnection, frame: object): void {
  connection.send(JSON.stringify(frame))
}

function refuse(connection: LaneConnection, refusal: Refusal, id?: MessageId): void {
  sendFrame(connection, (id === undefined ? { type: 'refused', refusal } : { type: 'refused', id, refusal }) satisfies Answer)
}
