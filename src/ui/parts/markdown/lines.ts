// What lines keep of themselves: that they end, and how far they are indented.
import type { MarkdownIt, StateCore, StateInline } from 'markdown-it'

export function lines(md: MarkdownIt): void {
  md.inline.ruler.at('newline', newline)
  md.core.ruler.after('inline', 'first_indent', firstIndent)
}

/** A line end is one on the screen, and the next line keeps its indentation: code is pasted without a fence. */
function newline(state: StateInline, silent: boolean): boolean {
  if (state.src.charAt(state.pos) !== '\n') return false
  if (!silent) {
    state.pending = state.pending.trimEnd()
    state.push('softbreak', 'br', 0)
  }
  state.pos += 1
  return true
}

/** The first line of a paragraph keeps its indentation as the others do. */
function firstIndent(state: StateCore): void {
  let [line, start] = [0, 0]
  for (const [at, token] of state.tokens.entries()) {
    if (token.type !== 'inline' || token.level !== 1 || state.tokens[at - 1]?.type !== 'paragraph_open' || !token.map) continue
    for (; line < token.map[0]; line += 1) start = state.src.indexOf('\n', start) + 1
    const indent = /^[ \t]*/.exec(state.src.slice(start, start + 40))?.[0]
    if (!indent) continue
    const words = new state.Token('text', '', 0)
    words.content = indent
    token.children?.unshift(words)
  }
}
