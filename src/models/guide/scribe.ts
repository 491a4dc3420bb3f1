// Scribe, as far as a program can be: what was said here lately, sorted by words that decide, promise or ask.
import type { FoundMessage } from '../room-reader'
import type { Means } from './means'
import type { Question } from './question'
import { listed } from './quote'

const LOOKED_BACK = 80
const SHOWN = 4

const DECIDED = /\b(?:decided?|agreed?|we(?:['’]ll| will| are going to)|let['’]s|settled|final|approved)\b/i
const TO_DO =
  /\b(?:i(?:['’]ll| will| am going to)|to-?do|(?:by|until) (?:mon|tues|wednes|thurs|fri|satur|sun)day|by tomorrow|deadline|please (?:do|send|write|check|fix))\b/i
const OPEN = /\?\s*$/

export function summed({ seq }: Question, means: Means): string {
  const said = means.newest(LOOKED_BACK).filter((message) => message.kind === 'person' && (seq === null || message.seq < seq))
  if (said.length === 0) return 'Nothing was said here before this, so that there is nothing to sum up.'
  const decided = said.filter(({ text }) => DECIDED.test(text) && !OPEN.test(text))
  const toDo = said.filter((message) => TO_DO.test(message.text) && !decided.includes(message) && !OPEN.test(message.text))
  const open = said.filter(({ text }) => OPEN.test(text))
  const people = new Set(said.map(({ author }) => author)).size
  const opening = `Of the newest ${said.length === 1 ? 'message' : `${said.length} messages`}, by ${people === 1 ? 'one person' : `${people} people`} (times are UTC):`
  const rest = said.filter((message) => ![...decided, ...toDo, ...open].includes(message))
  return [opening, list('Decided, as it reads', decided), list('To do', toDo), list('Open', open), list('Else', rest)]
    .filter((part) => part !== '')
    .join('\n\n')
}

function list(title: string, messages: readonly FoundMessage[]): string {
  if (messages.length === 0) return ''
  return `**${title}**\n\n${messages
    .slice(-SHOWN)
    .map((message) => listed(message))
    .join('\n')}`
}
