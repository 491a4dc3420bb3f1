// Writes the window to its cache some time after it changed, once for many changes. A cache is a comfort: when it cannot
// be had, the room works without it.
import { PAGE_SIZE } from '../../conversation/page'
import type { Timeline } from '../../conversation/timeline'
import type { CachedWindow, WindowCache } from './window-cache'

/** ms */
const WRITE_AFTER = 1_000

export class CacheWriter {
  private readonly cache: WindowCache | null
  private timer: ReturnType<typeof setTimeout> | undefined
  private latest: Timeline | null = null
  private written = 0

  constructor(cache: WindowCache | null) {
    this.cache = cache
  }

  /** Null when there is nothing, or it could not be read. May take its time, or for ever. */
  async read(): Promise<CachedWindow | null> {
    try {
      const cached = await this.cache?.load()
      // A device that an older release kept it on has no records.
      return cached ? { ...cached, records: cached.records ?? [] } : null
    } catch {
      return null
    }
  }

  /** Growth alone is not worth a write: it takes no version. */
  changed(timeline: Timeline): void {
    if (!this.cache || timeline.version === this.written) return
    this.latest = timeline
    this.timer ??= setTimeout(() => this.flush(), WRITE_AFTER)
  }

  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.latest) return
    const { version, messages, records, hasEarlier } = this.latest
    this.latest = null
    this.written = version
    this.write({ version, records, messages: messages.slice(-PAGE_SIZE), hasEarlier: hasEarlier || messages.length > PAGE_SIZE })
  }

  /** Forgets the room on this device. */
  forget(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.latest = null
    this.write(null)
  }

  private write(window: CachedWindow | null): void {
    this.cache?.save(window).catch(() => {
      // No room on the disk, or a private window: the next page load asks the room for everything.
    })
  }
}
