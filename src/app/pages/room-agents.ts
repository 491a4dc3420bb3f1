// A room's agents: a page for everybody in it, and its owner's form for one of them.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import { TEMPLATES } from '../../agents/templates/templates'
import { COLOURS, MAX_AT_ONCE } from '../../conversation/agent-profile'
import { isMemberId, type MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { recordsOf, type RecordOf } from '../../conversation/record'
import { accept, refuse, type Refusal, type Result } from '../../conversation/refusal'
import { NOBODY_YET } from '../../room/queue/rehearsing'
import { roomOf, type Visit } from '../../room/surface'
import { form } from '../forms/form'
import { agentsPath, roomPath } from '../directory/places'
import { findRoom } from '../directory/rooms'
import { addressOf } from '../requests/limit-requests'
import { AgentPage, type Typed } from './AgentPage'
import { AgentsPage } from './AgentsPage'
import { RefusalPage } from './RefusalPage'
import { askName, enterRoom, sayNo } from './room-pages'

/** An instruction in a script of which each letter takes nine characters in a form, and what stands around it. */
const MOST_TYPED = 96 * 1024

/** GET `/rooms/:room/agents-settings`; with `?agent=` or `?new=`, the form of that agent or of a new one, for the owner. */
export async function agentsOfRoom({ request, params, ctx, response }: RequestInfo): Promise<ReactElement> {
  if (!ctx.viewer) return askName(request)
  const opened = await agentsIn(ctx.viewer, params.room)
  if (!opened.ok) return sayNo(opened.refusal, ctx.viewer, response)
  const { room, agents } = opened.value
  const asked = new URL(request.url).searchParams
  const known = agents.find(({ id }) => id === asked.get('agent'))
  const from = asked.get('new')
  if (!room.isOwner || (!known && from === null)) return createElement(AgentsPage, { room, agents })
  const typed = known ? typedFrom({ ...known.value }) : typedFrom(TEMPLATES.find(({ handle }) => handle === from) ?? {})
  return agentPage(ctx.viewer, room, (known?.id ?? null) as MemberId | null, typed, null)
}

/** POST `/rooms/:room/agents-settings`: saves an agent, or removes it. Refuses as the commands do. */
export const postAgent = form({
  most: MOST_TYPED,
  fields: z.object({ intent: z.enum(['save', 'remove']).default('save'), agent: z.string().optional() }).catchall(z.string()),
  act: async ({ intent, agent, ...profile }, { request, ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    const id = agent === undefined || agent === '' ? undefined : agent
    if (id !== undefined && !isMemberId(id)) return refuse('malformed', 'There is no agent of that id.')
    const found = await findRoom(env, params.room)
    if (!found.ok) return found
    const room = await roomOf(env, found.value.id)
    if (intent === 'remove' && id === undefined) return refuse('malformed', 'Say which agent.')
    const done =
      intent === 'remove' && id !== undefined
        ? await room.command(ctx.viewer.id, { type: 'remove-agent', agent: id }, addressOf(request))
        : await room.command(ctx.viewer.id, { type: 'save-agent', profile, ...(id === undefined ? {} : { agent: id }) }, addressOf(request))
    return done.ok ? accept({ path: agentsPath(found.value.id) }) : done
  },
  page: async (refusal, fields, { ctx, params }) => {
    const opened = ctx.viewer && fields ? await agentsIn(ctx.viewer, params.room) : null
    if (!ctx.viewer || !opened?.ok || !opened.value.room.isOwner) return createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' })
    const { room, agents } = opened.value
    const known = agents.find(({ id }) => id === fields?.agent)
    return agentPage(ctx.viewer, room, (known?.id ?? null) as MemberId | null, typedFrom({ ...known?.value, ...fields }), refusal)
  },
})

async function agentsIn(viewer: Member, id: unknown): Promise<Result<{ readonly room: Visit['room']; readonly agents: readonly RecordOf<'agent'>[] }>> {
  const visit = await enterRoom(viewer, id, null)
  if (!visit.ok) return visit
  const { room } = visit.value
  const records = await (await roomOf(env, room.id)).records(viewer.id, 'agent')
  if (!records.ok) return records
  return accept({ room, agents: recordsOf(records.value, 'agent').toSorted((a, b) => a.value.order - b.value.order) })
}

async function agentPage(viewer: Member, room: Visit['room'], agent: MemberId | null, typed: Typed, refusal: Refusal | null): Promise<ReactElement> {
  const asked = { id: agent ?? NOBODY_YET, name: typed.name || 'New agent', handle: typed.handle || 'new-agent' }
  const rehearsal = await (await roomOf(env, room.id)).rehearse(viewer.id, asked)
  if (!rehearsal.ok) return createElement(RefusalPage, { refusal: rehearsal.refusal, viewer, back: roomPath(room.id) })
  return createElement(AgentPage, { room, agent, typed, rehearsal: rehearsal.value, refusal })
}

/** What a form shows, of whatever there is. */
function typedFrom(given: Readonly<Record<string, unknown>>): Typed {
  const text = (field: keyof Typed, otherwise = '') => {
    const value = given[field]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise
  }
  return {
    handle: text('handle'),
    name: text('name'),
    colour: text('colour', COLOURS[0]),
    emoji: text('emoji'),
    instruction: text('instruction'),
    model: text('model', 'default'),
    mode: text('mode', 'mention'),
    atOnce: text('atOnce', String(MAX_AT_ONCE)),
    order: text('order'),
  }
}
