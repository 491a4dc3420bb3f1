// The end of a text that still grows. Markup that was begun there is read as if it were closed already: what is half
// written is never shown half, and nothing before the end is touched.
import type { Delimiter, MarkdownIt, StateInline } from 'markdown-it'
import { type Closes, readingOf } from './reading'
import { ruleOf } from './rule-of'

/** A bracket that stays open for longer than this was no link, in characters. */
const LONGEST_LABEL = 300
/** How many times the length of a text is looked through for where its brackets close, and this many characters more: nests of them are quadratic. */
const LOOKED_THROUGH = 8
const LOOKED_AT_LEAST = 10_000
/** Emphasis begun within emphasis, at most. */
const MOST_OPEN = 16

export function openEnd(md: MarkdownIt): void {
  const { fn: backticks } = ruleOf(md.inline.ruler, 'backticks')
  const { fn: link } = ruleOf(md.inline.ruler, 'link')
  md.inline.ruler.at('backticks', (state, silent) => (!silent && openCode(state)) || backticks(state, silent))
  md.inline.ruler.at('link', (state, silent) => (mayClose(state) && link(state, silent)) || (!silent && openLink(state)))
  const { parseLinkLabel } = md.helpers
  md.helpers.parseLinkLabel = (state, start, disableNested) => {
    const closes = closesOf(state)
    if (closes.looked > LOOKED_THROUGH * state.src.length + LOOKED_AT_LEAST) return -1
    const end = parseLinkLabel(state, start, disableNested)
    closes.looked += (end < 0 ? state.posMax : end) - start
    return end
  }
  md.inline.ruler2.after('balance_pairs', 'open_end', closeEmphasis)
}

/** The words of an open end without the marks that it ends in: whether they open or close something is not known yet. */
export function withoutLastMarks(words: string): string {
  let end = words.length
  while (end > 0 && '*_~`'.includes(words.charAt(end - 1))) end -= 1
  const tag = /<\/?[a-z]{0,7}$/i.exec(words.slice(Math.max(0, end - 9), end))
  return words.slice(0, end - (tag?.[0].length ?? 0)).trimEnd()
}

/** A last line that is about to become a rule, an item or a definition, and is not yet. */
export function withoutUndecidedLine(text: string): string {
  const start = text.lastIndexOf('\n') + 1
  return /^ {0,3}(?:-{1,2}|\[[^\]]*\]:.*) *$/.test(text.slice(start, start + 2_000)) ? text.slice(0, start) : text
}

function isOpen(state: StateInline): boolean {
  return readingOf(state.env).atEnd && state.posMax === state.src.length
}

/** Whether a bracket closes at all after this place: what opens and never closes is not looked through again and again. */
function mayClose(state: StateInline): boolean {
  return closesOf(state).last > state.pos
}

function closesOf({ src, env }: StateInline): Closes {
  const reading = readingOf(env)
  if (reading.closes.src !== src) reading.closes = { src, last: src.lastIndexOf(']'), looked: 0 }
  return reading.closes
}

function openCode(state: StateInline): boolean {
  if (state.src.charAt(state.pos) !== '`' || !isOpen(state)) return false
  let start = state.pos
  while (state.src.charAt(start) === '`') start += 1
  const marks = state.src.slice(state.pos, start)
  // Markdown-it knows the last run of each length once it has looked; before that we look.
  if (state.backticksScanned ? (state.backticks[marks.length] ?? -1) >= start : hasRun(state.src, marks, start)) return false
  const code = state.push('code_inline', 'code', 0)
  code.markup = marks
  code.content = state.src.slice(start).replaceAll('\n', ' ')
  state.pos = state.posMax
  return true
}

function hasRun(src: string, marks: string, from: number): boolean {
  for (const run of src.slice(from).matchAll(/`+/g)) if (run[0].length === marks.length) return true
  return false
}

/** Of a link whose address is not whole yet, the words; of one whose words are not, what there is of them. */
function openLink(state: StateInline): boolean {
  if (state.src.charAt(state.pos) !== '[' || state.linkLevel > 0 || !isOpen(state)) return false
  const { pos, posMax, src } = state
  const end = mayClose(state) ? state.md.helpers.parseLinkLabel(state, pos, true) : -1
  if (end < 0) {
    if (posMax - pos > LONGEST_LABEL) return false
    state.pos = pos + 1
    return true
  }
  const after = src.charAt(end + 1)
  if (after === '' ? end - pos < 3 : after !== '(' || src.includes(')', end)) return false
  state.pos = pos + 1
  state.posMax = end
  state.md.inline.tokenize(state)
  state.pos = state.posMax = posMax
  return true
}

/** Closes at the end what was opened and not closed, unless it stands within something that was. */
function closeEmphasis(state: StateInline): void {
  if (!readingOf(state.env).atEnd) return
  const { delimiters } = state
  const open: Delimiter[] = []
  let closedAt = -1
  for (const [at, delimiter] of delimiters.entries()) {
    if (delimiter.end >= 0) closedAt = Math.max(closedAt, delimiter.end)
    else if (delimiter.open && at > closedAt) open.push(delimiter)
  }
  for (const delimiter of open.slice(0, MOST_OPEN).reverse()) {
    state.push('text', '', 0)
    const { marker, length } = delimiter
    delimiter.end = delimiters.length
    delimiter.close = false
    delimiters.push({ marker, ...(length === undefined ? {} : { length }), token: state.tokens.length - 1, end: -1, open: false, close: true })
  }
}
