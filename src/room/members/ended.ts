// Sessions and accounts that ended a moment ago. A request may have passed the app's check just before its session was
// deleted and arrive here just after: it is refused by this memory, which need last no longer than a request does.

/** Longer than any request is under way, ms. */
const REMEMBERED_MS = 10 * 60_000
/** Ends remembered at once; beyond it the oldest is forgotten. */
const REMEMBERED = 1_000

export class Ended {
  private readonly ended = new Map<string, number>()

  add(key: string, now: number): void {
    this.ended.delete(key)
    this.ended.set(key, now)
    for (const oldest of this.ended.keys()) {
      if (this.ended.size <= REMEMBERED) break
      this.ended.delete(oldest)
    }
  }

  has(key: string, now: number): boolean {
    const at = this.ended.get(key)
    return at !== undefined && now - at < REMEMBERED_MS
  }
}
