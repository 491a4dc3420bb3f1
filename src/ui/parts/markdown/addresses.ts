// Bare addresses are looked for in the order of the text, and no longer once as many were found as a message may have:
// what follows stays the text that it is.
import type { MarkdownIt } from 'markdown-it'
import { readingOf } from './reading'

/** What a bare address begins with. Anything else with a dot in it may as well be the name of a file. */
const ADDRESS = /^(?:https?:\/\/|mailto:|www\.)/i

/** No address goes beyond a space, so that the words up to one can be looked through by themselves, in characters. */
const PIECE = 2_000

export function isAddress(words: string): boolean {
  return ADDRESS.test(words) || words.includes('@')
}

export function boundedAddresses(md: MarkdownIt): void {
  const [rule] = md.core.ruler.__rules__.filter(({ name }) => name === 'linkify')
  if (!rule) throw new Error('the parser finds no addresses')
  const { fn } = rule
  const match = md.linkify.match.bind(md.linkify)
  let left = 0
  md.linkify.match = (text) => {
    const found: NonNullable<ReturnType<typeof match>> = []
    for (let start = 0; start < text.length && left > 0;) {
      const end = endOfPiece(text, start)
      for (const address of match(text.slice(start, end)) ?? []) {
        address.index += start
        address.lastIndex += start
        found.push(address)
        if (isAddress(address.text)) left -= 1
      }
      start = end
    }
    // Never null: the rule has asked before whether there are any, and takes the answer for an array.
    return found
  }
  md.core.ruler.at('linkify', (state) => {
    left = readingOf(state.env).budget.finds
    fn(state)
  })
}

function endOfPiece(text: string, start: number): number {
  if (text.length - start <= PIECE) return text.length
  const space = /\s/.exec(text.slice(start + PIECE))
  return space ? start + PIECE + space.index + 1 : text.length
}
