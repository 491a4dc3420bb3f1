// A browser's storage in memory, shared by the tabs that are given it: a write in one is an event in the others.
import type { OutboxStorage } from '../stored-outbox'
import type { CachedWindow, WindowCache } from '../window-cache'

export class FakeStorage {
  readonly items = new Map<string, string>()
  private readonly tabs: EventTarget[] = []

  /** One tab's view. */
  tab(): { readonly outboxStorage: OutboxStorage; readonly storageEvents: EventTarget } {
    const { items } = this
    const events = new EventTarget()
    this.tabs.push(events)
    const tellOthers = (key: string, newValue: string | null): void => {
      for (const other of this.tabs) if (other !== events) other.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }))
    }
    const outboxStorage: OutboxStorage = {
      get length() {
        return items.size
      },
      key: (index) => [...items.keys()][index] ?? null,
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => {
        items.set(key, value)
        tellOthers(key, value)
      },
      removeItem: (key) => {
        if (items.delete(key)) tellOthers(key, null)
      },
    }
    return { outboxStorage, storageEvents: events }
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
