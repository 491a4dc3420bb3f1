// Whether the page is dark, for what cannot ask the stylesheet.
import { useSyncExternalStore } from 'react'

const QUERY = '(prefers-color-scheme: dark)'

/** Light on the server and while React hydrates. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark, () => false)
}

function isDark(): boolean {
  return window.matchMedia(QUERY).matches
}

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(QUERY)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
