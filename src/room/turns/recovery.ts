// What a restart left behind. A reply still marked streaming has no turn: it is continued from its saved parts, at most
// three times; after that it is interrupted, and people may retry it. What waited waits on, in its order.
import type { RoomEvent } from '../../conversation/event'
import { lengthOf } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'
import type { History } from '../history/history'
import type { Queue } from '../queue/queue'
import type { CallLog } from './call-log'
import { CLOSED_BY } from './ended-words'
import type { Turns } from './turns'
import { afterRestart, endCalls } from './unfinished'

const MAX_TRIES = 3

export interface RecoveryPort {
  readonly history: History
  readonly turns: Turns
  readonly queue: Queue
  readonly calls: CallLog
  /** Closes what was still to be approved of a reply that ends; answers its parts with all that was decided. `why`: a sentence. */
  closeCards(reply: MessageId, parts: readonly Part[], why: string): readonly Part[]
  askerOf(reply: Message): MemberId
  now(): number
  publish(event: RoomEvent): void
}

/** Picks up every orphan. Run once, when the room wakes. */
export function recoverOrphans({ history, turns, queue, calls, closeCards, askerOf, now, publish }: RecoveryPort): void {
  const known = new Set(queue.all().map(({ id }) => id))
  for (const { message, tries } of history.orphans()) {
    if (turns.isOpen(message.id)) continue
    const begun = calls.begun(message.id)
    if (tries >= MAX_TRIES) {
      const parts = endCalls(closeCards(message.id, message.parts, CLOSED_BY.interrupted), begun, 'The room restarted before this tool answered.')
      const version = history.settle(message.id, parts, 'interrupted', null, now())
      const { id, metadata } = message
      publish({ type: 'settled', id, seq: metadata.seq, version, status: 'interrupted', lengths: parts.map(lengthOf) })
      calls.forget(message.id)
      continue
    }
    const parts = afterRestart(message.parts, begun)
    // Of a release that had no queue; more than may be written at once wait.
    if (!known.has(message.id)) {
      queue.again(message, askerOf(message), parts, tries + 1)
      continue
    }
    const reopened = history.reopen(message.id, parts, tries + 1, now())
    if (!reopened) continue
    publish({ type: 'message', message: reopened })
    turns.start(reopened)
  }
  queue.wake((id) => turns.isOpen(id))
}
