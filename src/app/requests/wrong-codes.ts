// How many wrong codes one network address may try. A right one is never refused for them: nobody can lock its owner out.

const AT_ONCE = 10
/** One more is forgiven after this long, ms. */
const FORGIVEN_AFTER_MS = 6_000
/** Addresses remembered; beyond it the oldest is forgotten. */
const REMEMBERED = 1_000

export class WrongCodes {
  private readonly tried = new Map<string, { readonly count: number; readonly at: number }>()

  /** Counts one. Answers how long to wait, ms; 0 when that was not too many. */
  count(address: string, now: number): number {
    const before = this.tried.get(address) ?? { count: 0, at: now }
    const count = Math.max(0, before.count - (now - before.at) / FORGIVEN_AFTER_MS) + 1
    this.tried.delete(address)
    this.tried.set(address, { count: Math.min(count, AT_ONCE + 1), at: now })
    for (const oldest of this.tried.keys()) {
      if (this.tried.size <= REMEMBERED) break
      this.tried.delete(oldest)
    }
    return count <= AT_ONCE ? 0 : Math.ceil((count - AT_ONCE) * FORGIVEN_AFTER_MS)
  }
}
