// The few HTML tags that Markdown has no marks for: br, sub, sup and kbd within words, details and summary around blocks.
// Only these, without attributes, and only in pairs; anything else that looks like HTML is words as they were typed.
import type { MarkdownIt, StateBlock, StateInline, Token } from 'markdown-it'
import { indentOf, lineText, readingOf } from './reading'

const TAG = /<(\/?)(br|sub|sup|kbd) ?(\/?)>/iy
const DETAILS = /^<details(?: open)?> ?(?:<summary>(.{0,400}?)<\/summary>)?$/i
const SUMMARY = /^<summary>(.{0,400}?)<\/summary>$/i
/** Tags that are closed at the end of a text that grows, at most: each closing is one word more than was written. */
const MOST_OPEN = 16
const END = /^<\/details>$/i

export function tags(md: MarkdownIt): void {
  md.block.ruler.before('reference', 'details', details, { alt: ['paragraph', 'reference', 'blockquote'] })
  md.inline.ruler.before('autolink', 'tag', tag)
  md.inline.ruler2.before('fragments_join', 'tags', pair)
}

function tag(state: StateInline, silent: boolean): boolean {
  TAG.lastIndex = state.pos
  const [whole, slash = '', name = '', selfClosed = ''] = TAG.exec(state.src) ?? []
  if (whole === undefined) return false
  const kind = name.toLowerCase()
  if (kind === 'br' ? slash !== '' : selfClosed !== '') return false
  if (!silent) {
    const token = state.push(kind === 'br' ? 'hardbreak' : 'tag', kind, 0)
    token.content = whole
    token.info = slash
  }
  state.pos += whole.length
  return true
}

/** Tags that open and close within the same markup become an element; the others stay words. */
function pair(state: StateInline): void {
  const around: Token[] = []
  for (const token of state.tokens) {
    const last = around.at(-1)
    if (token.type === 'tag' && token.info === '') around.push(token)
    else if (token.type === 'tag' && last?.type === 'tag' && last.tag === token.tag) join(last, token, around)
    else if (token.nesting > 0) around.push(token)
    else if (token.nesting < 0) while (around.pop()?.type === 'tag');
  }
  if (readingOf(state.env).atEnd) {
    for (let last = around.at(-1), closed = 0; last?.type === 'tag' && closed < MOST_OPEN; last = around.at(-1), closed += 1) {
      join(last, state.push('tag', last.tag, 0), around)
    }
  }
  for (const token of state.tokens) if (token.type === 'tag') token.type = 'text'
}

function join(open: Token, close: Token, around: Token[]): void {
  open.type = 'tag_open'
  open.nesting = 1
  open.markup = open.content
  close.type = 'tag_close'
  close.nesting = -1
  close.markup = close.content
  around.pop()
}

/** `<details>` on a line of its own, up to its `</details>` or the end of what it stands in. */
function details(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (indentOf(state, start) >= 4) return false
  const opening = DETAILS.exec(lineText(state, start).trimEnd())
  if (!opening) return false
  if (silent) return true
  const last = endOfDetails(state, start, end)
  const below = opening[1] === undefined && start + 1 < last ? SUMMARY.exec(lineText(state, start + 1).trim()) : null
  const open = state.push('details_open', 'details', 1)
  open.map = [start, last]
  state.push('summary_open', 'summary', 1)
  const words = state.push('inline', '', 0)
  words.content = (opening[1] ?? below?.[1] ?? '').trim() || 'Details'
  words.children = []
  state.push('summary_close', 'summary', -1)
  const { lineMax, parentType } = state
  state.lineMax = last
  state.parentType = 'details'
  state.md.block.tokenize(state, start + (below ? 2 : 1), last)
  state.lineMax = lineMax
  state.parentType = parentType
  state.push('details_close', 'details', -1)
  state.line = Math.min(last + 1, end)
  return true
}

/** The line of the tag that closes it; the first line behind all, when there is none. */
function endOfDetails(state: StateBlock, start: number, end: number): number {
  let depth = 0
  for (let line = start; line < end; line += 1) {
    if (line > start && !state.isEmpty(line) && indentOf(state, line) < 0) return line - 1
    const text = lineText(state, line).trimEnd()
    if (DETAILS.test(text)) depth += 1
    else if (END.test(text)) depth -= 1
    if (depth === 0) return line
  }
  return end
}
