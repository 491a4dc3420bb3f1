// Whom a message speaks to.
import type { Member } from '../conversation/member'
import { type Mention, mentionsIn } from './mentions'

/**
 * The agents that should answer, each once, in the roster's order: those mentioned anywhere; when none is, the first
 * one, unless the message begins by mentioning one of `people`. Then nobody.
 */
export function addressed<A extends Member>(text: string, roster: readonly A[], people: readonly Member[]): readonly A[] {
  const mentions = mentionsIn(text, [...roster, ...people, ...people.map(byFirstName)])
  const mentioned = roster.filter((agent) => mentions.some(({ member }) => member.id === agent.id))
  if (mentioned.length > 0) return mentioned
  return mentions.some((mention) => beginsWith(text, mention)) ? [] : roster.slice(0, 1)
}

/** "@Ann" speaks to Ann Petrova too. */
function byFirstName(person: Member): Member {
  return { ...person, name: person.name.split(' ')[0] ?? person.name }
}

function beginsWith(text: string, { index }: Mention<Member>): boolean {
  return text.slice(0, index).trim() === ''
}
