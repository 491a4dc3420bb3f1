// Which language things are said in. The interface's own words are English for now; numbers, times and dates, which stand by
// themselves, are in the reader's language. Both are decided here and nowhere else.
import { ifHad } from './browser'

/** Of sentences: what joins a list, what a plural is. */
export const INTERFACE = 'en'

/** The reader's, as a BCP 47 tag; the interface's where there is no reader, as on a server, or the browser says nothing that `Intl` takes. */
export function readerLanguage(): string {
  if (typeof document === 'undefined') return INTERFACE
  language ??= known(ifHad(() => navigator.language) ?? INTERFACE)
  return language
}

let language: string | undefined

/** Not whether there is data of it: that loads a list of all languages, a tenth of a second of a phone. Without, `Intl` takes its own default. */
function known(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? INTERFACE
  } catch {
    return INTERFACE
  }
}

/** A piece of a text that reads in its own direction, and turns nothing around it: Unicode's first strong isolate, and its end. */
export function isolated(piece: string): string {
  return `\u2068${piece}\u2069`
}

/** Names in a sentence: "Ana", "Ana and Bo", "Ana, Bo and Cy". */
export function listed(names: readonly string[]): string {
  // As British English has it, without a comma before the last.
  list ??= new Intl.ListFormat('en-GB', { type: 'conjunction' })
  return list.format(names)
}

let list: Intl.ListFormat | undefined
