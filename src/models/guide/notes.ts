// The room's memory, by its tools: the guide notes what it is told to, and forgets it.
import type { Means } from './means'
import type { Question } from './question'
import { inert } from './quote'

const POLITE = String.raw`^(?:(?:please|can you|could you)\s+)*`
const REMEMBER = new RegExp(String.raw`${POLITE}(?:remember|note|keep in mind)(?:\s+that\b|\s*:)\s*(.{2,})$`, 'is')
const FORGET = new RegExp(String.raw`${POLITE}forget(?:\s+(?:that|about)\b|\s*:)\s*(.{2,})$`, 'is')
const RECALL = /^what (?:do|can) you (?:remember|know about (?:us|this room))\b/i

export function notes({ text }: Question, means: Means): string | null {
  if (RECALL.test(text))
    return 'What this room remembers stands on the page **Memory**, in the menu of the room. A language model in my place would know it by heart.'
  const fact = REMEMBER.exec(text)?.[1]
  if (fact !== undefined) {
    const noted = means.remember(sentence(fact))
    return noted === null ? null : `Noted for this room: “${inert(noted)}” Everybody here can change it, or take it away, on the page **Memory**.`
  }
  const words = FORGET.exec(text)?.[1]
  if (words === undefined) return null
  const forgotten = means.forget(words.trim().replace(/[.!]+$/, ''))
  return forgotten === null ? null : `Forgotten: “${inert(forgotten)}”`
}

/** With a capital and an end, as a note is read by itself. */
function sentence(fact: string): string {
  const said = fact.trim()
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?…]$/.test(said) ? '' : '.'}`
}
