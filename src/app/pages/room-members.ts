// Who has a place in a room, and the owner's way to take it from somebody.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import { isMemberId } from '../../conversation/ids'
import { accept, refuse } from '../../conversation/refusal'
import { roomOf } from '../../room/surface'
import { form } from '../forms/form'
import { MembersPage } from './MembersPage'
import { RefusalPage } from './RefusalPage'
import { roomPath } from '../directory/places'
import { knownRoom } from '../directory/known-room'
import { askName, enterRoom, sayNo } from './room-pages'

/** GET `/rooms/:room/members` */
export async function membersOfRoom({ request, params, ctx, response }: RequestInfo): Promise<ReactElement> {
  if (!ctx.viewer) return askName(request)
  const visit = await enterRoom(ctx.viewer, params.room, null)
  if (!visit.ok) return sayNo(visit.refusal, ctx.viewer, response)
  const { room } = visit.value
  const members = await (await roomOf(env, room.id)).memberships(ctx.viewer.id)
  if (!members.ok) return sayNo(members.refusal, ctx.viewer, response)
  return createElement(MembersPage, { room, members: members.value })
}

/** POST `/rooms/:room/members`: removes one. */
export const postRemoval = form({
  fields: z.object({ remove: z.string() }),
  act: async ({ remove }, { ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    if (!isMemberId(remove)) return refuse('malformed', 'There is nobody of that id.')
    const room = await knownRoom(params.room)
    if (!room.ok) return room
    const removed = await room.value.remove(ctx.viewer.id, remove)
    return removed.ok ? accept({ path: `${roomPath(params.room)}/members` }) : removed
  },
  page: (refusal, _fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' }),
})
