// A message as a tool shows it: who said it, when, and as much of it as says something.
import type { FoundMessage } from '../../models/room-reader'

/** Of a message, in characters. */
const LONGEST = 400
/** Before the word that was looked for. */
const BEFORE = 80

/** `around`: the word that the message was found by, if by any. */
export function shown({ seq, author, kind, text, createdAt }: FoundMessage, around = '', most = LONGEST) {
  return { number: seq, author, kind, at: new Date(createdAt).toISOString(), text: excerpt(text, around, most) }
}

function excerpt(text: string, around: string, most: number): string {
  if (text.length <= most) return text
  const at = around === '' ? 0 : text.toLowerCase().indexOf(around.toLowerCase())
  const start = at > most - BEFORE ? at - BEFORE : 0
  const end = start + most
  return `${start > 0 ? '…' : ''}${text.slice(start, end).toWellFormed()}${end < text.length ? '…' : ''}`
}
