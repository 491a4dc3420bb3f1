// `/rooms/:room/policies`: who lets the room's tools run. Everybody in it reads it; its owner chooses, for people by name on a page of the tool.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import { parseCommand } from '../../conversation/command'
import type { Member } from '../../conversation/member'
import { POLICIES, takesPeople } from '../../conversation/policy'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { RoomTool } from '../../room/approvals/room-policies'
import { roomOf, type Visit } from '../../room/surface'
import { policiesPath, policyPath } from '../directory/places'
import { findRoom } from '../directory/rooms'
import { form } from '../forms/form'
import { addressOf } from '../requests/limit-requests'
import { parseJson } from '../../lanes/client/parse-json'
import { peopleIn, tickedIn } from './chosen-people'
import { DecidersPage, type DecidersPageProps } from './DecidersPage'
import { PoliciesPage } from './PoliciesPage'
import { RefusalPage } from './RefusalPage'
import { askName, enterRoom, sayNo } from './room-pages'

/** GET; with `?tool=`, for the owner, the form of the people who let that tool run. */
export async function policiesOfRoom({ request, params, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  if (!ctx.viewer) return askName(request)
  const opened = await toolsIn(ctx.viewer, params.room)
  if (!opened.ok) return sayNo(opened.refusal, ctx.viewer, response)
  const asked = new URL(request.url).searchParams
  const tool = opened.value.tools.find(({ name }) => name === asked.get('tool'))
  if (!tool || !opened.value.room.isOwner) return createElement(PoliciesPage, opened.value)
  const { policy } = tool
  const wanted = asked.get('mode') ?? policy.mode
  const mode = wanted === 'votes' ? 'votes' : 'named'
  const people = asked.has('find') ? peopleIn(asked) : takesPeople(policy.mode) ? policy.people : []
  const needed = asked.get('needed') ?? String(policy.mode === 'votes' ? policy.needed : 2)
  return decidersPage(ctx.viewer, opened.value.room, tool, { chosen: { mode, people, needed }, find: asked.get('find') ?? '', error: null })
}

const fields = z
  .object({
    intent: z.enum(['choose', 'save', 'find']).default('save'),
    tool: z.string().default(''),
    mode: z.enum(POLICIES),
    needed: z.string().max(20).default(''),
    find: z.string().max(200).default(''),
    was: z.string().max(2_000).default(''),
  })
  .catchall(z.string())

/** POST: saves a policy, or leads to where its people are chosen. Refuses as the command does. */
export const postPolicy = form({
  fields,
  act: async ({ intent, tool, mode, needed, find, was, ...ticks }, { request, ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    const found = await findRoom(env, params.room)
    if (!found.ok) return found
    const room = found.value.id
    if (intent === 'choose' && takesPeople(mode)) return accept({ path: policyPath(room, tool, { mode }) })
    const people = tickedIn(ticks)
    if (intent === 'find') return accept({ path: policyPath(room, tool, { mode, needed, find, people }) })
    const command = parseCommand({
      type: 'save-policy',
      tool,
      mode,
      ...(takesPeople(mode) ? { people } : {}),
      ...(mode === 'votes' ? { needed: /^\d{1,3}$/.test(needed.trim()) ? Number(needed) : 0 } : {}),
      ...(was === '' ? {} : { was: parseJson(was) }),
    })
    if (!command.ok)
      return refuse('malformed', mode === 'votes' ? 'Say how many have to approve: from 1 to 20, of at most 20 people.' : 'Choose at most 20 people.')
    const done = await (await roomOf(env, room)).command(ctx.viewer.id, command.value, addressOf(request))
    return done.ok ? accept({ path: `${policiesPath(room)}#${encodeURIComponent(tool)}` }) : done
  },
  page: async (refusal, typed, { ctx, params }) => {
    const opened = ctx.viewer && typed ? await toolsIn(ctx.viewer, params.room) : null
    const tool = opened?.ok && opened.value.room.isOwner ? opened.value.tools.find(({ name }) => name === typed?.tool) : undefined
    if (!ctx.viewer || !typed || !opened?.ok || !tool) return createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' })
    const { mode, needed, find, intent: _intent, tool: _tool, was: _was, ...ticks } = typed
    if (!takesPeople(mode)) return createElement(PoliciesPage, { ...opened.value, refused: { tool: tool.name, message: refusal.message } })
    const chosen = { mode: mode === 'votes' ? 'votes' : 'named', people: tickedIn(ticks), needed } as const
    return decidersPage(ctx.viewer, opened.value.room, tool, { chosen, find, error: refusal.message })
  },
})

async function decidersPage(
  viewer: Member,
  room: Visit['room'],
  tool: RoomTool,
  form: Pick<DecidersPageProps, 'chosen' | 'find' | 'error'>,
): Promise<ReactElement> {
  const members = await (await roomOf(env, room.id)).memberships(viewer.id)
  if (!members.ok) return createElement(RefusalPage, { refusal: members.refusal, viewer, back: policiesPath(room.id) })
  return createElement(DecidersPage, { room, tool, members: members.value, ...form })
}

async function toolsIn(viewer: Member, id: unknown): Promise<Result<{ readonly room: Visit['room']; readonly tools: readonly RoomTool[] }>> {
  const visit = await enterRoom(viewer, id, null)
  if (!visit.ok) return visit
  const { room } = visit.value
  const tools = await (await roomOf(env, room.id)).policies(viewer.id)
  return tools.ok ? accept({ room, tools: tools.value }) : tools
}
