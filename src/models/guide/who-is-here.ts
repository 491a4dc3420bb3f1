// Who is in the room now.
import type { Question } from './question'
import type { Present } from '../room-reader'
import type { Means } from './means'
import { inert } from './quote'

const ASKS =
  /^(?:(?:please|hey|so|and|tell (?:me|us))\s+)*(?:who(?:['’]s|\s+is|\s+are|\s+else is)?|is (?:anybody|anyone|somebody|someone))\s+(?:else\s+)?(?:all\s+)?(?:here|there|around|present|online|in (?:this|the) room)\b/i

/** Named, at most. */
const NAMED = 20

export function whoIsHere({ text }: Question, means: Means): string | null {
  if (!ASKS.test(text)) return null
  const here = means.here(NAMED + 1)
  const people = here.filter(({ kind }) => kind === 'person')
  const agents = here.filter(({ kind }) => kind === 'agent')
  if (here.length === 0) return 'I see nobody here.'
  const more = here.length > NAMED ? ', and more' : ''
  const said = people.length === 0 ? 'Nobody is here' : `Here ${people.length === 1 ? 'is' : 'are'} ${names(people)}${more}`
  return agents.length === 0 ? `${said}.` : `${said}; of the agents, ${names(agents)}.`
}

function names(all: readonly Present[]): string {
  const shown = all.slice(0, NAMED).map(({ name }) => `**${inert(name)}**`)
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
