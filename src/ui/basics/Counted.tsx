'use client'
// A number on a page that a server wrote: as everybody reads it at first, as its reader does once the browser is known.
import { counted, numeral } from './counted'
import { INTERFACE, readerLanguage } from './language'
import { useReaderKnown } from './reader-known'

/** `what`: of what, in the singular; left out for the number alone. */
export function Counted({ count, what }: { readonly count: number; readonly what?: string }) {
  const language = useReaderKnown() ? readerLanguage() : INTERFACE
  return what === undefined ? numeral(count, language) : counted(count, what, language)
}
