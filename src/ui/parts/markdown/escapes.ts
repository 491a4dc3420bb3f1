// A backslash goes only where it keeps the character behind it from being a mark. Everywhere else it was meant: paths,
// patterns, TeX, the arms of ¯\_(ツ)_/¯.
import type { MarkdownIt, StateInline } from 'markdown-it'
import { wouldMark } from './emphasis'
import { readingOf } from './reading'

/** What begins a block at the beginning of a line, and would without the backslash. */
const BLOCK = /^(?:[-+*](?=\s|$)|#{1,6}(?=\s|$)|>(?=\s|$)|[-*_]{3,}\s*$)/m
const NUMBERED = /(?:^|\n)[ \t]*\d{1,9}$/
const ENTITY = /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i
const TAG = /^<(?:\/?(?:br|sub|sup|kbd) ?\/?>|[a-z][a-z\d+.-]{1,31}:)/i
/** How far ahead a link is looked for that a bracket would begin. */
const LOOK = 400
/** No name is longer, in characters. */
const WORD = 120

export function escapes(md: MarkdownIt): void {
  md.inline.ruler.at('escape', escape)
}

function escape(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src.charAt(pos) !== '\\') return false
  // Two stay two, and neither escapes anything.
  const stays = src.charAt(pos + 1) === '\\'
  if (!stays && !(pos + 1 < posMax && isNeeded(state))) return false
  if (!silent) {
    const token = state.push('text_special', '', 0)
    token.markup = src.slice(pos, pos + 2)
    token.content = stays ? token.markup : src.charAt(pos + 1)
    token.info = 'escape'
  }
  state.pos = pos + 2
  return true
}

/** Whether the character behind the backslash would be a mark without it. */
function isNeeded(state: StateInline): boolean {
  const { src, pos, posMax: end } = state
  const character = src.charAt(pos + 1)
  if (beginsLine(src, pos) && BLOCK.test(src.slice(pos + 1, pos + 90).split('\n', 1)[0] ?? '')) return true
  switch (character) {
    case '_':
      return wouldMark(src, pos, end) || isWithinName(src, pos)
    case '*':
      return wouldMark(src, pos, end)
    case '~':
      return (src.startsWith('\\~\\~', pos) || src.startsWith('\\~', pos - 2) || src.charAt(pos + 2) === '~') && wouldMark(src, pos, end)
    case '`':
      return src.includes('`', pos + 2) || src.lastIndexOf('`', pos - 1) >= 0
    case '.':
    case ')':
      return NUMBERED.test(src.slice(Math.max(0, pos - 20), pos)) && /^\s/.test(src.slice(pos + 2, pos + 3))
    case '[':
    case ']':
      return /\]\(|\]\[|\]:/.test(src.slice(Math.max(0, pos - 1), pos + LOOK)) || isLabel(state)
    case '!':
      return src.charAt(pos + 2) === '['
    case '&':
      return ENTITY.test(src.slice(pos + 1, pos + 40))
    case '<':
      return TAG.test(src.slice(pos + 1, pos + 40))
    default:
      return false
  }
}

/**
 * Whether it stands within a name such as `snake\_case`. An underscore marks nothing there, yet models write it so, and nobody else
 * does: unless there is a sign of a path or of TeX in the same word.
 */
function isWithinName(src: string, pos: number): boolean {
  const before = /[\p{L}\p{N}_\\/:]*$/u.exec(src.slice(Math.max(0, pos - WORD), pos))?.[0] ?? ''
  const after = /^[\p{L}\p{N}_\\/:]*/u.exec(src.slice(pos + 2, pos + WORD))?.[0] ?? ''
  return /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after) && !/[/:]|\\(?!_)/.test(before + after)
}

/** Whether it stands before the label of something that is defined. */
function isLabel({ src, pos, env, md }: StateInline): boolean {
  const label = /^\[([^[\]]{1,200})\]/.exec(src.slice(pos + 1, pos + 210))?.[1]
  return label !== undefined && Object.hasOwn(readingOf(env).references, md.utils.normalizeReference(label))
}

function beginsLine(src: string, pos: number): boolean {
  const before = src.slice(Math.max(0, pos - 4), pos)
  return before.slice(before.lastIndexOf('\n') + 1).trim() === '' && (pos < 4 || before.includes('\n'))
}
