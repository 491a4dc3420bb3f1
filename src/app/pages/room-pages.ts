// The addresses of rooms. Each asks for the visitor's name first, and says no in words.
import { env, waitUntil } from 'cloudflare:workers'
import { createElement, type ReactElement } from 'react'
import { requestInfo, type RequestInfo } from 'rwsdk/worker'
import { LOBBY } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { refusalResponse, refuse, sayRefused, type Refusal, type Result } from '../../conversation/refusal'
import { isLaneName, type LaneName } from '../../lanes/lanes'
import { openPage } from '../opening/open-page'
import { warmUp } from '../opening/warm-up'
import type { Visit } from '../../room/surface'
import { ComparePage } from './ComparePage'
import { RefusalPage } from './RefusalPage'
import { RoomPage } from './RoomPage'
import { SignInPage } from './SignInPage'
import { roomPath } from '../directory/places'
import { inListedRoom, inRoom, noSuchPlace } from '../directory/known-room'
import { mayDelete } from '../directory/ownership'
import { isLatestVisit, type ListedRoom, listRooms } from '../directory/list-rooms'
import { findEntry, findRoom, lastLane, recordVisit } from '../directory/rooms'
import { wantsJson } from '../forms/form'
import { mayComeIn } from '../forms/may-come-in'
import { DeletedRoomPage } from './DeletedRoomPage'

type Answer = Promise<Response | ReactElement>

/** Named to somebody who may not enter a room, at most: the lobby may be the one. */
const OTHER_ROOMS = 10

/** `/`: the lobby, in the lane that its visitor last used. */
export async function frontPage({ request, ctx }: RequestInfo): Answer {
  waitUntil(warmUp())
  if (!ctx.viewer) return askName(request, '/')
  return redirect(roomPath(LOBBY, await lastLane(env, ctx.viewer.id, LOBBY)))
}

/** `/rooms/:room` */
export async function roomInLastLane({ request, params, ctx, response }: RequestInfo): Answer {
  if (!ctx.viewer) return askName(request)
  const room = await enterRoom(ctx.viewer, params.room, null)
  if (!room.ok) return sayNoToRoom(room.refusal, ctx.viewer, params.room, response)
  return redirect(roomPath(room.value.room.id, await lastLane(env, ctx.viewer.id, room.value.room.id)))
}

/** `/rooms/:room/:lane` */
export async function roomInLane({ request, params, ctx, response }: RequestInfo): Answer {
  const { viewer } = ctx
  if (!isLaneName(params.lane)) return sayNo(noSuchPlace().refusal, viewer, response)
  if (!viewer) return askName(request)
  const { rooms, hasMore } = await listRooms(env, viewer.id, params.room ?? '')
  // The list begins with the room at this address, if there is one: nobody need ask the directory twice.
  const [entry] = rooms
  const { lane } = params
  if (!entry || entry.id !== params.room) return sayNoToRoom(noSuchPlace().refusal, viewer, params.room, response)
  const opened = await inListedRoom(entry, (room) => openPage(request, viewer, room, entry.id, lane))
  if (!opened.ok) return sayNoToRoom(opened.refusal, viewer, entry.id, response, rooms.slice(1, 1 + OTHER_ROOMS))
  if (!isLatestVisit(rooms, params.lane)) waitUntil(recordVisit(env, viewer.id, entry.id, params.lane))
  const debug = new URL(request.url).searchParams.has('debug')
  return createElement(RoomPage, { ...opened.value, lane: params.lane, rooms, hasMoreRooms: hasMore, debug })
}

/** `/rooms/:room/compare`: every lane at once. */
export async function roomInAllLanes({ request, params, ctx, response }: RequestInfo): Answer {
  const { viewer } = ctx
  if (!viewer) return askName(request)
  const entry = await findRoom(env, params.room)
  if (!entry.ok) return sayNoToRoom(entry.refusal, viewer, params.room, response)
  const { id } = entry.value
  const opened = await inListedRoom(entry.value, (room) => openPage(request, viewer, room, id, 'compare'))
  if (!opened.ok) return sayNoToRoom(opened.refusal, viewer, id, response)
  waitUntil(recordVisit(env, viewer.id, id, null))
  return createElement(ComparePage, opened.value)
}

/** `/join/:room/:code`: the link that lets a person into a private room, once and for all. */
export async function joinRoom({ request, params, ctx, response }: RequestInfo): Answer {
  if (!ctx.viewer) return askName(request)
  const room = await enterRoom(ctx.viewer, params.room, params.code)
  return room.ok ? redirect(roomPath(room.value.room.id)) : sayNo(room.refusal, ctx.viewer, response)
}

/** `/chat-rsc` and its like: the lobby in that lane. */
export function lobbyIn(lane: LaneName) {
  return (): Response => redirect(roomPath(LOBBY, lane))
}

export async function notFound({ ctx, response }: RequestInfo): Answer {
  return sayNo(refuse('no_such_room', 'There is nothing at this address.').refusal, ctx.viewer, response)
}

/** Refuses: no_such_room, not_a_member. */
export async function enterRoom(viewer: Member, id: unknown, invite: string | null): Promise<Result<Visit>> {
  return inRoom(id, (room) => room.enter(viewer, invite))
}

export async function askName(request: Request, next = placeOf(request)): Promise<ReactElement> {
  const may = await mayComeIn(next)
  return createElement(SignInPage, { name: '', next, refusal: null, closed: may.ok ? null : may.refusal })
}

/** Whoever may bring a deleted room back is shown how. */
async function sayNoToRoom(refusal: Refusal, viewer: Member, id: unknown, response: RequestInfo['response'], otherRooms: readonly ListedRoom[] = []): Answer {
  const entry = refusal.code === 'no_such_room' && !wantsJson(requestInfo.request) ? await findEntry(env, id) : null
  if (!entry?.deletedAt || !(await mayDelete(env, entry, viewer.id))) return sayNo(refusal, viewer, response, otherRooms)
  sayRefused(response, refusal)
  return createElement(DeletedRoomPage, { id: entry.id, name: entry.name, deletedAt: entry.deletedAt })
}

/** A page in words; JSON for a program that asked for that. `otherRooms`: where the viewer may go instead. */
export function sayNo(
  refusal: Refusal,
  viewer: Member | null,
  response: RequestInfo['response'],
  otherRooms: readonly ListedRoom[] = [],
): Response | ReactElement {
  if (wantsJson(requestInfo.request)) return refusalResponse(refusal)
  sayRefused(response, refusal)
  return createElement(RefusalPage, { refusal, viewer, back: '/', rooms: otherRooms })
}

function placeOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return `${pathname}${search}`
}

/** A redirect stays on this site whatever the request said of itself: its address is a path. */
export function redirect(path: string): Response {
  return new Response(null, { status: 302, headers: { location: path } })
}
