// What an agent's model is told before anything that was said: who it is, where, and with whom.
import type { Member } from '../conversation/member'
import { explained } from '../models/spoken'
import type { Speaker } from './roster'

/** The people named to the model, at most; more are only counted. */
const NAMED = 30

/** `marker` tells the lines that say who speaks from what people write. It is explained first, before any word of theirs. */
export function systemPrompt(agent: Speaker, roomName: string, here: readonly Member[], now: number, marker: string): string {
  const today = new Date(now).toISOString().slice(0, 10)
  const time = new Date(now).toISOString().slice(11, 16)
  return [
    explained(marker),
    `You are ${agent.name}, an AI member of the chat room ${quoted(roomName)}, where many people talk together. ${agent.instruction}`,
    `Answer the last message, in the language of the person who wrote it. Address people by name where that helps. You may use Markdown.`,
    `Here now: ${present(agent, here)}. It is ${today}, ${time} UTC.`,
  ].join('\n\n')
}

function present(agent: Speaker, here: readonly Member[]): string {
  const others = here.filter((member) => member.id !== agent.id)
  const names = others.slice(0, NAMED).map((member) => `${quoted(member.name)}${member.kind === 'agent' ? ' (AI agent)' : ''}`)
  const more = others.length > NAMED ? [`${others.length - NAMED} more`] : []
  return names.length === 0 ? 'nobody else' : [...names, ...more].join(', ')
}

/** A name chosen by a person, marked as a name and nothing more. */
function quoted(name: string): string {
  return JSON.stringify(name)
}
