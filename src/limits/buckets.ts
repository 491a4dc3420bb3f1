// Token buckets by key: how much somebody may ask for at once, and how much per second after that. Kept in memory, where a
// restart forgives, which is kinder than a write per request. Bounded: who has rested longest is forgotten first.

/** How big a bucket is and how fast it fills, in units of cost. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** Keys remembered per set of buckets, at most: some hundred bytes each. */
const MAX_KEYS = 10_000

interface Bucket {
  /** Below nothing while a debt is paid off. */
  tokens: number
  at: number
}

export class Buckets {
  /** In the order in which they were last touched. */
  private readonly buckets = new Map<string, Bucket>()
  private readonly rate: Rate
  private readonly maxKeys: number

  constructor(rate: Rate, maxKeys = MAX_KEYS) {
    this.rate = rate
    this.maxKeys = maxKeys
  }

  get size(): number {
    return this.buckets.size
  }

  /** Takes `cost` when that much is there. Answers 0 then, else how long to wait, ms; a refusal costs nothing. */
  take(key: string, now: number, cost = 1): number {
    const bucket = this.touch(key, now)
    if (bucket.tokens < cost) return this.waitFor(cost - bucket.tokens)
    bucket.tokens -= cost
    return 0
  }

  /** How long until nothing is owed any more, ms; 0 while there is anything left. Takes nothing. */
  wait(key: string, now: number): number {
    const { tokens } = this.touch(key, now)
    return tokens > 0 ? 0 : this.waitFor(1 - tokens)
  }

  /** Takes what was spent already, into debt if need be: for what is known only once it is done. */
  charge(key: string, now: number, cost: number): void {
    this.touch(key, now).tokens -= cost
  }

  private touch(key: string, now: number): Bucket {
    const { burst, perSecond } = this.rate
    const known = this.buckets.get(key)
    const tokens = known ? Math.min(burst, known.tokens + (Math.max(0, now - known.at) / 1000) * perSecond) : burst
    const bucket = { tokens, at: known ? Math.max(known.at, now) : now }
    this.buckets.delete(key)
    this.buckets.set(key, bucket)
    if (this.buckets.size > this.maxKeys) this.forgetOldest()
    return bucket
  }

  /** Whoever has not been heard of longest. Their bucket may not be full yet: a crowd of this size is what the instance's own limits are for. */
  private forgetOldest(): void {
    const [oldest] = this.buckets.keys()
    if (oldest !== undefined) this.buckets.delete(oldest)
  }

  private waitFor(missing: number): number {
    return Math.ceil((missing / this.rate.perSecond) * 1000)
  }
}
