// What is seen of a link's words, over all of the markup in them: what they name is judged by that alone.
import type { Token } from 'markdown-it'

/** What adjoins a link is read with it, as in `google.[com](…)`: so many characters, of so many tokens. */
const BESIDE = 64
const TOKENS_BESIDE = 12

/** The words of the link that opens at `open`, or null when something in them is drawn, so that nobody can tell what they say. */
export function linkWords(tokens: readonly Token[], open: number): string | null {
  const close = closeOf(tokens, open)
  const within = tokens.slice(open + 1, close)
  if (within.some(({ type, info }) => type === 'maths' && info !== 'source')) return null
  const words = seen(within)
  // A link without words shows its address, and a bare address ends where it ends.
  if (words.trim() === '' || tokens[open]?.markup === 'linkify') return words
  const before = seen(tokens.slice(Math.max(0, open - TOKENS_BESIDE), open))
    .slice(-BESIDE)
    .normalize('NFKC')
  const after = seen(tokens.slice(close + 1, close + 1 + TOKENS_BESIDE))
    .slice(0, BESIDE)
    .normalize('NFKC')
  return `${/[a-z\d.-]*$/i.exec(before)?.[0] ?? ''}${words}${/^[a-z\d.-]*/i.exec(after)?.[0] ?? ''}`
}

/** Links do not stand in links, but for images, which are only their description there. */
function closeOf(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at += 1) {
    depth += tokens[at]?.nesting ?? 0
    if (depth === 0) return at
  }
  return tokens.length
}

function seen(tokens: readonly Token[]): string {
  return tokens.map(seenOf).join('')
}

function seenOf({ type, nesting, info, content, markup }: Token): string {
  if (nesting !== 0) return ''
  if (type.endsWith('break')) return '\n'
  return type === 'maths' && info === 'source' ? markup : content
}
