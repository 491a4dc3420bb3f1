// Keeps what a text becomes within its budget. Beyond it the rest of the text stands as it was typed: never the whole,
// and never what a shorter beginning of the same text showed as markup.
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import { costOf, indentOf, lineStart, lineText, readingOf } from './reading'
import { ruleOf } from './rule-of'

/** Quotes and lists within each other; each level costs stack, and every line of it is looked at once per level. A list takes two. */
const MAX_LEVEL = 32

/** Words in one block that are read for markup, in characters: a growing block is read again with every tick. */
const MAX_WORDS = 40_000

export function withinBudget(md: MarkdownIt): void {
  md.block.ruler.before('table', 'budget', restOfBlocks, { alt: ['list'] })
  const { fn: whole } = ruleOf(md.block.ruler, 'table')
  md.block.ruler.at('table', (state, start, end, silent) => boundedTable(state, start, end, silent, whole), { alt: ['paragraph', 'reference'] })
  md.inline.ruler.before('text', 'budget', restOfWords)
}

type BlockRule = (state: StateBlock, start: number, end: number, silent: boolean) => boolean

/** Called before every block, and silently before every item: pays for what was made since, and takes the rest as it is when nothing is left. */
function restOfBlocks(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  pay(state)
  const spent = readingOf(state.env).budget.blocks <= 0
  if (silent) return spent
  if (!spent && state.level < MAX_LEVEL) return false
  const line = spent ? end : endOfContainer(state, start, end)
  const token = state.push('plain', '', 0)
  token.map = [start, line]
  token.content = state.src.slice(lineStart(state, start), state.eMarks[line - 1]).trimEnd()
  state.line = line
  return true
}

/** The first line that is indented less than what it would stand in. */
function endOfContainer(state: StateBlock, start: number, end: number): number {
  let line = start + 1
  while (line < end && (state.isEmpty(line) || indentOf(state, line) >= 0)) line += 1
  return line
}

function pay(state: StateBlock): void {
  const reading = readingOf(state.env)
  for (; reading.paid < state.tokens.length; reading.paid += 1) {
    const token = state.tokens[reading.paid]
    if (token) reading.budget.blocks -= costOf(token)
  }
}

/** A row of a table costs all its columns, however short its line: the table ends where the budget does. */
function boundedTable(state: StateBlock, start: number, end: number, silent: boolean, whole: BlockRule): boolean {
  if (silent || start + 2 > end) return whole(state, start, end, silent)
  const { budget } = readingOf(state.env)
  const columns = lineText(state, start + 1).split('|').length
  const rows = Math.floor(budget.blocks / (3 * columns + 2)) - 1
  if (rows < 1) return false
  const last = Math.min(end, start + 2 + rows)
  const made = state.tokens.length
  if (!whole(state, start, last, silent)) return false
  keepCells(state, made)
  if (state.line === last && last < end) budget.blocks = 0
  return true
}

/** What a row has beyond its columns stands in its last cell, with its bars: no words vanish. */
function keepCells(state: StateBlock, from: number): void {
  let columns = 0
  for (let at = from; at < state.tokens.length; at += 1) {
    const { type, map } = state.tokens[at] ?? {}
    if (type === 'th_open') columns += 1
    if (type !== 'tr_open' || !map || columns === 0) continue
    const [, ...more] = cellsOf(lineText(state, map[0])).slice(columns - 1)
    const last = state.tokens[at + 3 * columns - 1]
    if (last?.type === 'inline' && more.some((cell) => cell.trim() !== '')) last.content = [last.content, ...more.map((cell) => cell.trim())].join(' | ')
  }
}

/** As the parser's own rule parts a row. */
function cellsOf(row: string): readonly string[] {
  const cells = row.trim().split(/(?<!\\)\|/)
  if (cells[0] === '') cells.shift()
  if (cells.at(-1) === '') cells.pop()
  return cells.map((cell) => cell.replaceAll('\\|', '|'))
}

function restOfWords(state: StateInline, silent: boolean): boolean {
  const { budget, lent } = readingOf(state.env)
  if (state.tokens.length + lent + runAt(state) <= budget.words && state.pos < MAX_WORDS) return false
  if (!silent) state.pending += state.src.slice(state.pos, state.posMax)
  state.pos = state.posMax
  return true
}

/** How many marks of emphasis stand here in a row: the parser makes a token of each before anybody is asked again. */
function runAt({ src, pos, posMax }: StateInline): number {
  const mark = src.charAt(pos)
  if (mark === '' || !'*_~'.includes(mark)) return 0
  let end = pos
  while (end < posMax && src.charAt(end) === mark) end += 1
  return end - pos
}
