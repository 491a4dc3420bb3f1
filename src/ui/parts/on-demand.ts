// A part of the screen that a browser fetches when it is needed, because nothing needs it before a page can be used: what a page begins
// with stands in its HTML. Invariant: however often fetching fails, it is tried again, and nobody is told of an error.
import { use, useSyncExternalStore } from 'react'

/** Between two attempts to fetch it, ms: a network that went away comes back in seconds or in minutes. */
const FIRST_WAIT = 2_000
const LONGEST_WAIT = 60_000

export interface OnDemand<T> {
  /** Fetches it unless that has begun. Resolves when it is here, however often that takes; it never rejects. */
  readonly load: () => Promise<void>
  /** Null until it is here. `waits`: suspends instead, so that React leaves what stands in the page as it is. */
  readonly use: (waits: boolean) => T | null
}

/** `known`: it is here from the beginning, as on a server. `fetch` rejects when it cannot be fetched now: offline, or a deploy has replaced the file. */
export function onDemand<T>(known: T | null, fetch: () => Promise<T>): OnDemand<T> {
  let loaded = known
  let loading: Promise<void> | null = null
  const waiting = new Set<() => void>()

  const fetchIt = async (wait: number): Promise<void> => {
    try {
      loaded = await fetch()
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, wait)
      })
      return fetchIt(Math.min(2 * wait, LONGEST_WAIT))
    }
    for (const tell of waiting) tell()
  }
  const load = () => (loading ??= fetchIt(FIRST_WAIT))
  const subscribe = (tell: () => void) => {
    waiting.add(tell)
    return () => waiting.delete(tell)
  }
  const read = () => loaded
  return {
    load,
    use: function useOnDemand(waits) {
      // Also once it is here: a row that React left at `use` goes on from there, and if what it waited for has come and `use` is not
      // met again, React takes the hooks after it for those of another render (its error 467), and draws the whole row anew.
      if (waits && !known) use(load())
      return useSyncExternalStore(subscribe, read, read)
    },
  }
}
