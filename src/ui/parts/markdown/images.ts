// An image is a link to it, under its description: an image that is loaded tells whoever serves it who reads, and when.
import type { MarkdownIt, StateInline } from 'markdown-it'

export function imagesAsLinks(md: MarkdownIt): void {
  md.inline.ruler.at('image', image)
}

function image(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('![', state.pos)) return false
  const link = state.md.inline.ruler.__rules__.find(({ name }) => name === 'link')
  const made = state.tokens.length + (state.pending === '' ? 0 : 1)
  state.pos += 1
  if (!link?.fn(state, silent)) {
    state.pos -= 1
    return false
  }
  if (silent) return true
  const [open, close] = [state.tokens[made], state.tokens.at(-1)]
  if (open?.type !== 'link_open' || !close) return true
  open.info = 'image'
  // No link within a link: in one, an image is only its description.
  if (state.linkLevel > 0) open.info = close.info = 'inert'
  return true
}
