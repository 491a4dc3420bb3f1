'use client'
// A time that the server and the browser agree on while hydrating, and that becomes relative once the browser's clock is known.
import { useSyncExternalStore } from 'react'
import { exactTime, neutralTime, relativeTime } from './relative-time'

export function Timestamp({ at }: { readonly at: number }) {
  const now = useSyncExternalStore(eachTick, currentTime, unknownTime)
  return (
    <time {...(now === null ? {} : { dateTime: `${new Date(at).toISOString().slice(0, 19)}Z`, title: exactTime(at) })}>
      {now === null ? neutralTime(at) : relativeTime(at, now)}
    </time>
  )
}

/** How often the times on a page are looked at again, ms. They are told in minutes. */
const TICK = 20_000

// One timer for all the times on a page, and none when there are none.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function eachTick(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, TICK)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The same number until the next tick, as React asks of a snapshot. */
function currentTime(): number {
  return Math.floor(Date.now() / TICK) * TICK
}

function unknownTime(): null {
  return null
}
