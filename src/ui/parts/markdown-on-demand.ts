// What reads Markdown is a quarter of a lane's scripts, and nothing needs it before a page can be used: the rows that a page
// begins with stand in its HTML. So a browser fetches it after that. A server has it from the beginning.
import { use, useSyncExternalStore } from 'react'
import { nextTask } from '../basics/next-task'
import type { Markdown } from './Markdown'

type Component = typeof Markdown

/** Between two attempts to fetch it, ms: a network that went away comes back in seconds or in minutes. */
const FIRST_WAIT = 2_000
const LONGEST_WAIT = 60_000

let loaded: Component | null = import.meta.env.SSR ? (await import('./Markdown')).Markdown : null
let loading: Promise<void> | null = null
const waiting = new Set<() => void>()

/** Fetches it unless that has begun. Resolves when it is here, however often that takes; it never rejects. */
export function loadMarkdown(): Promise<void> {
  loading ??= fetchIt(FIRST_WAIT)
  return loading
}

/** Null until it is here. `waits`: suspends instead, so that React leaves what stands in the page as it is. */
export function useMarkdown(waits: boolean): Component | null {
  const known = useSyncExternalStore(subscribe, read, read)
  if (!known && waits) use(loadMarkdown())
  return known
}

async function fetchIt(wait: number): Promise<void> {
  let fetched: typeof import('./Markdown')
  try {
    fetched = await import('./Markdown')
  } catch {
    // Offline, or a deploy has replaced the file: texts stay plain, and no word of them is lost.
    await new Promise((resolve) => {
      setTimeout(resolve, wait)
    })
    return fetchIt(Math.min(2 * wait, LONGEST_WAIT))
  }
  await nextTask()
  fetched.warmUp()
  await nextTask()
  loaded = fetched.Markdown
  for (const tell of waiting) tell()
}

function subscribe(tell: () => void): () => void {
  waiting.add(tell)
  return () => waiting.delete(tell)
}

function read(): Component | null {
  return loaded
}
