// An owner makes, changes and removes the room's agents. What they said stays, under the name that they had.
import { faultOfName } from '../../agents/agent-names'
import { withdraw } from '../../agents/queue/orders'
import { MAX_AGENTS, MAX_ORDER, parseAgentProfile } from '../../conversation/agent-profile'
import type { Command } from '../../conversation/command'
import { newMessageId, type MemberId } from '../../conversation/ids'
import { recordsOf } from '../../conversation/record'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'

type SaveAgent = Extract<Command, { type: 'save-agent' }>

/** What the form says beside the model. */
export const NO_SUCH_MODEL = 'Choose one of the models.'
/** What an agent has that names no model. */
const DEFAULT = 'default'

/** The form as its owner sends it. Refuses: not_owner, conflict where the agent is not what the form began from, and as `change`. */
export function saveAgent(port: PostingPort, member: Membership, command: SaveAgent): Result<null> {
  if (member.role !== 'owner') return notOwner()
  const known = recordsOf(port.records(), 'agent').find(({ id }) => id === command.agent)
  if (known && command.version !== undefined && command.version !== known.version) return changedMeanwhile(port, known.id as MemberId, known.value.name)
  const { model } = command.profile
  if (typeof model === 'string' && model !== known?.value.model && model !== DEFAULT && !port.offers(model)) return refuse('malformed', NO_SUCH_MODEL)
  return change(port, member, command)
}

/** Refuses: no_such_message for an agent that is not there, too_many, name_taken, malformed with what is wrong in words. */
function change(port: PostingPort, { id: by, name }: Membership, command: SaveAgent): Result<null> {
  const agents = recordsOf(port.records(), 'agent')
  const known = agents.find(({ id }) => id === command.agent)
  if (command.agent !== undefined && !known) return noSuchAgent()
  if (!known && agents.length >= MAX_AGENTS) return refuse('too_many', `A room has at most ${MAX_AGENTS} agents.`)
  const others = agents.filter((agent) => agent !== known).map(({ value }) => value)
  const parsed = parseAgentProfile(
    { ...known?.value, order: undefined, ...command.profile },
    others.map(({ handle }) => handle),
  )
  if (!parsed.ok) return refuse('malformed', Object.values(parsed.faults).join(' '))
  const isSameName = known?.value.name === parsed.profile.name && known.value.handle === parsed.profile.handle
  const people = isSameName ? [] : port.people().map(({ name }) => name)
  const fault = faultOfName(parsed.profile, others, people)
  if (fault !== null) return refuse('name_taken', fault)
  const last = Math.min(MAX_ORDER, Math.max(0, ...others.map(({ order }) => order)) + 1)
  const id = (known?.id ?? newAgentId()) as MemberId
  const profile = { ...parsed.profile, order: parsed.order ?? known?.value.order ?? last }
  const saved = port.changes.set('agent', id, profile)
  if (!saved.ok) return saved
  if (saved.value) port.versions.saved(id, known?.value ?? null, profile, { id: by, name }, port.now())
  if (!isSameName) port.named(profile)
  // It may write more at once now.
  port.queue.next()
  return accept(null)
}

/** Makes an agent again what it was; that is a version of its own. Its model may be gone by now. Refuses as `change`: others may have its handle or its name by now. */
export function restoreAgent(port: PostingPort, member: Membership, { agent, version }: Extract<Command, { type: 'restore-agent' }>): Result<null> {
  if (member.role !== 'owner') return notOwner()
  const found = port.versions.of(agent).find(({ number }) => number === version)
  if (!found) return refuse('no_such_message', 'That version of the agent is not kept any more.')
  return change(port, member, { type: 'save-agent', agent, profile: { ...found.profile, order: Math.min(MAX_ORDER, found.profile.order) } })
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

function changedMeanwhile(port: PostingPort, agent: MemberId, name: string): Result<never> {
  const by = port.versions.of(agent)[0]?.savedBy ?? 'somebody'
  return refuse('conflict', `${name} was changed meanwhile by ${by}; look at it anew. Nothing was saved.`)
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
