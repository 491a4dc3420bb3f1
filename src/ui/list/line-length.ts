'use client'
// How much of the small print a line beside a message holds, in characters of usual width.
import { createContext, useContext, useSyncExternalStore } from 'react'
import { ifHad } from '../basics/browser'

/** From each width of the window on; the narrowest is a phone of 320 px. */
const LENGTHS = [
  ['(width >= 48rem)', 108],
  ['(width >= 24rem)', 52],
] as const
const SHORTEST = 40

/** Whether the list is as narrow as a phone's wherever it stands, as one of several beside each other. */
export const NarrowContext = createContext(false)

/** One for all that ask. */
let queries: readonly (readonly [MediaQueryList, number])[] | undefined

/** As at a desk on the server. */
export function useLineLength(): number {
  const length = useSyncExternalStore(subscribe, now, () => LENGTHS[0][1])
  return useContext(NarrowContext) ? SHORTEST : length
}

function now(): number {
  return watched().find(([query]) => query.matches)?.[1] ?? SHORTEST
}

function watched(): readonly (readonly [MediaQueryList, number])[] {
  queries ??= ifHad(() => LENGTHS.map(([query, length]) => [matchMedia(query), length] as const)) ?? []
  return queries
}

function subscribe(listener: () => void): () => void {
  for (const [query] of watched()) query.addEventListener('change', listener)
  return () => {
    for (const [query] of watched()) query.removeEventListener('change', listener)
  }
}
