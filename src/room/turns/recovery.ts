// What a restart left behind. A reply still marked streaming has no turn: it is continued from its saved text, at most
// three times; after that it is interrupted, and people may retry it. What waited waits on, in its order.
import type { RoomEvent } from '../../conversation/event'
import { lengthOf } from '../../conversation/event'
import type { MemberId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'
import type { History } from '../history/history'
import type { Queue } from '../queue/queue'
import type { Turns } from './turns'

const MAX_TRIES = 3

export interface RecoveryPort {
  readonly history: History
  readonly turns: Turns
  readonly queue: Queue
  askerOf(reply: Message): MemberId
  now(): number
  publish(event: RoomEvent): void
}

/** Picks up every orphan. Run once, when the room wakes. */
export function recoverOrphans({ history, turns, queue, askerOf, now, publish }: RecoveryPort): void {
  const known = new Set(queue.all().map(({ id }) => id))
  for (const { message, tries } of history.orphans()) {
    if (turns.isOpen(message.id)) continue
    const parts = message.parts.map(failUnfinishedTool)
    if (tries >= MAX_TRIES) {
      const version = history.settle(message.id, parts, 'interrupted', null, now())
      const { id, metadata } = message
      publish({ type: 'settled', id, seq: metadata.seq, version, status: 'interrupted', lengths: parts.map(lengthOf) })
      continue
    }
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

/** A tool may have had its effect without telling us: it is never run again. */
function failUnfinishedTool(part: Part): Part {
  if (part.type !== 'dynamic-tool' || part.state.startsWith('output-')) return part
  const { toolCallId, toolName, input } = part
  return { type: 'dynamic-tool', toolCallId, toolName, input, state: 'output-error', errorText: 'The room restarted before this tool answered.' }
}
