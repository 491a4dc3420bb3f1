// Definitions of links are bounded: how many there are, how long an address is, and what all that lead there cost. Each is
// looked at again for every block behind it, and each use of one brings its whole address.
import type { MarkdownIt, StateInline } from 'markdown-it'
import { lineStart, lineText, readingOf } from './reading'
import { ruleOf } from './rule-of'

/** Of links, and as many of footnotes. */
export const MOST_DEFINITIONS = 300

/** A line that defines something, in characters. */
const LONGEST = 2_500

/** So many characters of an address cost what a token does. */
const PER_TOKEN = 50

export function definitions(md: MarkdownIt): void {
  const { fn: define } = ruleOf(md.block.ruler, 'reference')
  md.block.ruler.at('reference', (state, start, end, silent) => {
    // Most blocks define nothing, and need not be weighed.
    if (state.src.charAt(lineStart(state, start)) !== '[') return false
    if (Object.keys(readingOf(state.env).references).length >= MOST_DEFINITIONS) return false
    // The address may stand on the line below.
    if ([start, start + 1].some((line) => line < end && lineText(state, line).length > LONGEST)) return false
    return define(state, start, end, silent)
  })
  const { fn: link } = ruleOf(md.inline.ruler, 'link')
  md.inline.ruler.at('link', (state, silent) => {
    const made = state.tokens.length
    const found = link(state, silent)
    if (found && !silent) readingOf(state.env).lent += lentTo(state, made)
    return found
  })
}

/** What the address of a link costs that a definition lends it. */
function lentTo({ tokens }: StateInline, from: number): number {
  const open = tokens.slice(from, from + 2).find(({ type }) => type === 'link_open')
  if (open?.meta?.['label'] === undefined) return 0
  return Math.floor(String(open.attrGet('href') ?? '').length / PER_TOKEN)
}
