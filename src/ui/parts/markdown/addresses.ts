// Bare addresses are looked for in the order of the text, and no longer once as many were found as a message may have:
// what follows stays the text that it is. Marks around an address are none of it, and one with a user name in it is no link.
import type { MarkdownIt, StateInline } from 'markdown-it'
import { readingOf } from './reading'
import { ruleOf } from './rule-of'

/** What a bare address begins with. Anything else with a dot in it may as well be the name of a file. */
const ADDRESS = /^(?:https?:\/\/|mailto:|www\.)/i

/** No address goes beyond a space, so that the words up to one can be looked through by themselves, in characters. */
const PIECE = 2_000

/** An address that names a user before its host: what it seems to lead to is not where it leads. */
const WITH_USER = /https?:\/\/[!"$-.0->A-~]*@[^\s/]*/gi
const WITH_USER_FIRST = new RegExp(`^${WITH_USER.source}`, 'i')
/** Marks and ends of sentences, which no address ends with. */
const LAST = /[.,;:!?*_~|]+$/
/** Marks that no address has within it. One star may be; it ends the address only where one stands right before it. */
const PAIRS: readonly string[] = ['**', '~~', '||']
/** How far back a mark is looked for that an address ends with, in characters. */
const LOOK_BACK = 400

export function isAddress(words: string): boolean {
  return ADDRESS.test(words) || words.includes('@')
}

/** Whether the last thing that was read is a bare address, which ends there. */
export function isBehindAddress({ tokens, pending }: StateInline): boolean {
  const last = tokens.at(-1)
  return pending === '' && last?.type === 'link_close' && last.markup === 'linkify'
}

export function boundedAddresses(md: MarkdownIt): void {
  endAtMarks(md)
  const { fn } = ruleOf(md.core.ruler, 'linkify')
  const match = md.linkify.match.bind(md.linkify)
  let left = 0
  md.linkify.match = (text) => {
    const found: NonNullable<ReturnType<typeof match>> = []
    for (let start = 0; start < text.length && left > 0;) {
      const end = endOfPiece(text, start)
      const piece = text.slice(start, end)
      const users = [...piece.matchAll(WITH_USER)]
      for (const address of match(piece) ?? []) {
        if (users.some((user) => address.index >= user.index && address.index < user.index + user[0].length)) continue
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

/** The parser looks at an address with a scheme before it looks for marks, and would take them along. */
function endAtMarks(md: MarkdownIt): void {
  const { fn } = ruleOf(md.inline.ruler, 'linkify')
  const matchAtStart = md.linkify.matchAtStart.bind(md.linkify)
  let before = ''
  md.linkify.matchAtStart = (text) => {
    if (WITH_USER_FIRST.test(text.slice(0, LOOK_BACK))) return null
    const found = matchAtStart(text)
    if (found) found.url = withoutMarks(found.url, before)
    return found
  }
  md.inline.ruler.at('linkify', (state, silent) => {
    if (!state.src.startsWith('://', state.pos)) return false
    before = state.src.slice(Math.max(0, state.pos - LOOK_BACK), state.pos).replace(/[a-z][a-z\d+.-]{0,9}$/i, '')
    return fn(state, silent)
  })
}

function withoutMarks(address: string, before: string): string {
  const marks = before.endsWith('*') ? [...PAIRS, '*'] : PAIRS
  const ends = marks.flatMap((mark) => (before.includes(mark) ? [address.indexOf(mark)] : [])).filter((at) => at > 0)
  return address.slice(0, Math.min(address.length, ...ends)).replace(LAST, '')
}

function endOfPiece(text: string, start: number): number {
  if (text.length - start <= PIECE) return text.length
  const space = /\s/.exec(text.slice(start + PIECE))
  return space ? start + PIECE + space.index + 1 : text.length
}
