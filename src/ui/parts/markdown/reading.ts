// What one reading of a text carries from rule to rule: how much it may still cost, what its definitions are, and
// whether more of it may follow.
import type { Mentions } from './mentions'
import type { Env, StateBlock, Token } from 'markdown-it'

/** Where a link of the form `[words][label]` leads, by its label in markdown-it's normal form. */
export type References = NonNullable<Env['references']>

/**
 * What may still be made, in tokens of the parser. All of it is counted in the order of the text, so that a beginning
 * costs the same whatever follows it: text that grows never turns what was shown into something else.
 */
export interface Budget {
  /** For blocks: paragraphs, items, cells, code. */
  blocks: number
  /** For what stands within lines beside one plain text per block: emphasis, code, links as they are written, line breaks. */
  words: number
  /** For what is found in plain words afterwards: bare addresses, mentions, footnotes and formulas. */
  finds: number
}

/**
 * What a whole message may cost. Text of 32,000 characters that means something stays below (the densest by a
 * tenth, most by far); at the limit a server writes 0.4 MB of HTML.
 */
export const WHOLE_BUDGET: Readonly<Budget> = { blocks: 12_000, words: 10_000, finds: 500 }

export interface Reading extends Env {
  readonly references: References
  readonly footnotes: Set<string>
  readonly budget: Budget
  readonly mentions: Mentions
  /** More text may follow: what is still open is closed, so that half of a link is never shown. */
  readonly open: boolean
  /** How far in the mark of the list around stands, in columns; -1 outside of lists. */
  margin: number
  /** The number of the last item of the text's last list with numbers; NaN before there is one. */
  counted: number
  /** How many of the block tokens were paid for. */
  paid: number
  /** The words being read are the last of a text that is open. */
  atEnd: boolean
  closes: Closes
  /** By the mark that closes a formula: where it stands next. */
  readonly formulaEnds: Map<string, FormulaEnd>
  /** What the addresses of definitions cost in the words being read, beside their tokens. */
  lent: number
}

/** The next mark that closes a formula, from a place on. */
export interface FormulaEnd {
  readonly src: string
  readonly from: number
  /** -1: there is none. */
  readonly at: number
  /** Whether a formula may end there. */
  may: boolean
}

/** What is known of the brackets of the words being read. */
export interface Closes {
  readonly src: string
  /** Where the last one that closes stands. */
  readonly last: number
  /** How many characters were looked through for where one closes. */
  looked: number
}

/** Every rule of ours is only ever run by `readTokens`, which makes the environment. */
export function readingOf(env: Env): Reading {
  return env as Reading
}

/** Code brings a frame and a button along, a table its scroller; any other token costs one. */
const COSTS: Readonly<Record<string, number>> = { fence: 40, code_block: 40, table_open: 10, details_open: 4 }

export function costOf(token: Token): number {
  return COSTS[token.type] ?? 1
}

/** What reading these took from the budget. */
export function costOfAll(tokens: readonly Token[]): Budget {
  const cost = { blocks: 0, words: 0, finds: 0 }
  for (const token of tokens) {
    cost.blocks += costOf(token)
    cost.words += wordsOf(token)
    if (token.type === 'maths' && token.info !== 'source') cost.finds += costOfFormula(token)
    for (const word of token.children ?? []) {
      const { type, markup, info } = word
      if (type === 'maths' && info !== 'source') cost.finds += costOfFormula(word)
      if (type === 'mention' || (type === 'footnote' && info !== 'plain') || (type === 'link_open' && markup === 'linkify' && info !== 'inert')) cost.finds += 1
    }
  }
  return cost
}

/** Drawn, a formula is some elements for each of its characters. */
export function costOfFormula({ content }: Token): number {
  return 2 + Math.ceil(content.length / 50)
}

/** What the words of a block cost when they were read; what was found in them afterwards is not part of it. */
export function wordsOf(token: Token): number {
  const words = token.meta?.['words']
  return typeof words === 'number' ? words : 0
}

/** Where the text of a line begins, after its indentation and the marks of what it stands in. */
export function lineStart(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
}

export function lineText(state: StateBlock, line: number): string {
  return state.src.slice(lineStart(state, line), state.eMarks[line])
}

/** How far a line is indented beyond what it stands in, in columns. */
export function indentOf(state: StateBlock, line: number): number {
  return (state.sCount[line] ?? 0) - state.blkIndent
}
