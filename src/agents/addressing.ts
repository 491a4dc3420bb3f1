// Whom a message speaks to.
import { hasAtSign } from '../conversation/at-sign'
import type { Member } from '../conversation/member'
import { LOOKS } from './looks'
import { type Mention, mentionsIn } from './mentions'

/** What may stand before a mention that begins a message: it may be set off by emphasis. */
const MARKS = /^[\s*_~]*$/

export interface Addressed<A extends Member> {
  /**
   * The agents that should answer, each once, in the roster's order: those mentioned anywhere; when none is, the first
   * one, unless the message begins by mentioning one of the people. Then nobody.
   */
  readonly agents: readonly A[]
  /** Every @ with a name behind it that is somebody's here, as it was typed, each once. */
  readonly mentions: readonly string[]
}

/** Whom a message speaks to, among the agents of the `roster` and `people`. */
export function addressees<A extends Member>(text: string, roster: readonly A[], people: readonly Member[]): Addressed<A> {
  const found = hasAtSign(text) ? mentionsIn(text, [...roster, ...people, ...people.map(byFirstName)], LOOKS) : []
  const mentions = [...new Set(found.map(({ typed }) => typed))]
  const mentioned = roster.filter((agent) => found.some(({ member }) => member.id === agent.id))
  if (mentioned.length > 0) return { agents: mentioned, mentions }
  return { agents: found.some((mention) => beginsWith(text, mention)) ? [] : roster.slice(0, 1), mentions }
}

/** The agents among them. */
export function addressed<A extends Member>(text: string, roster: readonly A[], people: readonly Member[]): readonly A[] {
  return addressees(text, roster, people).agents
}

/** "@Ann" speaks to Ann Petrova too. */
function byFirstName(person: Member): Member {
  return { ...person, name: person.name.split(' ')[0] ?? person.name }
}

function beginsWith(text: string, { index }: Mention<Member>): boolean {
  return MARKS.test(text.slice(0, index))
}
