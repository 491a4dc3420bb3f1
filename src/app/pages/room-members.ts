// Who has a place in a room, and the owner's way to take it from somebody.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import { isMemberId } from '../../conversation/ids'
import { accept, refusalResponse, refuse } from '../../conversation/refusal'
import { roomOf } from '../../room/surface'
import { form } from '../forms/form'
import { MembersPage } from './MembersPage'
import { RemovalPage } from './RemovalPage'
import { RefusalPage } from './RefusalPage'
import { changeFrontDoor } from '../directory/front-door'
import { roomPath } from '../directory/places'
import { knownRoom } from '../directory/known-room'
import { findRoom } from '../directory/rooms'
import { askName, enterRoom, sayNo } from './room-pages'

/** GET `/rooms/:room/members`; with `?remove=`, the question whether to remove that member. */
export async function membersOfRoom({ request, params, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  if (!ctx.viewer) return askName(request)
  const visit = await enterRoom(ctx.viewer, params.room, null)
  if (!visit.ok) return sayNo(visit.refusal, ctx.viewer, response)
  const { room } = visit.value
  const members = await (await roomOf(env, room.id)).memberships(ctx.viewer.id)
  if (!members.ok) return sayNo(members.refusal, ctx.viewer, response)
  const asked = new URL(request.url).searchParams.get('remove')
  const member = members.value.find(({ id, role }) => id === asked && role !== 'owner')
  return member ? createElement(RemovalPage, { room, member }) : createElement(MembersPage, { room, members: members.value })
}

/** GET `/rooms/:room/here?from=`: people who are in the room now, as JSON. Refuses: not_signed_in, malformed, no_such_room, not_a_member. */
export async function whoIsHere({ request, params, ctx }: RequestInfo): Promise<Response> {
  if (!ctx.viewer) return refusalResponse(refuse('not_signed_in', 'Say who you are first.').refusal)
  const from = Number(new URL(request.url).searchParams.get('from') ?? 0)
  if (!Number.isSafeInteger(from) || from < 0) return refusalResponse(refuse('malformed', 'People are asked for by the place from which on.').refusal)
  const room = await knownRoom(params.room)
  const people = room.ok ? await room.value.here(ctx.viewer.id, from) : room
  return people.ok ? Response.json(people.value) : refusalResponse(people.refusal)
}

/** POST `/rooms/:room/members`: removes one. */
export const postRemoval = form({
  fields: z.object({ remove: z.string() }),
  act: async ({ remove }, { ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    if (!isMemberId(remove)) return refuse('malformed', 'There is nobody of that id.')
    const room = await findRoom(env, params.room)
    if (!room.ok) return room
    const removed = await (await roomOf(env, room.value.id)).remove(ctx.viewer.id, remove)
    if (removed.ok) await changeFrontDoor(env, room.value)
    return removed.ok ? accept({ path: `${roomPath(params.room)}/members` }) : removed
  },
  page: (refusal, _fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' }),
})
