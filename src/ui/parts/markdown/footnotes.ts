// Footnotes, shown where they are written: `[^1]: words` is a paragraph under its label, and `[^1]` within words is the
// label, raised. Only for a label that is defined: any other is as it was typed.
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import { MOST_DEFINITIONS } from './definitions'
import { indentOf, lineText, readingOf } from './reading'

const DEFINITION = /^\[\^([^\s[\]]{1,64})\]:[ \t]*/
const REFERENCE = /\[\^([^\s[\]]{1,64})\]/y

export function footnotes(md: MarkdownIt): void {
  md.block.ruler.before('reference', 'footnote', definition, { alt: ['paragraph', 'reference'] })
  md.inline.ruler.before('link', 'footnote', reference)
}

function definition(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (indentOf(state, start) >= 4) return false
  const [mark, label] = DEFINITION.exec(lineText(state, start)) ?? []
  if (mark === undefined || label === undefined) return false
  const known = readingOf(state.env).footnotes
  // The first of a label counts.
  if (known.size >= MOST_DEFINITIONS || known.has(label)) return false
  if (silent) return true
  const next = endOfParagraph(state, start, end)
  known.add(label)
  const open = state.push('footnote_open', 'p', 1)
  open.info = label
  open.map = [start, next]
  const words = state.push('inline', '', 0)
  words.content = state.getLines(start, next, state.blkIndent, false).trim().slice(mark.length)
  words.map = [start, next]
  words.children = []
  state.push('footnote_close', 'p', -1)
  state.line = next
  return true
}

/** As a paragraph ends: at an empty line, or where another block begins. */
function endOfParagraph(state: StateBlock, start: number, end: number): number {
  const rules = state.md.block.ruler.getRules('paragraph')
  const before = state.parentType
  state.parentType = 'paragraph'
  let line = start + 1
  while (line < end && !state.isEmpty(line) && (indentOf(state, line) > 3 || !rules.some((rule) => rule(state, line, end, true)))) line += 1
  state.parentType = before
  return line
}

function reference(state: StateInline, silent: boolean): boolean {
  REFERENCE.lastIndex = state.pos
  const label = REFERENCE.exec(state.src)?.[1]
  if (label === undefined || !readingOf(state.env).footnotes.has(label)) return false
  if (!silent) state.push('footnote', 'sup', 0).content = label
  state.pos += label.length + 3
  return true
}
