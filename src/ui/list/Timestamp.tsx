'use client'
// A time that the server and the browser agree on while hydrating, and that is said in the reader's way once the browser is
// known. How long ago it was is measured by the server's clock, which it was taken from.
import { memo, useSyncExternalStore } from 'react'
import { INTERFACE, readerLanguage } from '../basics/language'
import { isReaderKnown, whenReaderKnown } from '../basics/reader-known'
import { serverTime } from '../basics/server-clock'
import { neutralTime, ReaderTimes } from './relative-time'

/** A room of thousands looks at all of its times with every tick, and draws those again that are said differently. */
export const Timestamp = memo(function Timestamp({ at }: { readonly at: number }) {
  const said = useSyncExternalStore(eachTick, () => (isReaderKnown() ? times().relative(at, currentTime()) : null), unknownTime)
  return (
    <time {...(said === null ? {} : { dateTime: `${new Date(at).toISOString().slice(0, 19)}Z`, title: times().exact(at), ...LANG })}>
      {said ?? neutralTime(at)}
    </time>
  )
})

/** Of a time in another language than the page's. */
const LANG = readerLanguage().startsWith(INTERFACE) ? {} : { lang: readerLanguage() }

let made: ReaderTimes | undefined

function times(): ReaderTimes {
  made ??= new ReaderTimes(readerLanguage())
  return made
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
  const leave = whenReaderKnown(listener)
  return () => {
    leave()
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The same number until the next tick, so that what is said of it is the same, as React asks of a snapshot. */
function currentTime(): number {
  return Math.floor((serverTime() ?? Date.now()) / TICK) * TICK
}

function unknownTime(): null {
  return null
}
