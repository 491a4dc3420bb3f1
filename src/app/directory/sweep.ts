// What has no end by itself and is of no use any more: sessions that are over, where they had sockets, and the visits of
// accounts that are gone. Invariant: a room that must still hear of an account's removal stays noted.

/** Rows of a kind at one time, at most: what is left waits for the next sweep. */
const AT_ONCE = 5_000
export const SWEEP_EVERY_MS = 60 * 60 * 1000

let sweptAt = -Infinity

/** Sweeps, unless this isolate did within the hour. */
export async function sweepHourly(env: Pick<Env, 'DB'>, now: number): Promise<void> {
  if (now < sweptAt + SWEEP_EVERY_MS) return
  sweptAt = now
  await sweep(env, now)
}

/** In one transaction. `now`: ms since 1970. */
export async function sweep({ DB }: Pick<Env, 'DB'>, now: number): Promise<void> {
  const over = 'SELECT 1 FROM session WHERE session.id = session_room.session_id'
  await DB.batch([
    // Kept by better-auth as text in ISO's form; a number is older.
    DB.prepare(
      `DELETE FROM session WHERE id IN (SELECT id FROM session
         WHERE CASE typeof(expiresAt) WHEN 'text' THEN expiresAt <= ?1 ELSE expiresAt <= ?2 END LIMIT ${AT_ONCE})`,
    ).bind(new Date(now).toISOString(), now),
    // Where somebody has been is asked when their account is removed: one row of each room is kept.
    DB.prepare(
      `INSERT INTO room_visit (user_id, room_id, last_lane, last_seen)
         SELECT user_id, room_id, 'agents', MAX(opened_at) FROM session_room
         WHERE NOT EXISTS (${over}) AND room_id IN (SELECT id FROM room) AND user_id IN (SELECT id FROM user) GROUP BY user_id, room_id
       ON CONFLICT DO NOTHING`,
    ),
    DB.prepare(
      `DELETE FROM session_room WHERE (session_id, room_id) IN (SELECT session_id, room_id FROM session_room
         WHERE NOT EXISTS (${over}) AND user_id NOT IN (SELECT user_id FROM removed_account) LIMIT ${AT_ONCE})`,
    ),
    DB.prepare(
      `DELETE FROM room_visit WHERE (user_id, room_id) IN (SELECT user_id, room_id FROM room_visit
         WHERE user_id NOT IN (SELECT id FROM user) AND user_id NOT IN (SELECT user_id FROM removed_account) LIMIT ${AT_ONCE})`,
    ),
  ])
}
