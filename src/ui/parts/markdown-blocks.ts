// Cuts Markdown into blocks. Never throws: text that would cost too much to read as Markdown is one block, as it was typed.
import { lexer, type MarkedToken, type Token } from 'marked'
import remend from 'remend'

export interface Block {
  /** Two blocks with the same source look the same. */
  readonly source: string
  readonly token: MarkedToken
}

/** Emphasis marks in one message. Matching them is quadratic in marked: 16,000 took 1.7 s, 1,500 take about 15 ms. */
const MAX_EMPHASIS = 1_500

/**
 * The blocks of `text`. While `streaming` more may follow, and markup that is still open is closed, so that half a link is
 * never shown. A line break is one on the screen: in chats, people and models mean it.
 */
export function blocksOf(text: string, streaming: boolean): readonly Block[] {
  if (isHostile(text)) return [plain(text)]
  try {
    const tokens = lexer(streaming ? remend(text, { linkMode: 'text-only' }) : text, { gfm: true, breaks: true })
    // A link defined further down changes how an earlier block looks, so its definitions belong to every source.
    const definitions = Object.keys(tokens.links).join(' ')
    return known(tokens)
      .filter((token) => token.type !== 'space' && token.type !== 'def')
      .map((token) => ({ source: `${definitions}\n${token.raw}`, token }))
  } catch {
    // Thousands of nested quotes or lists exhaust the stack. Such a text is shown as it was typed.
    return [plain(text)]
  }
}

/** marked types a token as "one of mine or anything at all" for its extensions. We install none. */
export function known(tokens: readonly Token[]): readonly MarkedToken[] {
  return tokens as readonly MarkedToken[]
}

function isHostile(text: string): boolean {
  let marks = 0
  for (const character of text) {
    if ((character === '_' || character === '*' || character === '~') && ++marks > MAX_EMPHASIS) return true
  }
  return /^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*){100}/m.test(text)
}

function plain(text: string): Block {
  return { source: text, token: { type: 'html', raw: text, text, pre: false, block: true } }
}
