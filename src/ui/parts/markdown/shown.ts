// Whether anything of a block is seen on the screen. Signs that were typed and would become nothing stand as they were typed.
import type { Token } from 'markdown-it'
import { isBlank } from '../../../conversation/message'

/** They are seen whatever is in them. */
const SEEN: ReadonlySet<string> = new Set(['hr', 'mention', 'footnote', 'checkbox', 'link_open', 'reference_definition', 'details_open', 'footnote_open'])
/** They are seen when their content is. */
const CONTENT: ReadonlySet<string> = new Set(['text', 'text_special', 'code_inline', 'fence', 'code_block', 'plain', 'maths'])

export function showsSomething(tokens: readonly Token[]): boolean {
  return tokens.some(({ type, info, content, children }) => {
    if (children) return showsSomething(children)
    // A formula that is not whole, or beyond the budget, is its source.
    return SEEN.has(type) || (type === 'maths' && info === 'source') || (CONTENT.has(type) && !isBlank(content))
  })
}
