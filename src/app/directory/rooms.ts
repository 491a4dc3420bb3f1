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

/** Enters a room in the directory. Refuses: bad_name, name_taken. */
export async function createRoom(env: Env, room: Omit<RoomEntry, 'id' | 'deletedAt'>): Promise<Result<RoomId>> {
  const id = room.access === 'private' ? secretSlugOf(room.name) : slugOf(room.name)
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

/** `lane` is null when they saw it in all of them at once. */
export async function recordVisit(env: Env, member: MemberId, room: RoomId, lane: LaneName | null): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO room_visit (user_id, room_id, last_lane, last_seen) VALUES (?1, ?2, COALESCE(?3, 'agents'), ?4)
     ON CONFLICT DO UPDATE SET last_lane = COALESCE(?3, last_lane), last_seen = excluded.last_seen`,
  )
    .bind(member, room, lane, Date.now())
    .run()
}

/** The lane somebody last used: in this room, else anywhere, else the agents lane (plain events, the least that can go wrong). */
export async function lastLane(env: Env, member: MemberId, room: RoomId): Promise<LaneName> {
  const lane = await env.DB.prepare('SELECT last_lane FROM room_visit WHERE user_id = ? ORDER BY room_id = ? DESC, last_seen DESC LIMIT 1')
    .bind(member, room)
    .first<LaneName>('last_lane')
  return lane ?? 'agents'
}

const SLUG_LENGTH = 48
/** Of a private room's address, in hexadecimal digits: 64 bits of chance. */
const SECRET_LENGTH = 16

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
    .slice(0, SLUG_LENGTH)
    .replace(/^-+|-+$/g, '')
  if (isRoomId(slug) && slug !== NO_ADDRESS) return slug
  const chance = `room-${crypto.randomUUID().slice(0, 8)}`
  return /[\p{L}\p{N}]/u.test(name) && isRoomId(chance) ? chance : null
}

/**
 * The address of a private room: nobody finds out that it exists by its name, neither by asking for it nor by making
 * another [R11]. Whoever has its invitation has its address.
 */
function secretSlugOf(name: string): RoomId | null {
  const slug = slugOf(name)
    ?.slice(0, SLUG_LENGTH - SECRET_LENGTH - 1)
    .replace(/-+$/, '')
  const secret = crypto.randomUUID().replaceAll('-', '').slice(0, SECRET_LENGTH)
  const id = `${slug}-${secret}`
  return slug !== undefined && isRoomId(id) ? id : null
}
