// The parser: markdown-it with what chats need, and without what they must not have. HTML is never read as HTML.
// Decision 30 says why this one; every rule of ours is linear in the text, as its own are.
import MarkdownIt, { type StateCore, type Token } from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'
import { safeHref } from '../safe-href'
import { withinBudget } from './budget'
import { unmistakableEmphasis } from './emphasis'
import { definitions } from './definitions'
import { escapes } from './escapes'
import { finds } from './finds'
import { footnotes } from './footnotes'
import { imagesAsLinks } from './images'
import { lines } from './lines'
import { margins } from './margins'
import { maths } from './maths'
import type { Mentions } from './mentions'
import { openEnd, withoutLastMarks } from './open-end'
import { type Budget, type Reading, readingOf, type References } from './reading'
import { tags } from './tags'

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: 100 })
  .use(cjkFriendly)
  .use(unmistakableEmphasis)
  .use(escapes)
  .use(maths)
  .use(lines)
  .use(margins)
  .use(openEnd)
  .use(imagesAsLinks)
  .use(footnotes)
  .use(definitions)
  .use(tags)
  .use(finds)
  .use(withinBudget)
parser.normalizeLink = parser.normalizeLinkText = (address) => address
// What leads nowhere is no link, and stays as it was typed: its address would vanish.
parser.validateLink = (address) => safeHref(address) !== null
parser.core.ruler.at('inline', readWords)
// Definitions stay, so that one which nothing refers to can be shown. Line ends are the reader's business.
parser.core.ruler.disable(['normalize', 'strip_references', 'replacements', 'smartquotes'])
// A line of dashes or equal signs below words is a line of its own: what it would make of them, nobody may have meant.
parser.disable(['html_block', 'html_inline', 'lheading'])

export interface Known {
  /** Both gain what the text defines. */
  readonly references: References
  readonly footnotes: Set<string>
  /** Loses what the text costs. */
  readonly budget: Budget
  readonly mentions: Mentions
  /** The number of the last item before the text; NaN without one. */
  readonly counted: number
}

/** The blocks of a text, whose lines end in `\n`. `open`: more may follow. */
export function readTokens(text: string, { references, footnotes: labels, budget, mentions, counted }: Known, open: boolean): readonly Token[] {
  const reading: Reading = {
    references,
    footnotes: labels,
    budget,
    mentions,
    open,
    margin: -1,
    counted,
    paid: 0,
    atEnd: false,
    closes: { src: '', last: -1, looked: 0 },
    formulaEnds: new Map(),
    lent: 0,
  }
  return parser.parse(text, reading)
}

/** The source of a block in place of what it was read as. */
export function asTyped(read: readonly Token[], source: string): readonly Token[] {
  const plain = new parser.core.State(source, parser, {}).Token
  const token = new plain('plain', '', 0)
  token.content = source
  token.map = read[0]?.map ?? null
  return [token]
}

function readWords(state: StateCore): void {
  const reading = readingOf(state.env)
  const last = reading.open ? state.tokens.findLastIndex(({ nesting, type }) => nesting === 0 && type !== 'reference_definition') : -1
  for (const [at, token] of state.tokens.entries()) {
    if (token.type !== 'inline') continue
    token.children = []
    reading.atEnd = at === last
    reading.lent = 0
    state.md.inline.parse(reading.atEnd ? withoutLastMarks(token.content) : token.content, state.md, state.env, token.children)
    // The first is plain text, which every block has and pays for itself.
    const words = Math.max(0, token.children.length - 1) + reading.lent
    token.meta = { words }
    reading.budget.words -= words
  }
}
