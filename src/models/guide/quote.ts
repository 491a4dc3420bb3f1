// Other people's messages inside the guide's answers: short, on one line, and with no Markdown of their own.
import type { FoundMessage } from '../room-reader'
import { moment } from './time-of-day'

/** The most of a message that is quoted, in characters. */
const LONGEST = 160

/** One message as an item of a list; `word`, when it is there, is what the quotation is about. */
export function listed(message: FoundMessage, word = ''): string {
  return `- **${inert(message.author)}**, ${moment(message.createdAt)}: ${quote(message.text, word)}`
}

/** A message's words around `word`, or its first ones. */
export function quote(text: string, word = ''): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const at = word === '' ? -1 : line.toLowerCase().indexOf(word.toLowerCase())
  const start = at > LONGEST - 40 ? at - 40 : 0
  const cut = line.slice(start, start + LONGEST)
  return `${start > 0 ? '…' : ''}${inert(cut)}${start + LONGEST < line.length ? '…' : ''}`
}

/** Text as it is, whatever it would mean in Markdown, within a line. Plain addresses stay whole, so that they stay links. */
export function inert(text: string): string {
  return text.replace(/(\bhttps?:\/\/[\w\-.~:/?#@!$&+,;=%]+)|[\\`*_[\]<>|~&]/g, (found, address?: string) => address ?? `\\${found}`)
}

/** The text without what of `characters` it ends in. A pattern for this would be tried from each of them anew. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
