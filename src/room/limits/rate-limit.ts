// How much one person may ask of a room. Kept in memory: a restart forgives, which is kinder than a write per post; a
// reconnect does not.
import type { MemberId } from '../../conversation/ids'

/** Commands at once, and commands per second after that. People need one per second; a script that pastes much gets a wait. */
const BURST = 100
const PER_SECOND = 20

export class RateLimit {
  private readonly buckets = new Map<MemberId, { tokens: number; at: number }>()
  private readonly burst: number
  private readonly perSecond: number

  constructor(burst = BURST, perSecond = PER_SECOND) {
    this.burst = burst
    this.perSecond = perSecond
  }

  /** Takes one token. Answers 0 when there was one, else how long to wait, ms. */
  take(id: MemberId, now: number): number {
    const bucket = this.buckets.get(id) ?? { tokens: this.burst, at: now }
    const tokens = Math.min(this.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * this.perSecond)
    if (tokens < 1) {
      this.buckets.set(id, { tokens, at: now })
      return Math.ceil(((1 - tokens) / this.perSecond) * 1000)
    }
    this.buckets.set(id, { tokens: tokens - 1, at: now })
    return 0
  }
}
