// The room's memory as the tools of one turn have it: in the name of whoever asked for the turn.
import { forget } from '../../agents/tools/forget'
import { offered } from '../../agents/tools/offered'
import { type Notes, remember } from '../../agents/tools/remember'
import type { MemberId } from '../../conversation/ids'
import { folded } from '../../conversation/memory'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { ToolSource, TurnFacts } from '../turns/tools-for'
import type { RoomMemory } from './room-memory'

/** Notes that are told when words fit several, at most. */
const MOST_TOLD = 5

export function memoryTools(memory: RoomMemory): ToolSource {
  return (turn) => {
    const notes = notesFor(memory, turn)
    return [offered(remember(notes)), offered(forget(notes))]
  }
}

export function notesFor(memory: RoomMemory, { reply, agent, asker }: TurnFacts): Notes {
  return {
    add: (fact) => {
      if (asker === null) return nobody()
      const source = reply.metadata.replyTo
      return memory.add(asker, { fact, agent: agent.name, ...(source === undefined ? {} : { source }) })
    },
    remove: (words) => (asker === null ? nobody() : removed(memory, asker, words)),
  }
}

/** Refuses also: no_such_message for words that no note or several have. */
function removed(memory: RoomMemory, asker: MemberId, words: string): Result<string> {
  const sought = folded(words)
  const all = memory.all()
  const exact = all.filter(({ value }) => folded(value.fact) === sought)
  const found = exact.length > 0 ? exact : all.filter(({ value }) => folded(value.fact).includes(sought))
  const [first, second] = found
  if (!first) return refuse('no_such_message', all.length === 0 ? 'This room has no notes.' : 'No note of this room says that.')
  if (second) return refuse('no_such_message', `Several notes say that. Which one? ${told(found.map(({ value }) => value.fact))}`)
  const gone = memory.remove(asker, first.id)
  return gone.ok ? accept(first.value.fact) : gone
}

function told(facts: readonly string[]): string {
  const shown = facts.slice(0, MOST_TOLD).map((fact) => JSON.stringify(fact))
  return facts.length > MOST_TOLD ? `${shown.join(', ')} and ${facts.length - MOST_TOLD} more.` : `${shown.join(', ')}.`
}

function nobody(): Result<never> {
  return refuse('not_a_member', 'Nobody who is still known asked for this.')
}
