// Deleting a room, having it back within a week, and forgetting it after that. The directory refuses a deleted room first,
// and the room itself from then on; it comes back in the opposite order.
import { LOBBY, type RoomId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { KEPT_DELETED_MS } from '../../room/members/members'
import { roomOf } from '../../room/surface'
import { forgetRoom, setDeleted } from './rooms'

/** Refuses: not_owner (the lobby always exists). */
export async function deleteRoom(env: Env, id: RoomId, now: number): Promise<Result> {
  if (id === LOBBY) return refuse('not_owner', 'The lobby always exists: it can be cleared, but not deleted.')
  await setDeleted(env, id, now)
  await (await roomOf(env, id)).setDeleted(true)
  return accept(undefined)
}

export async function restoreRoom(env: Env, id: RoomId): Promise<void> {
  await (await roomOf(env, id)).setDeleted(false)
  await setDeleted(env, id, null)
}

/** Until when a room deleted then can be had back, ms since 1970. */
export function keptUntil(deletedAt: number): number {
  return deletedAt + KEPT_DELETED_MS
}

/** Forgets the rooms whose week is over; their names are free again. The room decides by its own clock whether it is. */
export async function purgeRooms(env: Env, now: number): Promise<void> {
  const { results } = await env.DB.prepare('SELECT id FROM room WHERE deleted_at <= ? LIMIT 20')
    .bind(now - KEPT_DELETED_MS)
    .all<{ id: RoomId }>()
  for (const { id } of results) {
    try {
      if (await isForgotten(env, id)) await forgetRoom(env, id)
    } catch (cause) {
      console.error('a deleted room could not be forgotten', { room: id }, cause)
    }
  }
}

/** True when nothing of the room is left. */
async function isForgotten(env: Env, id: RoomId): Promise<boolean> {
  try {
    return await (await roomOf(env, id)).purge()
  } catch (cause) {
    // The object ends with its data, or something failed: a new one knows.
    if ((await (await roomOf(env, id)).figures()) === null) return true
    throw cause
  }
}
