// Taking away an account of this instance, for ever: for its owner.
import type { MemberId, RoomId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { roomOf } from '../../room/surface'
import { roomsOfAccount } from './open-rooms'

/**
 * Removes an account: its sessions end everywhere, its sockets are closed, and no room has it as a member any more. What
 * it said stays under its name, and nobody can be it again. Refuses: malformed (there is none), unavailable (a room could
 * not be told yet; it is told when the page of the instance is next opened).
 */
export async function removeAccount(env: Env, id: MemberId, now: number): Promise<Result> {
  const [removed] = await env.DB.batch([
    env.DB.prepare('INSERT INTO removed_account (user_id, name, removed_at) SELECT id, name, ?2 FROM user WHERE id = ?1 ON CONFLICT DO NOTHING').bind(id, now),
    env.DB.prepare('DELETE FROM session WHERE userId = ?').bind(id),
    env.DB.prepare('DELETE FROM user WHERE id = ?').bind(id),
  ])
  if (removed?.meta.changes === 0) return refuse('malformed', 'There is no account of that id.')
  const told = await tellRooms(env, id)
  return told
    ? accept(undefined)
    : refuse('unavailable', 'The account is removed, but a room could not be told yet. It is told when you open this page again.', 5_000)
}

/** Tells the rooms that could not be told of a removal when it happened. */
export async function finishRemovals(env: Env): Promise<void> {
  const { results } = await env.DB.prepare(
    `SELECT user_id AS id FROM removed_account WHERE EXISTS (SELECT 1 FROM session_room WHERE user_id = removed_account.user_id)
       OR EXISTS (SELECT 1 FROM room_visit WHERE user_id = removed_account.user_id) LIMIT 20`,
  ).all<{ id: MemberId }>()
  for (const { id } of results) await tellRooms(env, id)
}

/** True when every room was told; those that were are forgotten, the others stay noted. */
async function tellRooms(env: Env, id: MemberId): Promise<boolean> {
  const rooms = await roomsOfAccount(env, id)
  const told = await Promise.all(rooms.map((room) => tellRoom(env, id, room)))
  return !told.includes(false)
}

async function tellRoom(env: Env, id: MemberId, room: RoomId): Promise<boolean> {
  try {
    await (await roomOf(env, room)).removeAccount(id)
    await env.DB.batch([
      env.DB.prepare('DELETE FROM session_room WHERE user_id = ? AND room_id = ?').bind(id, room),
      env.DB.prepare('DELETE FROM room_visit WHERE user_id = ? AND room_id = ?').bind(id, room),
      env.DB.prepare('UPDATE room SET owner_id = NULL WHERE owner_id = ? AND id = ?').bind(id, room),
    ])
    return true
  } catch (cause) {
    console.error('a room was not told of the removal of an account', { room, account: id }, cause)
    return false
  }
}
