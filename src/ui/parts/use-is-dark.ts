// Whether the page is dark, for what cannot ask the stylesheet.
import { useSyncExternalStore } from 'react'
import { ifHad, matches } from '../basics/browser'

const QUERY = '(prefers-color-scheme: dark)'

/** Light on the server and while React hydrates. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark, () => false)
}

function isDark(): boolean {
  return matches(QUERY)
}

function subscribe(changed: () => void): () => void {
  const query = ifHad(() => matchMedia(QUERY))
  query?.addEventListener('change', changed)
  return () => query?.removeEventListener('change', changed)
}
