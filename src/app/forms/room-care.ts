// What members and owners decide about a room as a whole: a new invitation, deleting it, having it back.
import { env } from 'cloudflare:workers'
import { createElement } from 'react'
import { z } from 'zod'
import type { MemberId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { deleteRoom, restoreRoom } from '../directory/deleted-rooms'
import { knownRoom } from '../directory/known-room'
import { mayDelete } from '../directory/ownership'
import { roomPath } from '../directory/places'
import { findEntry, type RoomEntry } from '../directory/rooms'
import { RefusalPage } from '../pages/RefusalPage'
import { form, type FormRoute } from './form'

const nothing = z.object({})

const sayNo: FormRoute<Record<string, never>>['page'] = (refusal, _fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/' })

/** POST `/rooms/:room/invitation` */
export const postInvitation = form({
  fields: nothing,
  act: async (_fields, { ctx, params }) => {
    if (!ctx.viewer) return refuse('not_signed_in', 'Say who you are first.')
    const room = await knownRoom(params.room)
    if (!room.ok) return room
    const renewed = await room.value.renewInvitation(ctx.viewer.id)
    return renewed.ok ? accept({ path: roomPath(params.room) }) : renewed
  },
  page: sayNo,
})

/** POST `/rooms/:room/delete` */
export const postDeletion = form({
  fields: nothing,
  act: async (_fields, { ctx, params }) => {
    const room = await ownedRoom(params.room, ctx.viewer?.id ?? null)
    if (!room.ok) return room
    const deleted = await deleteRoom(env, room.value.id, Date.now())
    return deleted.ok ? accept({ path: roomPath(room.value.id) }) : deleted
  },
  page: sayNo,
})

/** POST `/rooms/:room/restore` */
export const postRestoration = form({
  fields: nothing,
  act: async (_fields, { ctx, params }) => {
    const room = await ownedRoom(params.room, ctx.viewer?.id ?? null)
    if (!room.ok) return room
    if (room.value.deletedAt !== null) await restoreRoom(env, room.value.id)
    return accept({ path: roomPath(room.value.id) })
  },
  page: sayNo,
})

async function ownedRoom(id: unknown, viewer: MemberId | null): Promise<Result<RoomEntry>> {
  if (!viewer) return refuse('not_signed_in', 'Say who you are first.')
  const room = await findEntry(env, id)
  if (!room) return refuse('no_such_room', 'There is no room at this address.')
  if (!(await mayDelete(env, room, viewer))) return refuse('not_owner', 'Only the owner of this room may do that.')
  return accept(room)
}
