// The room's memory: the guide notes what it is told to, forgets it, and tells what is noted.
import type { Means } from './means'
import type { Question } from './question'
import { pageOf } from './pages'
import { inert, withoutEnd } from './quote'

const POLITE = String.raw`^(?:(?:please|can you|could you)\s+)*`
const REMEMBER = new RegExp(
  String.raw`${POLITE}(?:(?:remember|note|keep in mind)(?:\s+that\b|\s*:)|remember(?=\s+(?:we|our|i|my|to|not|the|he|she|they|it)\b))\s*(.{2,})$`,
  'is',
)
const FORGET = new RegExp(String.raw`${POLITE}forget(?:\s+(?:that|about)\b|\s*:|(?=\s+(?:the|our|my|we)\b))\s*(.{2,})$`, 'is')
const RECALL =
  /^(?:what (?:do|can|did) (?:you|we) (?:remember|note|know about (?:us|this room)|have noted)|what (?:is|was|have you) (?:remembered|noted)|(?:show|list|tell me) (?:me )?(?:the |your |our |all )*(?:notes|memory|memories))\b(?:\s+(?:about|of)\s+(.{2,60}))?/is

/** Told at once: the rest stands on the page. */
const SHOWN = 12

export function notes({ text }: Question, means: Means): string | null {
  const recalled = RECALL.exec(text)
  if (recalled) return told(means, withoutEnd(recalled[1] ?? '', '?.! '))
  const fact = text.endsWith('?') && !/\bthat\b|:/.test(text) ? undefined : REMEMBER.exec(text)?.[1]
  if (fact !== undefined) {
    const noted = means.remember(sentence(fact))
    return noted === null
      ? null
      : `Noted for this room: “${inert(noted)}” Everybody here can change it, or take it away, on the page ${pageOf(means, 'memory')}. Ask me “what do you remember?”`
  }
  const words = FORGET.exec(text)?.[1]
  if (words === undefined) return null
  const forgotten = means.forget(words.trim().replace(/[.!]+$/, ''))
  return forgotten === null ? null : `Forgotten: “${inert(forgotten)}”`
}

/** Those that hold these words, or all where there are none. */
function told(means: Means, about: string): string {
  const { notes: all } = means
  if (all.length === 0) return 'This room has no notes yet. Say “remember that …”, and I note it for everybody.'
  const sought = about
    .toLowerCase()
    .replace(/^(?:the|our|my)\s+/, '')
    .trim()
  const found = all.filter(({ fact }) => fact.toLowerCase().includes(sought))
  if (found.length === 0) return `No note of this room says anything about “${inert(about)}”.`
  const more = found.length > SHOWN ? `The other ${found.length - SHOWN} stand on the page ${pageOf(means, 'memory')}, where each` : 'Each'
  return `This room remembers, newest first:\n\n${found
    .slice(0, SHOWN)
    .map(({ fact, name }) => `- ${inert(fact)} (${inert(name)})`)
    .join('\n')}\n\n${more} can be changed${found.length > SHOWN ? '' : ` on the page ${pageOf(means, 'memory')}`}.`
}

/** With a capital and an end, as a note is read by itself. */
function sentence(fact: string): string {
  const said = fact.trim()
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?…]$/.test(said) ? '' : '.'}`
}
