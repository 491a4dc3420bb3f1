// The room's schedules as the tool of one turn has them: in the name of whoever asked for the turn.
import { offered } from '../../agents/tools/offered'
import { type Planner, schedule } from '../../agents/tools/schedule'
import type { RosterAgent } from '../../agents/roster'
import type { Taint } from '../../conversation/approval'
import type { Message } from '../../conversation/message'
import { accept, refuse } from '../../conversation/refusal'
import type { Planned } from '../../models/room-reader'
import type { ToolSource, TurnFacts } from '../turns/tools-for'
import { inWords } from './carry-out'
import type { RoomSchedules } from './room-schedules'

export interface ScheduleToolsPort {
  roster(): readonly RosterAgent[]
  /** What a turn has read so far, as its call of this tool counts it. */
  taintOf(turn: TurnFacts): Taint | null
  /** Whether a schedule began the chain that a turn is of. */
  isScheduled(turn: TurnFacts): boolean
}

export function scheduleTools(schedules: RoomSchedules, { roster, taintOf, isScheduled }: ScheduleToolsPort): ToolSource {
  return (turn) => {
    const planning = { ...turn, taint: () => taintOf(turn), isScheduled: () => isScheduled(turn) }
    return [offered(schedule(plannerFor(schedules, roster(), planning)))]
  }
}

/** Whether a message is what a schedule said when it came. */
export function isScheduled(message: Message | null): boolean {
  return message?.metadata.amended?.values['schedule'] !== undefined
}

export interface Planning extends Pick<TurnFacts, 'agent' | 'asker'> {
  taint(): Taint | null
  isScheduled(): boolean
}

export function plannerFor(schedules: RoomSchedules, roster: readonly RosterAgent[], { agent: self, asker, taint, isScheduled }: Planning): Planner {
  return {
    add: (task, when, named) => {
      if (asker === null) return refuse('not_a_member', 'Nobody who is still known asked for this.')
      // Else what comes by itself would go on by itself, and no chain of agents would ever end.
      if (isScheduled()) return refuse('not_allowed', BY_ITSELF)
      const agent = named === undefined ? self : agentCalled(named, roster)
      if (!agent)
        return refuse('no_such_message', `There is no agent called ${JSON.stringify(named)}. There are: ${roster.map(({ handle }) => handle).join(', ')}.`)
      const added = schedules.add(asker, { task, when, agent: agent.id, taint: taint() })
      if (!added.ok) return added
      return accept({ when: added.value.when, next: inWords(added.value.next ?? added.value.at, schedules.zone()), agent: agent.name })
    },
  }
}

const BY_ITSELF = 'This answer came of a schedule, and plans nothing itself: somebody in the room has to ask for it.'

/** What is still to come, in words. */
export function plansOf(schedules: Pick<RoomSchedules, 'all' | 'zone'>): readonly Planned[] {
  const zone = schedules.zone()
  return schedules.all().flatMap(({ value: { when, task, next } }) => (next === null ? [] : [{ when, task, next: inWords(next, zone) }]))
}

/** By its handle, with or without its @, or else by its name. */
export function agentCalled<A extends Pick<RosterAgent, 'handle' | 'name'>>(named: string, roster: readonly A[]): A | undefined {
  const sought = named.trim().replace(/^@/, '').toLowerCase()
  return roster.find(({ handle }) => handle.toLowerCase() === sought) ?? roster.find(({ name }) => name.toLowerCase() === sought)
}
