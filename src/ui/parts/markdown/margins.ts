// Which lines belong to a quotation or to an item of a list: those that are marked or indented as theirs. Words at the margin
// below are their author's own, never put into somebody else's mouth.
import type { MarkdownIt, StateBlock, Token } from 'markdown-it'
import { indentOf, lineText, readingOf } from './reading'
import { ruleOf } from './rule-of'

type Rule = (state: StateBlock, start: number, end: number, silent: boolean) => boolean

const QUOTED = /^>(?:[ \t]|$)/
/** The schedule of a cron job and the like, which would become lists within lists. */
const STARS = /^\*(?: \*){2,} \S/
const NUMBERED = /^(\d{1,9})[.)][ \t]+\S/

export function margins(md: MarkdownIt): void {
  around(md, 'blockquote', quotation)
  around(md, 'list', list)
  md.block.ruler.before('list', 'margin', isOwnLine, { alt: ['paragraph', 'reference'] })
}

function around(md: MarkdownIt, name: string, ours: (rule: Rule) => Rule): void {
  const known = ruleOf(md.block.ruler, name)
  md.block.ruler.at(name, ours(known.fn), { alt: [...known.alt] })
}

/** Ends before the first line without its mark: what `>5` says is no quotation either. */
function quotation(rule: Rule): Rule {
  return (state, start, end, silent) => {
    if (!QUOTED.test(lineText(state, start))) return false
    if (silent) return rule(state, start, end, true)
    let last = start + 1
    while (last < end && indentOf(state, last) >= 0 && indentOf(state, last) < 4 && QUOTED.test(lineText(state, last))) last += 1
    const { lineMax } = state
    state.lineMax = last
    const made = within(state, -1, () => rule(state, start, last, false))
    state.lineMax = lineMax
    return made
  }
}

function list(rule: Rule): Rule {
  return (state, start, end, silent) => {
    if (STARS.test(lineText(state, start).replace(/(?:\* )+$/, ''))) return false
    if (silent) return goesOn(state, start) || rule(state, start, end, true)
    const made = within(state, state.sCount[start] ?? 0, () => rule(state, start, end, false))
    if (made && state.level === 0) readingOf(state.env).counted = countedIn(state.tokens) ?? readingOf(state.env).counted
    return made
  }
}

/** Whether a line ends the paragraph before it because it stands no further in than the mark of the list around. */
function isOwnLine(state: StateBlock, line: number, _end: number, silent: boolean): boolean {
  return silent && (state.sCount[line] ?? 0) <= readingOf(state.env).margin
}

/** Whether it goes on counting the list before, below words at the margin: `1. a`, some words, `2. b`. */
function goesOn(state: StateBlock, line: number): boolean {
  if (state.parentType !== 'paragraph' || state.level > 0 || indentOf(state, line) >= 4) return false
  return Number(NUMBERED.exec(lineText(state, line))?.[1]) === readingOf(state.env).counted + 1
}

/** The number of the last item, where the last list of the text itself has numbers. */
export function countedIn(tokens: readonly Token[]): number | undefined {
  const item = tokens.findLast(({ type, level }) => type === 'list_item_open' && level === 1)
  return item?.info ? Number(item.info) : undefined
}

function within(state: StateBlock, margin: number, act: () => boolean): boolean {
  const reading = readingOf(state.env)
  const before = reading.margin
  reading.margin = margin
  const made = act()
  reading.margin = before
  return made
}
