// Asking another agent of the room, by the tool for it: “ask Scout where the boat leaves”.
import type { Means } from './means'
import type { Question } from './question'
import { inert } from './quote'

const ASKS = /^(?:(?:please|can you|could you)\s+)*ask\s+@?([\p{L}\p{N}_-]{1,40})[,:]?\s+(?:(?:about|to|whether|if|for)\s+)?(.{2,})$/isu

/** Whether a text asks an agent for something, and so says nothing itself that anybody looks for. */
export function asksAnAgent(text: string): boolean {
  return ASKS.test(text.replace(/^@\S+\s+/, ''))
}

export function colleague({ text }: Question, means: Means): string | null {
  const [, named = '', wanted = ''] = ASKS.exec(text) ?? []
  if (named === '') return null
  const sought = named.toLowerCase()
  const other = means.others.find(({ handle, name }) => handle.toLowerCase() === sought || name.toLowerCase() === sought)
  // Whoever is asked and not here is a slip, of which more is said in its place.
  if (!other) return null
  const answer = means.askAgent(other.handle, wanted.trim())
  return answer === null ? null : `I asked **${inert(other.name)}**, whose answer stands below.`
}
