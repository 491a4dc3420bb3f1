// Whether an agent may have a name in a room: people and agents there must be told apart, by sight and by an @. Compared by
// Unicode's table of look-alikes, so on the server only [R71].
import type { AgentProfile } from '../conversation/agent-profile'
import { skeleton } from '../conversation/skeleton'

/** The people that are looked at, at most: some 50 microseconds each. */
const MOST_PEOPLE = 2_000

/** All that an agent is called by: a handle of several words also as one would write them. */
export function namesOfAgent({ name, handle }: Pick<AgentProfile, 'name' | 'handle'>): readonly string[] {
  return [...new Set([name, handle, handle.replaceAll('-', ' ')])]
}

/** Null, or a sentence that says who has that name, or one like it: another agent, or a person with a place in the room, who is called by their first name too. */
export function faultOfName(
  { name, handle }: Pick<AgentProfile, 'name' | 'handle'>,
  agents: readonly Pick<AgentProfile, 'name' | 'handle'>[],
  people: readonly string[],
): string | null {
  const looks = new Set([skeleton(name), skeleton(handle)])
  const agent = agents.find((other) => looks.has(skeleton(other.name)) || looks.has(skeleton(other.handle)))
  if (agent) return `The agent ${agent.name} has that name, or one that looks like it.`
  const person = people.slice(0, MOST_PEOPLE).find((person) => [person, ...person.split(' ').slice(0, 1)].some((called) => looks.has(skeleton(called))))
  return person === undefined ? null : `${person} is a person here, and would be taken for this agent.`
}
