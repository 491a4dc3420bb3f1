// How often people may have the servers of a room asked. In memory: a room that wakes has forgotten, and was asked nothing meanwhile.
import { refuse, type Refusal } from '../../conversation/refusal'

/** In a minute: each server of a full room twice. */
export const MOST_CHECKS = 16
const MINUTE_MS = 60_000

export class CheckPace {
  /** When somebody had one asked, in the last minute; ms since 1970. */
  private asked: readonly number[] = []

  /** Counts one more, or refuses: too_fast. */
  take(now: number): Refusal | null {
    this.asked = this.asked.filter((at) => now - at < MINUTE_MS)
    const [oldest] = this.asked
    if (oldest !== undefined && this.asked.length >= MOST_CHECKS)
      return refuse('too_fast', 'The servers of this room were asked very often just now. Try again in a minute.', oldest + MINUTE_MS - now).refusal
    this.asked = [...this.asked, now]
    return null
  }
}
