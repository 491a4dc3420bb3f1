// Seconds that pass on the screen, by the server's clock or by this device's.
import { useSyncExternalStore } from 'react'
import { serverTime } from './server-clock'

// One timer for all that counts seconds on a page, and none when nothing does.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Server time in whole seconds, ms since 1970, told anew every second while `counts`. Null on the server, while hydrating, and while it is not known. */
export function useServerSeconds(counts: boolean): number | null {
  return useSyncExternalStore(counts ? eachSecond : never, wholeSeconds, unknown)
}

/** The same by this device's clock, for what it saw happen itself. */
export function useDeviceSeconds(counts: boolean): number {
  return useSyncExternalStore(counts ? eachSecond : never, deviceSeconds, deviceSeconds)
}

function deviceSeconds(): number {
  return Math.floor(Date.now() / 1_000) * 1_000
}

function eachSecond(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function never(): () => void {
  return () => {}
}

function wholeSeconds(): number | null {
  const now = serverTime()
  return now === null ? null : Math.floor(now / 1_000) * 1_000
}

function unknown(): null {
  return null
}
