// What a restart left behind. A reply still marked streaming has no turn: it is continued from its saved text, at most
// three times; after that it is interrupted, and people may retry it.
import type { Part } from '../../conversation/message'
import type { RoomEvent } from '../../conversation/event'
import { lengthOf } from '../../conversation/event'
import type { History } from '../history/history'
import type { Turns } from './turns'

const MAX_TRIES = 3

/** Picks up every orphan. Run once, when the room wakes. */
export function recoverOrphans(history: History, turns: Turns, now: number, publish: (event: RoomEvent) => void): void {
  for (const { message, tries } of history.orphans()) {
    if (turns.isOpen(message.id)) continue
    const parts = message.parts.map(failUnfinishedTool)
    const reopened = tries < MAX_TRIES ? history.reopen(message.id, parts, tries + 1, now) : null
    if (reopened) {
      publish({ type: 'message', message: reopened })
      turns.start(reopened)
      continue
    }
    const version = history.settle(message.id, parts, 'interrupted', null)
    const { id, metadata } = message
    publish({ type: 'settled', id, seq: metadata.seq, version, status: 'interrupted', lengths: parts.map(lengthOf) })
  }
}

/** A tool may have had its effect without telling us: it is never run again. */
function failUnfinishedTool(part: Part): Part {
  if (part.type !== 'dynamic-tool' || part.state.startsWith('output-')) return part
  const { toolCallId, toolName, input } = part
  return { type: 'dynamic-tool', toolCallId, toolName, input, state: 'output-error', errorText: 'The room restarted before this tool answered.' }
}
