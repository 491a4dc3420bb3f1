// Searching the room: what people said, newest first.
import type { Means } from './means'
import { LONGEST_QUESTION, type Question } from './question'
import { inert, listed, withoutEnd } from './quote'

const SHOWN = 8

const ASKS = [
  /^(?:(?:please|can you|could you)\s+)*(?:search|find|grep|look(?=\s+(?:for|up)\s))(?:\s+(?:this room|the room|here|messages?|everything|anything))?(?:\s+(?:for|about|with|on|in|up))?\s+(.+)$/is,
  /^(?:who|did (?:anyone|anybody|someone))\s+(?:said|say|mentioned|mention|talked about|talk about|wrote|write)\s+(.+)$/is,
  /^(?:what|when)\s+(?:was|did (?:we|anyone|people))\s+(?:said|say|talk)\s+about\s+(.+)$/is,
]

export function search({ text, seq }: Question, means: Means): string | null {
  const query = queryIn(text)
  if (query === null) return null
  if (query === '') return 'What shall I search for? Write, for example, "search for deploy".'
  const found = means.search(query, 'all', seq).filter((message) => queryIn(message.text) === null)
  const [first] = query.split(/\s+/)
  const shown = found.slice(0, SHOWN).map((message) => listed(message, first))
  if (shown.length === 0) return `Nobody here has said anything with "${inert(query)}" in it. I looked through ${counted(means.searched())}.`
  const heading = found.length > SHOWN ? `The newest ${SHOWN} messages` : counted(found.length).replace(/^./, (letter) => letter.toUpperCase())
  return `${heading} with "${inert(query)}" in ${found.length === 1 ? 'it' : 'them'}, newest first (times are UTC):\n\n${shown.join('\n')}`
}

/** What the text asks to search for; null when it asks no such thing. */
function queryIn(text: string): string | null {
  const question = text
    .slice(0, LONGEST_QUESTION)
    .replace(/^@\S+\s+/, '')
    .trim()
  if (/^(?:search|find)\W*$/i.test(question)) return ''
  for (const pattern of ASKS) {
    const match = pattern.exec(question)
    if (match?.[1]) return withoutEnd(match[1].replace(/^["'“‘]+/, '').trimEnd(), '"\'”’?.! \n\t').trim()
  }
  return null
}

function counted(messages: number): string {
  return messages === 1 ? '1 message' : `${messages} messages`
}
