// Asking another agent of the room, by the tool for it: “ask Scout where the boat leaves”.
import type { Means } from './means'
import type { Question } from './question'
import { inert } from './quote'

const ASKS = /^(?:(?:please|can you|could you)\s+)*ask\s+@?([\p{L}\p{N}_-]{1,40})[,:]?\s+(?:(?:about|to|whether|if|for)\s+)?(.{2,})$/isu

/** Agents that a room may have from a template: whoever asks for one that is not there is told where it comes from. */
const TEMPLATES = ['scout', 'scribe', 'critic', 'builder']

/** Whether a text asks an agent for something, and so says nothing itself that anybody looks for. */
export function asksAnAgent(text: string): boolean {
  return ASKS.test(text.replace(/^@\S+\s+/, ''))
}

export function colleague({ text }: Question, means: Means): string | null {
  const [, named = '', wanted = ''] = ASKS.exec(text) ?? []
  if (named === '') return null
  const sought = named.toLowerCase()
  const other = means.others.find(({ handle, name }) => handle.toLowerCase() === sought || name.toLowerCase() === sought)
  if (!other) {
    if (!TEMPLATES.includes(sought) || sought === means.as?.handle) return null
    return `There is no agent called ${inert(named)} in this room. Its owner adds one on the page **Agents**, in the menu of the room.`
  }
  const answer = means.askAgent(other.handle, wanted.trim())
  return answer === null ? null : `I asked **${inert(other.name)}**, whose answer stands below.`
}
