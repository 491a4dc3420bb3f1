'use client'
// A day and its time on a page that a server wrote: in UTC at first, in the reader's zone and language once the browser is known.
// It ends a line of its own, or is one where there is little room, and never more than one: how long the reader's is, the server
// cannot know, and nothing may move.
import { INTERFACE, readerLanguage } from './language'
import { useReaderKnown } from './reader-known'

const PARTS = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const

/** In British English, which reads best inside a sentence. Made when a day is told: few pages tell one. */
let forEverybody: Intl.DateTimeFormat | undefined

/** `at` is ms since 1970; `what`: the words before it on its line. "2 Dec 2026, 09:30 UTC"; "2. Dez. 2026, 10:30 MEZ" */
export function Day({ at, what = '' }: { readonly at: number; readonly what?: string }) {
  const known = useReaderKnown()
  const language = readerLanguage()
  return (
    <span className="block truncate">
      {what}{' '}
      <time
        className="max-sm:block max-sm:truncate"
        dateTime={`${new Date(at).toISOString().slice(0, 19)}Z`}
        {...(known && language !== INTERFACE ? { lang: language } : {})}
      >
        {known ? new Intl.DateTimeFormat(language, PARTS).format(at) : neutralDay(at)}
      </time>
    </span>
  )
}

function neutralDay(at: number): string {
  forEverybody ??= new Intl.DateTimeFormat('en-GB', { ...PARTS, timeZone: 'UTC' })
  return forEverybody.format(at)
}
