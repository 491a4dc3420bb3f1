// What is said of what had no end when its reply ended.
import type { FinalStatus } from '../../conversation/event'

/** Of a card that is open. */
export const CLOSED_BY: Readonly<Record<FinalStatus, string>> = {
  complete: 'the turn ended before it was approved.',
  failed: 'the turn failed before it was approved.',
  stopped: 'the turn was stopped before it was approved.',
  interrupted: 'the turn was interrupted before it was approved.',
}

/** Of a call that has no result. */
export const ENDED_BEFORE: Readonly<Record<FinalStatus, string>> = {
  complete: 'The turn ended before this tool answered.',
  failed: 'The turn failed before this tool answered.',
  stopped: 'The turn was stopped before this tool answered.',
  interrupted: 'The turn was interrupted before this tool answered.',
}
