// Models that were found to know no tools, so that each is tried with them seldom. Invariant: bounded, and forgotten after a while, because
// whoever runs a model may teach it.

/** Ms. */
const REMEMBERED_MS = 10 * 60_000
const MOST = 50

export class Toolless {
  private readonly found = new Map<string, number>()

  has(model: string, now = Date.now()): boolean {
    const at = this.found.get(model)
    return at !== undefined && now - at < REMEMBERED_MS
  }

  add(model: string, now = Date.now()): void {
    this.found.delete(model)
    const [oldest] = this.found.keys()
    if (oldest !== undefined && this.found.size >= MOST) this.found.delete(oldest)
    this.found.set(model, now)
  }
}
