// An owner makes, changes and removes the room's agents. What they said stays, under the name that they had.
import { faultOfName } from '../../agents/agent-names'
import { withdraw } from '../../agents/queue/orders'
import { MAX_AGENTS, parseAgentProfile } from '../../conversation/agent-profile'
import type { Command } from '../../conversation/command'
import { newMessageId, type MemberId } from '../../conversation/ids'
import { recordsOf } from '../../conversation/record'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'

/** Refuses: not_owner, no_such_message for an agent that is not there, too_many, malformed with what is wrong in words. */
export function saveAgent(port: PostingPort, { id: by, name, role }: Membership, command: Extract<Command, { type: 'save-agent' }>): Result<null> {
  if (role !== 'owner') return notOwner()
  const agents = recordsOf(port.records(), 'agent')
  const known = agents.find(({ id }) => id === command.agent)
  if (command.agent !== undefined && !known) return noSuchAgent()
  if (!known && agents.length >= MAX_AGENTS) return refuse('too_many', `A room has at most ${MAX_AGENTS} agents.`)
  const others = agents.filter((agent) => agent !== known).map(({ value }) => value)
  const parsed = parseAgentProfile(
    { ...known?.value, ...command.profile },
    others.map(({ handle }) => handle),
  )
  if (!parsed.ok) return refuse('malformed', Object.values(parsed.faults).join(' '))
  const isSameName = known?.value.name === parsed.profile.name && known.value.handle === parsed.profile.handle
  const people = isSameName ? [] : port.people().map(({ name }) => name)
  const fault = faultOfName(parsed.profile, others, people)
  if (fault !== null) return refuse('name_taken', fault)
  const order = known?.value.order ?? Math.max(0, ...others.map(({ order }) => order)) + 1
  const id = (known?.id ?? newAgentId()) as MemberId
  const profile = { ...parsed.profile, order: orderOf(command.profile, order) }
  const saved = port.changes.set('agent', id, profile)
  if (!saved.ok) return saved
  if (saved.value) port.versions.saved(id, known?.value ?? null, profile, { id: by, name }, port.now())
  // It may write more at once now.
  port.queue.next()
  return accept(null)
}

/** Makes an agent again what it was; that is a version of its own. Refuses as `saveAgent`: others may have its handle or its name by now. */
export function restoreAgent(port: PostingPort, member: Membership, { agent, version }: Extract<Command, { type: 'restore-agent' }>): Result<null> {
  if (member.role !== 'owner') return notOwner()
  const found = port.versions.of(agent).find(({ number }) => number === version)
  if (!found) return refuse('no_such_message', 'That version of the agent is not kept any more.')
  return saveAgent(port, member, { type: 'save-agent', agent, profile: { ...found.profile } })
}

/** All that waits for it is cancelled. Refuses: not_owner, no_such_message. */
export function removeAgent(port: PostingPort, { role }: Membership, { agent }: Extract<Command, { type: 'remove-agent' }>): Result<null> {
  if (role !== 'owner') return notOwner()
  if (!recordsOf(port.records(), 'agent').some(({ id }) => id === agent)) return noSuchAgent()
  const removed = port.changes.set('agent', agent, null)
  if (!removed.ok) return removed
  port.versions.removed(agent)
  port.queue.did(withdraw(port.queue.all(), agent))
  for (const reply of port.asking.all()) if (reply.metadata.author.id === agent) port.asking.end(reply, 'stopped')
  return accept(null)
}

/** The place among the room's agents, where the form says one. */
function orderOf({ order }: Readonly<Record<string, unknown>>, known: number): number {
  const asked = typeof order === 'string' && /^\d{1,3}$/.test(order) ? Number(order) : order
  return typeof asked === 'number' && Number.isInteger(asked) && asked >= 0 && asked < 1_000 ? asked : known
}

/** Never a handle: what an agent said stays its own when another takes its handle. */
function newAgentId(): MemberId {
  return `agent-${newMessageId()}` as MemberId
}

function notOwner(): Result<never> {
  return refuse('not_owner', 'Only the owner of this room changes its agents.')
}

function noSuchAgent(): Result<never> {
  return refuse('no_such_message', 'There is no such agent in this room any more.')
}
