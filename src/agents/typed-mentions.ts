// Who is mentioned in a message, as it was typed: so the words of the message are marked for everybody, whatever they know of names.
import { hasAtSign } from '../conversation/at-sign'
import type { Member } from '../conversation/member'
import { LOOKS } from './looks'
import { mentionsIn } from './mentions'

/** Every @ with a name behind it that is somebody's here, each once. An agent is called by its handle too, a person by their first name. */
export function typedMentions(text: string, agents: readonly (Member & { readonly handle: string })[], people: readonly Member[]): readonly string[] {
  if (!hasAtSign(text)) return []
  const called = [...agents, ...agents.map(({ handle, ...agent }) => ({ ...agent, name: handle }))]
  const known = [...people, ...people.map((person) => ({ ...person, name: person.name.split(' ')[0] ?? person.name }))]
  return [...new Set(mentionsIn<Member>(text, [...called, ...known], LOOKS).map(({ typed }) => typed))]
}
