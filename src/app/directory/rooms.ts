// The directory of rooms, over D1: which there are, and who has been where. Members and messages live in each room's object.
import { isRoomId, type MemberId, type RoomId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { LaneName } from '../../lanes/lanes'
import type { Access } from '../../room/members/members'

export interface RoomEntry {
  readonly id: RoomId
  readonly name: string
  readonly access: Access
  readonly ownerId: MemberId | null
  /** When it was deleted, ms since 1970; null while it is open. */
  readonly deletedAt: number | null
}

/** A room in somebody's side list. */
export interface ListedRoom extends RoomEntry {
  /** The lane they last saw it in; null for a room they have never been in. */
  readonly lastLane: LaneName | null
  /** When that was, ms since 1970. */
  readonly lastSeen: number | null
}

/** Rooms in the side list at most: more than anybody scrolls through. */
const LISTED = 100

const ENTRY = 'room.id, room.name, room.access, room.owner_id AS ownerId, room.deleted_at AS deletedAt'

/** A room that is there and open. Refuses with no_such_room: there is none, it was deleted, or `id` is no room's id at all. */
export async function findRoom(env: Env, id: unknown): Promise<Result<RoomEntry>> {
  const room = await findEntry(env, id)
  if (!room) return refuse('no_such_room', 'There is no room at this address.')
  if (room.deletedAt !== null) return refuse('no_such_room', 'This room was deleted.')
  remember(room.id)
  return accept(room)
}

/** Deleted or not. Null when there is none. */
export async function findEntry(env: Env, id: unknown): Promise<RoomEntry | null> {
  if (!isRoomId(id)) return null
  return env.DB.prepare(`SELECT ${ENTRY} FROM room WHERE id = ?`).bind(id).first<RoomEntry>()
}

/** The rooms somebody may see: the one they are in, those they have been in, newest visit first, then every other open one. */
export async function listRooms(env: Env, member: MemberId, present: string): Promise<readonly ListedRoom[]> {
  const { results } = await env.DB.prepare(
    `SELECT ${ENTRY}, visit.last_lane AS lastLane, visit.last_seen AS lastSeen
     FROM room LEFT JOIN room_visit AS visit ON visit.room_id = room.id AND visit.user_id = ?1
     WHERE room.deleted_at IS NULL AND (room.access = 'open' OR visit.user_id IS NOT NULL OR room.id = ?2)
     ORDER BY room.id = ?2 DESC, visit.last_seen DESC NULLS LAST, room.created_at DESC LIMIT ${LISTED}`,
  )
    .bind(member, present)
    .all<ListedRoom>()
  return results
}

/** Enters a room in the directory. Refuses: bad_name, name_taken. */
export async function createRoom(env: Env, room: Omit<RoomEntry, 'id' | 'deletedAt'>): Promise<Result<RoomId>> {
  const id = slugOf(room.name)
  if (id === null) return refuse('bad_name', "A room's name needs a letter or a digit.")
  const { meta } = await env.DB.prepare('INSERT INTO room (id, name, access, owner_id, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
    .bind(id, room.name, room.access, room.ownerId, Date.now())
    .run()
  if (meta.changes === 0) return refuse('name_taken', `There is a room called “${room.name}” already.`)
  return accept(id)
}

/** Rooms found lately, at most so many: by them a room that exists is known while the database does not answer. */
const REMEMBERED = 1_000
const found = new Set<RoomId>()

function remember(id: RoomId): void {
  found.delete(id)
  found.add(id)
  for (const oldest of found) {
    if (found.size <= REMEMBERED) break
    found.delete(oldest)
  }
}

/** Whether a room of this id was there when it was last asked for. */
export function wasFound(id: unknown): id is RoomId {
  return isRoomId(id) && found.has(id)
}

/** Deletes a room in the directory, or brings it back with null: `at` is ms since 1970. */
export async function setDeleted(env: Env, id: RoomId, at: number | null): Promise<void> {
  found.delete(id)
  await env.DB.prepare('UPDATE room SET deleted_at = ? WHERE id = ?').bind(at, id).run()
}

/** Takes a room out of the directory: its object could not be made, or is forgotten. */
export async function forgetRoom(env: Env, id: RoomId): Promise<void> {
  await env.DB.prepare('DELETE FROM room WHERE id = ?').bind(id).run()
  found.delete(id)
}

/** Whether a visit to the first of these would change nothing but its time: it is the newest already, and in that lane. */
export function isLatestVisit([present, ...others]: readonly ListedRoom[], lane: LaneName): boolean {
  if (!present || present.lastSeen === null || present.lastLane !== lane) return false
  const { lastSeen } = present
  return others.every((other) => (other.lastSeen ?? 0) <= lastSeen)
}

/** `lane` is null when they saw it in all of them at once. */
export async function recordVisit(env: Env, member: MemberId, room: RoomId, lane: LaneName | null): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO room_visit (user_id, room_id, last_lane, last_seen) VALUES (?1, ?2, COALESCE(?3, 'agents'), ?4)
     ON CONFLICT DO UPDATE SET last_lane = COALESCE(?3, last_lane), last_seen = excluded.last_seen`,
  )
    .bind(member, room, lane, Date.now())
    .run()
}

/** Rooms somebody has been in lately, newest first. */
export async function visitedRooms(env: Env, member: MemberId): Promise<readonly RoomId[]> {
  const { results } = await env.DB.prepare(`SELECT room_id AS id FROM room_visit WHERE user_id = ? ORDER BY last_seen DESC LIMIT ${LISTED}`)
    .bind(member)
    .all<{ id: RoomId }>()
  return results.map(({ id }) => id)
}

/** The lane somebody last used: in this room, else anywhere, else the agents lane (plain events, the least that can go wrong). */
export async function lastLane(env: Env, member: MemberId, room: RoomId): Promise<LaneName> {
  const lane = await env.DB.prepare('SELECT last_lane FROM room_visit WHERE user_id = ? ORDER BY room_id = ? DESC, last_seen DESC LIMIT 1')
    .bind(member, room)
    .first<LaneName>('last_lane')
  return lane ?? 'agents'
}

/** RedwoodSDK takes `/rooms/assets/…` for a file. */
const NO_ADDRESS = 'assets'

/**
 * The address of a room with this name: accents dropped, everything but a to z and digits a hyphen. A name in another
 * script gets an address by chance. Null when the name holds no letter or digit of any script.
 */
export function slugOf(name: string): RoomId | null {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '')
  if (isRoomId(slug) && slug !== NO_ADDRESS) return slug
  const chance = `room-${crypto.randomUUID().slice(0, 8)}`
  return /[\p{L}\p{N}]/u.test(name) && isRoomId(chance) ? chance : null
}

/** One page of all rooms, deleted ones too, newest first, and how many there are in all. */
export async function listAllRooms(env: Env, page: number, perPage: number): Promise<{ readonly rooms: readonly RoomEntry[]; readonly total: number }> {
  const [counted, listed] = await env.DB.batch([
    env.DB.prepare('SELECT COUNT(*) AS total FROM room'),
    env.DB.prepare(`SELECT ${ENTRY} FROM room ORDER BY created_at DESC, id LIMIT ? OFFSET ?`).bind(perPage, (page - 1) * perPage),
  ])
  const [count] = (counted?.results ?? []) as readonly { readonly total: number }[]
  return { rooms: (listed?.results ?? []) as readonly RoomEntry[], total: count?.total ?? 0 }
}
