// How much one person may ask of a room. Kept in memory: a restart forgives, which is kinder than a write per post.
import type { MemberId } from '../conversation/ids'

/** Commands at once, and commands per second after that. People need one per second; a script that pastes much gets a wait. */
const BURST = 100
const PER_SECOND = 20

export class RateLimit {
  private readonly buckets = new Map<MemberId, { tokens: number; at: number }>()

  /** Takes one token. Answers 0 when there was one, else how long to wait, ms. */
  take(id: MemberId, now: number): number {
    const bucket = this.buckets.get(id) ?? { tokens: BURST, at: now }
    const tokens = Math.min(BURST, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * PER_SECOND)
    if (tokens < 1) {
      this.buckets.set(id, { tokens, at: now })
      return Math.ceil(((1 - tokens) / PER_SECOND) * 1000)
    }
    this.buckets.set(id, { tokens: tokens - 1, at: now })
    return 0
  }

  forget(id: MemberId): void {
    this.buckets.delete(id)
  }
}
