// A wait in words: one to come, for a sentence such as "Try again in 20 seconds.", and one that goes on. The same for every
// reader: rows are rendered once.
import { counted } from './counted'
import { INTERFACE } from './language'

export function waitInWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 90) return counted(seconds, 'second', INTERFACE)
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? counted(minutes, 'minute', INTERFACE) : counted(Math.ceil(minutes / 60), 'hour', INTERFACE)
}

/** How much of a wait that began at a moment is still to come, ms. None by a clock that was put back since: nobody waits for that. */
export function waitLeft(wait: number | undefined, began: number | undefined, now: number): number {
  if (wait === undefined || began === undefined || now < began - 1_000) return 0
  return Math.min(wait, Math.max(0, began + wait - now))
}

/** "45 s", "3 min": never more than it was. */
export function elapsedInWords(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`
}
