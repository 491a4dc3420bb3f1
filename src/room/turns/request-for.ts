// What a turn is given to speak with, of a room as it is when the turn begins.
import { LONGEST_TURN_MS } from '../../agents/tools/bounds'
import { promptsOf } from '../../conversation/engaged'
import type { Message, Part } from '../../conversation/message'
import { askerOf } from '../commands/stopping'
import type { History } from '../history/history'
import type { Members } from '../members/members'
import type { RoomAgents } from '../records/room-agents'
import type { RoomHost } from '../room-host'
import { plansOf } from '../schedules/planner-for'
import type { Spending } from '../spending/spending'
import type { ToolParts } from '../tool-parts'
import type { CallLog } from './call-log'
import { viewFor } from './room-view'
import type { SpeakRequest } from './speak-request'
import { toolsFor } from './tools-for'

/** People here of whom a model is told, at most. */
const TOLD_TO_MODELS = 100

export interface TurnRoom {
  readonly host: RoomHost
  readonly history: History
  readonly agents: RoomAgents
  readonly members: Members
  readonly calls: CallLog
  readonly spending: Spending
  readonly tools: ToolParts
}

/** `parts`: what is kept of the reply, at any moment. */
export function requestFor(room: TurnRoom, reply: Message, signal: AbortSignal, parts: () => readonly Part[]): SpeakRequest {
  const { host, history, agents, members, calls, spending, tools } = room
  const { startedAt, createdAt, author } = reply.metadata
  const asker = askerOf(history, reply)
  const agent = agents.find(author.id)
  const caller = { reply, asker, parts, signal }
  const known = new Set(promptsOf(reply.metadata))
  return {
    reply,
    signal,
    parts,
    grant: spending.grantFor(reply, asker),
    roomName: members.room()?.name ?? host.room(),
    agents: agents.roster(),
    agent,
    here: [...agents.members(), ...members.peopleHere(0, TOLD_TO_MODELS)],
    notes: tools.memory.all().map(({ value }) => value),
    plans: plansOf(tools.schedules),
    history,
    tools: async () => (agent ? toolsFor({ reply, parts, agent, asker }, tools.sources) : []),
    heard: () => promptsOf(history.get(reply.id)?.metadata ?? {}).flatMap((id) => (known.has(id) ? [] : (history.get(id) ?? []))),
    context: {
      asker,
      agent: author.id,
      reply: reply.id,
      room: viewFor({ sql: host.storage.sql, history, members, agents: () => agents.members() }, asker),
      now: () => host.now(),
    },
    admit: (call) => tools.approvals.admit(caller, call),
    ask: (call, question) => tools.approvals.ask(caller, call, question),
    answersTo: (call) => tools.approvals.answersTo(reply.id, call),
    began: (call) => calls.begin(reply.id, call, host.now()),
    until: (startedAt ?? createdAt) + LONGEST_TURN_MS,
  }
}
