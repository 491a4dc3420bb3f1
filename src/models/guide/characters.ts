// The guide in the place of an agent that is there for one thing: each does what a program can do of it, and says what it is [R166].
import { askedBack } from './critic'
import type { Means } from './means'
import type { Question } from './question'
import { inert } from './quote'
import { scouted } from './scout'
import { summed } from './scribe'

export type Character = (question: Question, means: Means) => string

const BY_HANDLE: ReadonlyMap<string, { readonly does: Character; readonly how: string }> = new Map([
  ['scout', { does: scouted, how: 'I look for words in this room, and read no page' }],
  ['scribe', { does: summed, how: 'I sort what was said by the words in it' }],
  ['critic', { does: askedBack, how: 'I ask by patterns' }],
])

/** What the guide says as this agent to whatever it has no other answer to; null for an agent that is there for everything. */
export function characterOf({ as }: Means): Character | null {
  const character = as && BY_HANDLE.get(as.handle)
  if (!character) return null
  const note = `*I am the built-in guide in the place of ${inert(as.name)}, and no language model: ${character.how}.*`
  return (question, means) => `${character.does(question, means)}\n\n${note}`
}
