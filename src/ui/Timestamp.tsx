'use client'
// A time that the server and the browser agree on while hydrating, and that becomes relative once the browser's clock is known.
import { useSyncExternalStore } from 'react'
import { exactTime, neutralTime, relativeTime } from './relative-time'

export function Timestamp({ at }: { readonly at: number }) {
  const minute = useSyncExternalStore(eachMinute, currentMinute, unknownMinute)
  const known = minute !== null
  return (
    <time dateTime={new Date(at).toISOString()} title={known ? exactTime(at) : neutralTime(at)} className="text-xs whitespace-nowrap text-muted">
      {known ? relativeTime(at, Date.now()) : neutralTime(at)}
    </time>
  )
}

// One timer for all the times on a page, and none when there are none.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function eachMinute(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 20_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function currentMinute(): number {
  return Math.floor(Date.now() / 60_000)
}

function unknownMinute(): null {
  return null
}
