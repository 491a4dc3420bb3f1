// What lines keep of themselves: how far they are indented, and a `>` or stars that are no marks.
import type { MarkdownIt, StateBlock, StateCore, StateInline } from 'markdown-it'
import { lineText } from './reading'

/** The schedule of a cron job and the like, which would become lists within lists. */
const STARS = /^\*(?: \*){2,} \S/

export function lines(md: MarkdownIt): void {
  md.inline.ruler.at('newline', newline)
  guard(md, 'blockquote', (state, line) => /^>(?:[ \t]|$)/.test(lineText(state, line)))
  guard(md, 'list', (state, line) => !STARS.test(lineText(state, line).replace(/(?:\* )+$/, '')))
  md.core.ruler.after('inline', 'first_indent', firstIndent)
}

/** The rule holds only where a line may begin it. */
function guard(md: MarkdownIt, name: string, begins: (state: StateBlock, line: number) => boolean): void {
  const rule = md.block.ruler.__rules__.find((known) => known.name === name)
  if (!rule) throw new Error(`the parser has no ${name}`)
  const { fn, alt } = rule
  md.block.ruler.at(name, (state, start, end, silent) => begins(state, start) && fn(state, start, end, silent), { alt: [...alt] })
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

/** Where later lines of a paragraph are indented, its first line keeps its own indentation too. */
function firstIndent(state: StateCore): void {
  let [line, start] = [0, 0]
  for (const [at, token] of state.tokens.entries()) {
    if (token.type !== 'inline' || token.level !== 1 || state.tokens[at - 1]?.type !== 'paragraph_open' || !token.map) continue
    for (; line < token.map[0]; line += 1) start = state.src.indexOf('\n', start) + 1
    const indent = /\n[ \t]/.test(token.content) ? /^[ \t]*/.exec(state.src.slice(start, start + 40))?.[0] : ''
    if (!indent) continue
    const words = new state.Token('text', '', 0)
    words.content = indent
    token.children?.unshift(words)
  }
}
