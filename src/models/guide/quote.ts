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
  const cut = withoutHalves(line.slice(start, start + LONGEST))
  return `${start > 0 ? '…' : ''}${inert(cut)}${start + LONGEST < line.length ? '…' : ''}`
}

/** Plain addresses stay links; one that names a user is none. */
const ADDRESS = /\bhttps?:\/\/[\w\-.~:/?#!$&*+,;=%()]*[\w\-~/#$&+=%](?![^\s<>]*@)/g
/** What would begin a block at the beginning of a line, or keep emphasis from holding what it is put around. */
const AT_AN_END = /^[!#$%+\-./:;=?{}]|(?<=^\d{1,9})[.)](?=\s|$)|[/{@&]$/g
/** Only a list has boxes to tick, and reads them last, when references are signs again: a sign that nobody sees keeps it from one. */
const BOX = /^&#91;[ xX]&#93;(?=\s)/

/**
 * Text as it is, whatever it would mean in Markdown, on one line. Signs that may mean something are written as character references: of a
 * backslash our Markdown shows what it need not have, and reads one before a bracket as the beginning of a formula.
 */
export function inert(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  let written = ''
  let from = 0
  for (const { index, 0: address } of line.matchAll(ADDRESS)) {
    written += `${inReferences(line.slice(from, index))}<${address}>`
    from = index + address.length
  }
  return (written + inReferences(line.slice(from))).replace(AT_AN_END, reference).replace(BOX, '$&&#8288;')
}

function inReferences(text: string): string {
  return text.replace(/[\\`*[\]<>|~&$^=]|(?<![\w.+-])@|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/\/)|(?<=\bmailto):/giu, reference)
}

function reference(sign: string): string {
  return `&#${sign.charCodeAt(0)};`
}

/** Without the half of a sign at either end. */
function withoutHalves(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
}

/** The text without what of `characters` it ends in. A pattern for this would be tried from each of them anew. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
