// What a text quotes in Markdown's way, with a > where the line begins: those are somebody else's words, and speak to nobody.
import { withoutCode } from '../without-code'
import { type Earlier, MOST_QUOTED_FROM } from './facts'

const QUOTED = /^ {0,3}>(.*)$/gm
/** The newest messages that are compared with a quotation. */
const MOST_MESSAGES = 50
/** Lines of a quotation that are looked for, and characters of each. */
const MOST_LINES = 5
const MOST_CHARACTERS = 200
/** A shorter piece of a line is found in anybody's words. */
const TELLING = 12

export function hasQuote(text: string): boolean {
  return /^ {0,3}>/m.test(text)
}

/** The text with its quoted lines blanked out, at the same length. */
export function withoutQuotes(text: string): string {
  if (!hasQuote(text)) return text
  const prose = withoutCode(text)
  let kept = ''
  let done = 0
  for (const { 0: line, index } of prose.matchAll(QUOTED)) {
    kept += text.slice(done, index) + ' '.repeat(line.length)
    done = index + line.length
  }
  return kept + text.slice(done)
}

/** The newest of the earlier messages that the text quotes from: a whole line of it, or a good piece of one. */
export function quotedFrom(text: string, recent: readonly Earlier[]): Earlier | undefined {
  if (!hasQuote(text)) return undefined
  const lines: string[] = []
  for (const [, quoted = ''] of withoutCode(text).matchAll(QUOTED)) {
    const line = plain(quoted.slice(0, MOST_CHARACTERS))
    if (line !== '') lines.push(line)
    if (lines.length === MOST_LINES) break
  }
  if (lines.length === 0) return undefined
  return recent.slice(-MOST_MESSAGES).findLast((earlier) => {
    const said = (earlier.text ?? '').slice(0, MOST_QUOTED_FROM).split('\n').map(plain)
    return lines.some((line) => said.some((other) => other === line || (line.length >= TELLING && other.includes(line))))
  })
}

function plain(line: string): string {
  return line
    .replace(/\s+/g, ' ')
    .replace(/^[ >]+/, '')
    .trimEnd()
}
