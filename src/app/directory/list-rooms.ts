// The rooms somebody may see, a page at a time and each from an index: what a page costs does not grow with how many rooms
// there are [R48].
import type { MemberId } from '../../conversation/ids'
import type { LaneName } from '../../lanes/lanes'
import { type Cursor, MOST_COUNTED, NEWEST, type PageOf, pageOf } from './paging'
import type { RoomEntry } from './rooms'

/** A room in somebody's side list. */
export interface ListedRoom extends RoomEntry {
  /** The lane they last saw it in; null for a room they have never been in. */
  readonly lastLane: LaneName | null
  /** When that was, ms since 1970. */
  readonly lastSeen: number | null
}

export const ROOMS_PER_PAGE = 50

const ENTRY = 'room.id, room.name, room.access, room.owner_id AS ownerId, room.deleted_at AS deletedAt, room.rowid AS place'
const SEEN = 'visit.last_lane AS lastLane, visit.last_seen AS lastSeen'
const VISIT_OF = 'LEFT JOIN room_visit AS visit ON visit.room_id = room.id AND visit.user_id = ?1'

/** Rooms somebody has been in, newest visit first: before ?2, ms since 1970. */
export const VISITED = `SELECT ${ENTRY}, ${SEEN} FROM room_visit AS visit CROSS JOIN room ON room.id = visit.room_id
  WHERE visit.user_id = ?1 AND visit.last_seen < ?2 AND room.deleted_at IS NULL ORDER BY visit.last_seen DESC LIMIT ?3`

/** Open rooms, newest first: before the place ?2. */
export const OPEN = `SELECT ${ENTRY}, ${SEEN} FROM room ${VISIT_OF}
  WHERE room.access = 'open' AND room.deleted_at IS NULL AND room.rowid < ?2 ORDER BY room.rowid DESC LIMIT ?3`

const PRESENT = `SELECT ${ENTRY}, ${SEEN} FROM room ${VISIT_OF} WHERE room.id = ?4 AND room.deleted_at IS NULL`

/** All three in one question. */
export const SIDE_LIST = `SELECT * FROM (${PRESENT}) UNION ALL SELECT * FROM (${VISITED}) UNION ALL SELECT * FROM (${OPEN})`

type Row = ListedRoom & { readonly place: Cursor }

/** The first page of a side list: the room that they are in, those they have been in, newest visit first, then other open ones; and whether there are more. */
export async function listRooms(env: Env, member: MemberId, present: string): Promise<{ readonly rooms: readonly ListedRoom[]; readonly hasMore: boolean }> {
  const { results } = await env.DB.prepare(SIDE_LIST)
    .bind(member, NEWEST, ROOMS_PER_PAGE + 1, present)
    .all<Row>()
  // A room may be there three times over; nothing says in which order a union comes.
  const rooms = [...new Map(results.map((row) => [row.id, row])).values()].sort(
    (a, b) => Number(b.id === present) - Number(a.id === present) || (b.lastSeen ?? 0) - (a.lastSeen ?? 0) || b.place - a.place,
  )
  return { rooms: rooms.slice(0, ROOMS_PER_PAGE), hasMore: rooms.length > ROOMS_PER_PAGE }
}

/** Whether a visit to the first of these would change nothing but its time: it is the newest already, and in that lane. */
export function isLatestVisit([present, ...others]: readonly ListedRoom[], lane: LaneName): boolean {
  if (!present || present.lastSeen === null || present.lastLane !== lane) return false
  const { lastSeen } = present
  return others.every((other) => (other.lastSeen ?? 0) <= lastSeen)
}

/** A page of the rooms that somebody has been in, newest visit first; `before` is a time, ms since 1970. */
export async function listVisited(env: Env, member: MemberId, before: Cursor): Promise<PageOf<ListedRoom>> {
  const { results } = await env.DB.prepare(VISITED)
    .bind(member, before, ROOMS_PER_PAGE + 1)
    .all<Row>()
  return pageOf(
    results.map((row) => ({ ...row, place: row.lastSeen ?? 0 })),
    ROOMS_PER_PAGE,
  )
}

/** A page of the open rooms that somebody has not been in, newest first: those of a page that they have are left out, so that it may be short, and costs what any other does. */
export async function listUnvisited(env: Env, member: MemberId, before: Cursor): Promise<PageOf<ListedRoom>> {
  const { listed, next } = await listOpen(env, member, before)
  return { listed: listed.filter(({ lastSeen }) => lastSeen === null), next }
}

/** A page of the open rooms, newest first. */
export async function listOpen(env: Env, member: MemberId, before: Cursor): Promise<PageOf<ListedRoom>> {
  const { results } = await env.DB.prepare(OPEN)
    .bind(member, before, ROOMS_PER_PAGE + 1)
    .all<Row>()
  return pageOf(results, ROOMS_PER_PAGE)
}

export const ALL_ROOMS = `SELECT ${ENTRY} FROM room WHERE room.rowid < ?1 ORDER BY room.rowid DESC LIMIT ?2`

/** One page of all rooms, deleted ones too, newest first, and how many there are in all, up to MOST_COUNTED. */
export async function listAllRooms(env: Env, before: Cursor, perPage: number): Promise<PageOf<RoomEntry> & { readonly total: number }> {
  const [counted, listed] = await env.DB.batch([
    env.DB.prepare(`SELECT COUNT(*) AS total FROM (SELECT 1 FROM room LIMIT ${MOST_COUNTED})`),
    env.DB.prepare(ALL_ROOMS).bind(before, perPage + 1),
  ])
  const [count] = (counted?.results ?? []) as readonly { readonly total: number }[]
  return { ...pageOf((listed?.results ?? []) as readonly (RoomEntry & { readonly place: Cursor })[], perPage), total: count?.total ?? 0 }
}
