// In which rooms a session has opened sockets, and in which an account has been. A session's end is told in each of them,
// however it came there [R73].
import type { Visitor } from '../../auth/session'
import type { MemberId, RoomId } from '../../conversation/ids'

/**
 * Notes that a socket is about to be opened. False when the session has ended meanwhile: asked and written in one
 * statement, so that whoever ends it afterwards finds the note.
 */
export async function noteOpening(env: Env, { member, sessionId }: Visitor, room: RoomId): Promise<boolean> {
  const { meta } = await env.DB.prepare(
    `INSERT INTO session_room (session_id, room_id, user_id, opened_at) SELECT ?1, ?2, ?3, ?4 FROM session WHERE id = ?1
     ON CONFLICT DO UPDATE SET opened_at = excluded.opened_at`,
  )
    .bind(sessionId, room, member.id, Date.now())
    .run()
  return meta.changes > 0
}

/** The rooms are told: nobody needs to know any more where it was. */
export async function forgetSession(env: Env, sessionId: string): Promise<void> {
  await env.DB.prepare('DELETE FROM session_room WHERE session_id = ?').bind(sessionId).run()
}

/** Every room in which this account has been, by page or by socket, or which it owns. */
export async function roomsOfAccount(env: Env, id: MemberId): Promise<readonly RoomId[]> {
  const { results } = await env.DB.prepare(
    `SELECT room_id AS id FROM session_room WHERE user_id = ?1 UNION SELECT room_id FROM room_visit WHERE user_id = ?1
     UNION SELECT id FROM room WHERE owner_id = ?1`,
  )
    .bind(id)
    .all<{ id: RoomId }>()
  return results.map(({ id: room }) => room)
}
