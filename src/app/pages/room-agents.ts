// A room's agents: a page for everybody in it, and its owner's form for one of them.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import { TEMPLATES } from '../../agents/templates/templates'
import { COLOURS, MAX_AT_ONCE, parseAgentProfile } from '../../conversation/agent-profile'
import type { Command } from '../../conversation/command'
import { isMemberId, type MemberId, type RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { recordsOf, type RecordOf } from '../../conversation/record'
import { accept, refuse, type Refusal, type Result } from '../../conversation/refusal'
import { offeredModels, type OfferedModel } from '../../models/offer/offer'
import { NO_SUCH_MODEL } from '../../room/commands/agents'
import { NOBODY_YET } from '../../room/queue/rehearsing'
import { roomOf, type Visit } from '../../room/surface'
import { form } from '../forms/form'
import { connectedModels } from '../directory/connected-models'
import { agentPath, agentsPath, roomPath } from '../directory/places'
import { findRoom } from '../directory/rooms'
import { addressOf } from '../requests/limit-requests'
import { AgentPage, type AgentFaults, type Typed } from './AgentPage'
import { AgentsPage } from './AgentsPage'
import { RefusalPage } from './RefusalPage'
import { askName, enterRoom, sayNo } from './room-pages'
import { serversIn } from './room-servers'
import type { RefusedServer, ShownServer } from './ServersSection'
import { TICK, TICKS_SHOWN } from './ServerTicks'

/** An instruction in a script of which each letter takes nine characters in a form, and what stands around it. */
const MOST_TYPED = 96 * 1024

/** GET `/rooms/:room/agents-settings`; with `?agent=` or `?new=`, the form of that agent or of a new one, for the owner. */
export async function agentsOfRoom({ request, params, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  if (!ctx.viewer) return askName(request)
  const opened = await agentsIn(ctx.viewer, params.room)
  if (!opened.ok) return sayNo(opened.refusal, ctx.viewer, response)
  const { room, agents, servers } = opened.value
  const asked = new URL(request.url).searchParams
  const known = agents.find(({ id }) => id === asked.get('agent'))
  const from = asked.get('new')
  if (!room.isOwner || (!known && from === null)) return createElement(AgentsPage, { room, agents, servers, models: await offered(), refused: null })
  const typed = known ? typedFrom({ ...known.value }) : typedFrom(TEMPLATES.find(({ handle }) => handle === from) ?? {})
  return agentPage(ctx.viewer, room, servers, known ?? null, typed, NOTHING_WRONG)
}

/** The page of agents and servers, where a server was refused. Refuses as a room does. */
export async function agentsPage(viewer: Member, id: unknown, refused: RefusedServer): Promise<Result<ReactElement>> {
  const opened = await agentsIn(viewer, id)
  return opened.ok ? accept(createElement(AgentsPage, { ...opened.value, models: await offered(), refused })) : opened
}

/** GET `/rooms/:room/servers`: they stand beside the agents. */
export function toAgents({ params }: RequestInfo): Response {
  return new Response(null, { status: 303, headers: { location: `${agentsPath(params.room as RoomId)}#servers` } })
}

/** POST `/rooms/:room/agents-settings`: saves an agent, or removes it. Refuses as the commands do. */
export const postAgent = form({
  most: MOST_TYPED,
  fields: z
    .object({
      intent: z.enum(['save', 'remove', 'restore']).default('save'),
      agent: z.string().optional(),
      version: z.string().optional(),
      began: z.string().optional(),
    })
    .catchall(z.string()),
  act: async ({ intent, agent, version, began, ...typed }, { request, ctx, params }) => {
    const profile = withServers(typed)
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    const id = agent === undefined || agent === '' ? undefined : agent
    if (id !== undefined && !isMemberId(id)) return refuse('malformed', 'There is no agent of that id.')
    const found = await findRoom(env, params.room)
    if (!found.ok) return found
    const room = await roomOf(env, found.value.id)
    const command = commandOf(intent, id, version, profile, began)
    const done = command.ok ? await room.command(ctx.viewer.id, command.value, addressOf(request)) : command
    return done.ok ? accept({ path: intent === 'restore' && id !== undefined ? agentPath(found.value.id, id) : agentsPath(found.value.id) }) : done
  },
  page: async (refusal, fields, { ctx, params }) => {
    const opened = ctx.viewer && fields ? await agentsIn(ctx.viewer, params.room) : null
    if (!ctx.viewer || !opened?.ok || !opened.value.room.isOwner) return createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' })
    const { room, agents, servers } = opened.value
    const known = agents.find(({ id }) => id === fields?.agent)
    // After a conflict the form begins from what is there now: whoever has looked at it may save all the same.
    const began = refusal.code === 'conflict' || !BEGAN.test(fields?.began ?? '') ? known?.version : Number(fields?.began)
    return agentPage(
      ctx.viewer,
      room,
      servers,
      known ? { ...known, version: began ?? known.version } : null,
      typedFrom({ ...known?.value, ...withServers(fields ?? {}) }),
      await wrongIn(refusal, fields ?? {}, agents, known),
    )
  },
})

interface Wrong {
  readonly faults: AgentFaults
  readonly message: string | null
}

const NOTHING_WRONG: Wrong = { faults: {}, message: null }

/** The version of a record, as a form sends it. */
const BEGAN = /^\d{1,15}$/

/** What the form asks of the room. */
function commandOf(
  intent: 'save' | 'remove' | 'restore',
  id: MemberId | undefined,
  version: string | undefined,
  profile: Readonly<Record<string, unknown>>,
  began: string | undefined,
) {
  if (intent === 'save') {
    if (began !== undefined && !BEGAN.test(began)) return refuse('malformed', 'That form was not filled in as it should be.')
    return accept<Command>({
      type: 'save-agent',
      profile: { ...profile },
      ...(id === undefined ? {} : { agent: id }),
      ...(began === undefined ? {} : { version: Number(began) }),
    })
  }
  if (id === undefined) return refuse('malformed', 'Say which agent.')
  if (intent === 'remove') return accept<Command>({ type: 'remove-agent', agent: id })
  if (!/^[1-9]\d{0,8}$/.test(version ?? '')) return refuse('malformed', 'Say which version.')
  return accept<Command>({ type: 'restore-agent', agent: id, version: Number(version) })
}

const CONFLICT = 'What you typed stands here, and what it is now at the end of the page. Saving again puts yours in its place.'

/** Where each fault belongs: the room refuses a form with one sentence, and the same reader says of which field it is. */
async function wrongIn(
  { code, message }: Refusal,
  { intent: _intent, agent: _agent, version: _version, began: _began, ...fields }: Readonly<Record<string, string | undefined>>,
  agents: readonly RecordOf<'agent'>[],
  known: RecordOf<'agent'> | undefined,
): Promise<Wrong> {
  if (code === 'name_taken') return { faults: { name: message }, message: null }
  if (code === 'conflict') return { faults: {}, message: `${message} ${CONFLICT}` }
  if (code !== 'malformed') return { faults: {}, message }
  const others = agents.filter((other) => other !== known).map(({ value }) => value.handle)
  const parsed = parseAgentProfile({ ...known?.value, ...withServers(fields) }, others)
  const faults = { ...(message === NO_SUCH_MODEL ? { model: message } : {}), ...(parsed.ok ? {} : parsed.faults) }
  return Object.keys(faults).length === 0 ? { faults: {}, message } : { faults, message: null }
}

/** What agents may have. Without the database only what needs none: an agent's form is read and saved all the same. */
async function offered(): Promise<readonly OfferedModel[]> {
  try {
    return offeredModels(env, await connectedModels(env))
  } catch (cause) {
    console.error('the connected models could not be read', cause)
    return offeredModels(env, [])
  }
}

/** The servers that are ticked, in the place of their ticks. */
function withServers(typed: Readonly<Record<string, string | undefined>>): Readonly<Record<string, unknown>> {
  const { [TICKS_SHOWN]: shown, ...fields } = typed
  const ticks = Object.keys(fields).filter((field) => field.startsWith(TICK))
  const profile = Object.fromEntries(Object.entries(fields).filter(([field]) => !field.startsWith(TICK)))
  return shown === undefined ? profile : { ...profile, servers: ticks.map((field) => field.slice(TICK.length)) }
}

interface AgentsHere {
  readonly room: Visit['room']
  readonly agents: readonly RecordOf<'agent'>[]
  readonly servers: readonly ShownServer[]
}

async function agentsIn(viewer: Member, id: unknown): Promise<Result<AgentsHere>> {
  const visit = await enterRoom(viewer, id, null)
  if (!visit.ok) return visit
  const { room } = visit.value
  const surface = await roomOf(env, room.id)
  const records = await surface.records(viewer.id, 'agent')
  if (!records.ok) return records
  const servers = await serversIn(viewer, room, surface)
  if (!servers.ok) return servers
  return accept({ room, servers: servers.value, agents: recordsOf(records.value, 'agent').toSorted((a, b) => a.value.order - b.value.order) })
}

/** `record`: of the agent, as the form begins from it; null for a new one. */
async function agentPage(
  viewer: Member,
  room: Visit['room'],
  servers: readonly ShownServer[],
  record: RecordOf<'agent'> | null,
  typed: Typed,
  wrong: Wrong,
): Promise<ReactElement> {
  const agent = (record?.id ?? null) as MemberId | null
  const asked = { id: agent ?? NOBODY_YET, name: typed.name || 'New agent', handle: typed.handle || 'new-agent' }
  const rehearsal = await (await roomOf(env, room.id)).rehearse(viewer.id, asked)
  if (!rehearsal.ok) return createElement(RefusalPage, { refusal: rehearsal.refusal, viewer, back: roomPath(room.id) })
  const versions = agent === null ? accept([]) : await (await roomOf(env, room.id)).agentVersions(viewer.id, agent)
  const models = await offered()
  return createElement(AgentPage, {
    room,
    agent,
    began: record?.version ?? null,
    typed,
    rehearsal: rehearsal.value,
    models,
    servers,
    versions: versions.ok ? versions.value : [],
    ...wrong,
  })
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
    servers: Array.isArray(given['servers']) ? given['servers'].join(' ') : '',
  }
}
