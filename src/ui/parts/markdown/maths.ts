// Mathematics: `\(…\)`, `\[…\]`, `$$…$$` and `$…$`, as TeX that is drawn elsewhere. Prices, shells and patterns have the same
// signs, so that those between dollars must look like a formula and stand where words do.
import type { MarkdownIt, StateBlock, StateInline, Token } from 'markdown-it'
import { type FormulaEnd, indentOf, lineStart, lineText, type Reading, readingOf } from './reading'

/** Longer is no formula, in characters and lines. */
const MOST = 4_000
const MOST_WITHIN_WORDS = 1_000
const MOST_LINES = 60

const CLOSINGS: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$' }

/** Something to draw at all. */
const CONTENT = /[\p{L}\p{N}]/u
/** What only formulas have. */
const TEX = /\\[a-zA-Z]+|[\^_{}]/
/** What formulas have among other things; then without long words. */
const SIGNS = /[=<>+\-*/|()!,]/
const LONG_WORD = /\p{L}{4,}/u
const SHORT = /^(?:\p{L}{1,3}'{0,2}|\d+(?:[.,]\d+)?)$/u

const FREE_BEFORE = /[\s([{"'“‘«—–\-:,;>|*_~]|[^\0-\x7f]/u
const FREE_AFTER = /[\s)\]}"'”’»—–\-:,;.!?<|*_~]|[^\0-\x7f]/u

export function maths(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'maths', block, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })
  md.inline.ruler.before('escape', 'maths', inline)
}

/** A formula that begins a line and ends one. While more may follow it counts as begun, so that its lines are not read as lists. */
function block(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (indentOf(state, start) >= 4) return false
  const first = lineText(state, start).trimEnd()
  const opening = first.slice(0, 2)
  const closing = opening === '\\(' ? undefined : CLOSINGS[opening]
  if (closing === undefined) return false
  const reading = readingOf(state.env)
  const ends = formulaEnd(reading, state.src, lineStart(state, start) + 2, closing)
  const mayBeOpen = reading.open && end - start < MOST_LINES
  if (!mayBeOpen && (!ends.may || !endsLine(state.src, ends.at + 2) || ends.at - lineStart(state, start) > 2 * MOST)) return false
  const found = closingLine(state, start, end, closing)
  if (found === null) return false
  const source = state.getLines(start, found.line + 1, state.blkIndent, false).trim()
  if (found.whole && !CONTENT.test(source)) {
    ends.may = false
    return false
  }
  if (silent) return true
  const token = state.push('maths', 'math', 0)
  token.block = true
  token.map = [start, found.line + 1]
  setFormula(token, source, found.whole ? source.slice(2, -2) : null, true)
  state.line = found.line + 1
  return true
}

function closingLine(state: StateBlock, start: number, end: number, closing: string): { readonly line: number; readonly whole: boolean } | null {
  let length = 0
  for (let line = start; line < Math.min(end, start + MOST_LINES) && length < MOST; line += 1) {
    if (line > start && !state.isEmpty(line) && indentOf(state, line) < 0) return null
    const text = lineText(state, line).trimEnd()
    const at = text.indexOf(closing, line === start ? 2 : 0)
    if (at >= 0) return at === text.length - 2 && length + at > 2 ? { line, whole: true } : null
    length += text.length + 1
  }
  const rest = end - start < MOST_LINES && length < MOST && end === state.lineMax && state.level === 0
  return rest && readingOf(state.env).open ? { line: end - 1, whole: false } : null
}

/** What could close a formula that opens before `from`: looked for once for all that open before it, not once for each. */
function formulaEnd(reading: Reading, src: string, from: number, closing: string): FormulaEnd {
  const known = reading.formulaEnds.get(closing)
  if (known?.src === src && known.from <= from && (known.at < 0 || from <= known.at)) return known
  const at = src.indexOf(closing, from)
  const next = { src, from, at, may: at >= 0 }
  reading.formulaEnds.set(closing, next)
  return next
}

function endsLine(src: string, at: number): boolean {
  const end = src.indexOf('\n', at)
  return src.slice(at, end < 0 ? src.length : end).trim() === ''
}

function inline(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state
  const mark = src.charAt(pos)
  if (mark !== '$' && mark !== '\\') return false
  const found = mark === '$' && src.charAt(pos + 1) !== '$' ? dollars(src, pos, posMax) : bracketed(readingOf(state.env), src, pos, posMax)
  if (!found) return false
  if (!silent) setFormula(state.push('maths', 'math', 0), src.slice(pos, found.end), found.tex, found.display)
  state.pos = found.end
  return true
}

interface Found {
  readonly tex: string
  readonly end: number
  readonly display: boolean
}

function bracketed(reading: Reading, src: string, pos: number, posMax: number): Found | null {
  const opening = src.slice(pos, pos + 2)
  const closing = CLOSINGS[opening]
  // Between quotation marks a pattern is more likely.
  if (closing === undefined || !isFreeBefore(src, pos) || '\'"'.includes(src.charAt(pos - 1) || ' ')) return null
  const ends = formulaEnd(reading, src, pos + 2, closing)
  const end = ends.at + 2
  if (!ends.may || end > Math.min(posMax, pos + 2 + MOST)) return null
  const tex = src.slice(pos + 2, ends.at)
  // Neither does a formula end here that opens later: what it holds is the end of this one.
  ends.may = CONTENT.test(tex) && (end === posMax || isFreeAfter(src, end, posMax))
  if (!ends.may || (opening === '$$' && tex.includes('$'))) return null
  return { tex, end, display: opening !== '\\(' }
}

function dollars(src: string, pos: number, posMax: number): Found | null {
  if (!isFreeBefore(src, pos) || /[\s$]/.test(src.charAt(pos + 1))) return null
  let at = pos + 1
  for (const end = Math.min(posMax, pos + MOST_WITHIN_WORDS); at < end && src.charAt(at) !== '$'; at += 1) {
    if (src.charAt(at) === '\n' || src.charAt(at) === '`') return null
    if (src.charAt(at) === '\\') at += 1
  }
  const tex = src.slice(pos + 1, at)
  if (at >= posMax || src.charAt(at) !== '$' || /\s$/.test(tex) || !isFreeAfter(src, at + 1, posMax) || !isFormula(tex)) return null
  return { tex, end: at + 1, display: false }
}

/** Whether it can be no price, no name of a shell and no sentence between two of them. */
function isFormula(tex: string): boolean {
  if (!CONTENT.test(tex)) return false
  const plain = tex.replace(/\\[a-zA-Z]+(?:\{[^{}]*\})?/g, '')
  if (/^\d[\d.,]*\s+\p{L}{2,}/u.test(plain) || /\p{L}{3,}\s+\p{L}{2,}/u.test(plain)) return false
  if (TEX.test(tex)) return !/^[A-Z_]{2,}\b/.test(tex)
  return SHORT.test(tex) || (SIGNS.test(tex) && !LONG_WORD.test(tex) && !/^\d+(?:[.,]\d+)?\s*[-/(,]/.test(tex))
}

function isFreeBefore(src: string, pos: number): boolean {
  const before = src.charAt(pos - 1)
  return before === '' || (FREE_BEFORE.test(before) && !/[а-яёα-ωà-ÿ]/iu.test(before))
}

function isFreeAfter(src: string, end: number, posMax: number): boolean {
  const after = end < posMax ? src.charAt(end) : ''
  return after === '' || (FREE_AFTER.test(after) && !/[а-яёα-ωà-ÿ]/iu.test(after))
}

/** `tex`: null while it is not whole. */
function setFormula(token: Token, source: string, tex: string | null, display: boolean): void {
  token.content = tex ?? ''
  token.markup = source
  token.info = tex === null ? 'source' : display ? 'display' : 'inline'
}
