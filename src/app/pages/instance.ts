// `/instance`: people and rooms, for the instance's owner alone.
import { env } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import type { RequestInfo } from 'rwsdk/worker'
import { z } from 'zod'
import { isMemberId, isRoomId, LOBBY, type MemberId, type RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { ledgerOf, type Usage } from '../../limits/ledger-surface'
import { roomOf, type RoomFigures } from '../../room/surface'
import { isSetByEnvironment, offeredModels } from '../../models/offer/offer'
import { connectedModels } from '../directory/connected-models'
import { runsHere } from '../requests/runs-here'
import type { InstanceModelsProps } from './InstanceModels'
import { finishRemovals, removeAccount } from '../directory/accounts'
import { deleteRoom, purgeRooms, restoreRoom } from '../directory/deleted-rooms'
import { changeFrontDoor } from '../directory/front-door'
import { instanceOwner } from '../directory/instance'
import { listAccounts } from '../directory/list-accounts'
import { listAllRooms } from '../directory/list-rooms'
import { cursorIn } from '../directory/paging'
import { findEntry } from '../directory/rooms'
import { sweepHourly } from '../directory/sweep'
import { form } from '../forms/form'
import { InstancePage } from './InstancePage'
import { RefusalPage } from './RefusalPage'
import { askName, redirect, sayNo } from './room-pages'

/** On one page: each room is asked for its figures, which wakes it. */
const ROOMS_PER_PAGE = 20
const PEOPLE_PER_PAGE = 50

/** GET `/instance`, with `?people=` and `?rooms=` for where the pages after the first begin. What a week has passed over is forgotten on the way. */
export async function instance({ request, ctx, response }: RequestInfo): Promise<Response | ReactElement> {
  if (!ctx.viewer) return askName(request)
  const owner = await asInstanceOwner(ctx.viewer)
  if (!owner.ok) return sayNo(owner.refusal, ctx.viewer, response)
  return instancePage(owner.value, new URL(request.url).searchParams, null)
}

/** The page for its owner; `refused`: a model that was not connected. */
export async function instancePage(owner: Member, searchParams: URLSearchParams, refused: InstanceModelsProps['refused']): Promise<ReactElement> {
  const now = Date.now()
  await purgeRooms(env, now)
  await finishRemovals(env)
  await sweepHourly(env, now)
  // The lobby may have been out of reach when the instance was claimed.
  await (await roomOf(env, LOBBY)).own(owner)
  const [people, rooms] = await Promise.all([
    listAccounts(env, cursorIn(searchParams.get('people')), PEOPLE_PER_PAGE),
    listAllRooms(env, cursorIn(searchParams.get('rooms')), ROOMS_PER_PAGE),
  ])
  const figures = await Promise.all(rooms.listed.map(({ id }) => figuresOf(id)))
  const usage = await usageFor(owner.id)
  return createElement(InstancePage, {
    viewer: owner,
    models: { models: await shownModels(), isSetByEnvironment: isSetByEnvironment(env), isLocal: runsHere(env), refused },
    usage,
    people,
    rooms: { ...rooms, listed: rooms.listed.map((room, at) => ({ ...room, figures: figures[at] ?? null })) },
    isFirst: !searchParams.has('people') && !searchParams.has('rooms'),
  })
}

/** All that there are, with what is known of those that were connected here. */
async function shownModels(): Promise<InstanceModelsProps['models']> {
  const connected = await connectedModels(env)
  return offeredModels(env, connected).map((model) => {
    const {
      hasKey = false,
      address = null,
      testedAt = null,
      tested = null,
    } = (model.origin === 'connected' ? connected.find(({ id }) => id === model.id) : null) ?? {}
    return { ...model, hasKey, address, testedAt, tested }
  })
}

/** What was spent today, for its owner: who asks as one, and not as a guest, from their first visit here. Null when it cannot be had. */
async function usageFor(owner: MemberId): Promise<Usage | null> {
  try {
    await ledgerOf(env).setOwner(owner)
    return await ledgerOf(env).usageToday()
  } catch (cause) {
    console.error('the usage of today could not be had', cause)
    return null
  }
}

/** POST `/instance/people`: removes an account. */
export const postAccountRemoval = form({
  fields: z.object({ remove: z.string() }),
  act: async ({ remove }, { ctx }) => {
    const owner = await asInstanceOwner(ctx.viewer)
    if (!owner.ok) return owner
    if (!isMemberId(remove)) return refuse('malformed', 'There is no account of that id.')
    if (remove === owner.value.id) return refuse('not_owner', 'You cannot remove yourself: the instance would be nobody’s.')
    const removed = await removeAccount(env, remove, Date.now())
    await changeFrontDoor(env, null)
    return removed.ok ? accept({ path: '/instance' }) : removed
  },
  page: (refusal, _fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/instance' }),
})

/** POST `/instance/rooms`: deletes a room, or has it back. */
export const postRoomDecision = form({
  fields: z.union([z.object({ delete: z.string() }), z.object({ restore: z.string() })]),
  act: async (fields, { ctx }) => {
    const owner = await asInstanceOwner(ctx.viewer)
    if (!owner.ok) return owner
    const room = await findEntry(env, 'delete' in fields ? fields.delete : fields.restore)
    if (!room) return refuse('no_such_room', 'There is no room of that id.')
    if ('restore' in fields) {
      if (room.deletedAt !== null) await restoreRoom(env, room.id)
      return accept({ path: '/instance' })
    }
    const deleted = await deleteRoom(env, room.id, Date.now())
    return deleted.ok ? accept({ path: '/instance' }) : deleted
  },
  page: (refusal, _fields, { ctx }) => createElement(RefusalPage, { refusal, viewer: ctx.viewer, back: '/instance' }),
})

/** The addresses of the forms, asked for as pages. */
export function toInstance(): Response {
  return redirect('/instance')
}

/** Refuses: not_signed_in, not_owner. */
export async function asInstanceOwner(viewer: Member | null): Promise<Result<Member>> {
  if (!viewer) return refuse('not_signed_in', 'Say who you are first.')
  if ((await instanceOwner(env)) === viewer.id) return accept(viewer)
  return refuse('not_owner', 'Only the owner of this instance may see this page. It is whoever opened the link that Parley printed when it was started.')
}

/** Null when the room has no object, or does not answer. */
async function figuresOf(id: RoomId): Promise<RoomFigures | null> {
  try {
    return isRoomId(id) ? await (await roomOf(env, id)).figures() : null
  } catch (cause) {
    console.error('a room did not say what it holds', { room: id }, cause)
    return null
  }
}
