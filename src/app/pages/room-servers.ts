// POST `/rooms/:room/servers`: a room's owner adds a server of tools, accepts its tools, says who lets them run, or removes it. Whoever adds
// one waits for its answer, and nobody else does.
import { env } from 'cloudflare:workers'
import { createElement } from 'react'
import { z } from 'zod'
import { siteOrigin } from '../../auth/origin'
import { signedSessionHash } from '../../auth/session'
import type { Command } from '../../conversation/command'
import type { RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { recordsOf } from '../../conversation/record'
import { accept, refuse, type Refusal, type Result } from '../../conversation/refusal'
import { POLICIES, type PolicyMode } from '../../conversation/policy'
import { MAX_CLIENT_ID, MAX_TOKEN } from '../../conversation/server-profile'
import { roomOf, type RoomSurface, type Visit } from '../../room/surface'
import { agentsPath, policyPath } from '../directory/places'
import { findRoom } from '../directory/rooms'
import { form, type Onward } from '../forms/form'
import { addressOf } from '../requests/limit-requests'
import { LeavingPage } from './LeavingPage'
import { RefusalPage } from './RefusalPage'
import { agentsPage } from './room-agents'
import type { ShownServer } from './ServersSection'

/** Dozens of tools, each with a long name and what was chosen for it. */
const MOST_TYPED = 48 * 1024
const POLICY_FIELD = 'policy:'

const fields = z
  .object({
    intent: z.enum(['add', 'check', 'accept', 'policy', 'remove', 'sign-in']).default('add'),
    server: z.string().max(64).default(''),
    address: z.string().max(4_000).default(''),
    token: z.string().max(MAX_TOKEN).default(''),
    clientId: z.string().max(MAX_CLIENT_ID).default(''),
    clientSecret: z.string().max(MAX_TOKEN).default(''),
    print: z.string().max(64).default(''),
  })
  .catchall(z.string())
type Fields = z.infer<typeof fields>
type Intent = Exclude<Fields['intent'], 'sign-in'>

export const postServer = form({
  most: MOST_TYPED,
  fields,
  act: async (asked, { request, ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    const found = await findRoom(env, params.room)
    if (!found.ok) return found
    const room = await roomOf(env, found.value.id)
    if (asked.intent === 'sign-in') return leave(found.value.id, room, ctx.viewer, asked.server, request)
    const done = await room.command(ctx.viewer.id, commandOf({ ...asked, intent: asked.intent }), addressOf(request))
    if (!done.ok) return done
    if (asked.intent === 'add' || asked.intent === 'check') await room.serversSettled(ctx.viewer.id)
    const nobodys = asked.intent === 'accept' || asked.intent === 'policy' ? await toolOfNobody(room, ctx.viewer, asked.server) : null
    if (nobodys !== null) return accept({ path: policyPath(found.value.id, nobodys, { mode: 'named' }) })
    return accept({ path: `${agentsPath(found.value.id)}#${asked.server === '' ? 'servers' : encodeURIComponent(asked.server)}` })
  },
  page: async (refusal, asked, { ctx, params }) => {
    const refused = asked?.intent === 'add' ? { address: asked.address, message: refusal.message } : null
    const page = ctx.viewer && refused && isOfAddress(refusal) ? await agentsPage(ctx.viewer, params.room, refused) : null
    const back = asked?.intent === 'sign-in' ? agentsPath(params.room as RoomId) : '/'
    return page?.ok ? page.value : createElement(RefusalPage, { refusal, viewer: ctx.viewer, back })
  },
})

/** To where one signs in for a server; whoever is sent there sees where that is. */
async function leave(id: RoomId, room: RoomSurface, viewer: Member, server: string, request: Request): Promise<Result<Onward>> {
  const session = await signedSessionHash(request, env)
  if (session === null) return refuse('not_signed_in', 'Say who you are first.')
  const begun = await room.beginSignIn({ person: viewer.id, session }, server, siteOrigin(request, env))
  if (!begun.ok) return begun
  const back = `${agentsPath(id)}#${encodeURIComponent(server)}`
  return accept({ path: begun.value, page: createElement(LeavingPage, { to: begun.value, back }) })
}

/** A tool of this server that people by name let run, of whom none is chosen yet. */
async function toolOfNobody(room: RoomSurface, viewer: Member, server: string): Promise<string | null> {
  const [records, tools] = [await room.records(viewer.id, 'server'), await room.policies(viewer.id)]
  if (!records.ok || !tools.ok) return null
  const { name } = recordsOf(records.value, 'server').find(({ id }) => id === server)?.value ?? {}
  return tools.value.find((tool) => tool.server === name && tool.policy.mode === 'named' && tool.policy.people.length === 0)?.name ?? null
}

/** What is wrong with the address, or with adding one more, is said beside it. */
function isOfAddress({ code }: Refusal): boolean {
  return code === 'malformed' || code === 'name_taken' || code === 'too_many'
}

function commandOf({ intent, server, address, token, clientId: id, clientSecret: secret, print, ...rest }: Fields & { readonly intent: Intent }): Command {
  switch (intent) {
    case 'add': {
      const client = id === '' ? {} : { client: { id, ...(secret === '' ? {} : { secret }) } }
      return { type: 'add-server', address, ...(token === '' ? {} : { token }), ...client }
    }
    case 'check':
      return { type: 'check-server', server }
    case 'accept':
      return { type: 'accept-tools', server, print, policies: policiesIn(rest) }
    case 'policy':
      return { type: 'set-policy', server, policies: policiesIn(rest) }
    case 'remove':
      return { type: 'remove-server', server }
    default:
      return intent satisfies never
  }
}

function policiesIn(fields: Readonly<Record<string, string>>): Record<string, PolicyMode> {
  const chosen = Object.entries(fields).flatMap(([field, value]) => {
    const policy = POLICIES.find((each) => each === value)
    return field.startsWith(POLICY_FIELD) && policy ? [[field.slice(POLICY_FIELD.length), policy] as const] : []
  })
  return Object.fromEntries(chosen)
}

/** The room's servers, for its owner with all that there is to review. */
export async function serversIn(viewer: Member, { isOwner }: Visit['room'], room: RoomSurface): Promise<Result<readonly ShownServer[]>> {
  const records = await room.records(viewer.id, null)
  if (!records.ok) return records
  const said = new Map(recordsOf(records.value, 'policy').map(({ id, value }) => [id, value.mode]))
  const servers = recordsOf(records.value, 'server')
    .map((server) => ({
      ...server,
      value: { ...server.value, tools: server.value.tools.map((tool) => ({ ...tool, policy: said.get(tool.called) ?? tool.policy })) },
    }))
    .toSorted((a, b) => (a.value.name < b.value.name ? -1 : 1))
  const shown = servers.map(async (server): Promise<ShownServer> => {
    const tools = isOwner ? await room.serverTools(viewer.id, server.id) : null
    return { ...server, tools: tools?.ok ? tools.value : null }
  })
  return accept(await Promise.all(shown))
}
