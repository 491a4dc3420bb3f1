// Whether things can be said in the reader's own way yet. The first number or time that `Intl` writes costs a phone a tenth
// of a second, so that it is paid after the page has been taken over, in a task of its own: a click waits for one task.
import { useSyncExternalStore } from 'react'
import { nextTask } from './next-task'
import { readerLanguage } from './language'

let known = false
let begun = false
const waiting = new Set<() => void>()

/** False on the server, while React hydrates and shortly after; true from then on. */
export function useReaderKnown(): boolean {
  return useSyncExternalStore(whenReaderKnown, isReaderKnown, () => false)
}

export function isReaderKnown(): boolean {
  return known
}

/** Calls `tell` once it is, and not when it is already. The answer takes that back. */
export function whenReaderKnown(tell: () => void): () => void {
  if (known) return () => {}
  waiting.add(tell)
  if (!begun) void prepare()
  begun = true
  return () => waiting.delete(tell)
}

async function prepare(): Promise<void> {
  await nextTask()
  new Intl.DateTimeFormat(readerLanguage()).format(0)
  new Intl.NumberFormat(readerLanguage()).format(0)
  await nextTask()
  known = true
  for (const tell of waiting) tell()
  waiting.clear()
}
