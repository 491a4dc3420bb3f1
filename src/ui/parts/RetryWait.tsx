'use client'
// When a reply may be asked for again, in a sentence that is true whenever it is read, and gone when that time has come.
import { useServerSeconds } from '../basics/server-seconds'
import { waitInWords } from '../basics/wait'

/** `at`: server time, ms since 1970. */
export function RetryWait({ at }: { readonly at: number }) {
  const now = useServerSeconds(true)
  if (now === null || now >= at) return null
  return <span data-part="wait"> Try again in {waitInWords(at - now)}.</span>
}
