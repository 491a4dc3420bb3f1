// A browser's storage in memory, shared by the tabs that are given it: a write in one is an event in the others.
import type { ClientOptions } from '../../client/client-options'
import type { CachedWindow, WindowCache } from '../window-cache'

export class FakeStorage {
  readonly items = new Map<string, string>()
  /** Full, read-only or switched off: nothing new is taken. */
  full = false
  private readonly tabs: EventTarget[] = []

  /** One tab's view. */
  tab(): Required<Pick<ClientOptions, 'posts'>> {
    const { items } = this
    const events = new EventTarget()
    this.tabs.push(events)
    const tellOthers = (key: string, newValue: string | null): void => {
      for (const other of this.tabs) if (other !== events) other.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }))
    }
    const storage = {
      keys: () => [...items.keys()],
      get: (key: string) => items.get(key) ?? null,
      set: (key: string, value: string) => {
        if (this.full) return false
        items.set(key, value)
        tellOthers(key, value)
        return true
      },
      remove: (key: string) => {
        if (items.delete(key)) tellOthers(key, null)
      },
    }
    return { posts: { storage, events } }
  }
}

export class FakeCache implements WindowCache {
  window: CachedWindow | null = null

  load(): Promise<CachedWindow | null> {
    return Promise.resolve(structuredClone(this.window))
  }

  save(window: CachedWindow | null): Promise<void> {
    this.window = structuredClone(window)
    return Promise.resolve()
  }
}
