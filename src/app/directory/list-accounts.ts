// Who there is on this instance, for its owner: read from the directory alone, and no room is woken.
import type { MemberId } from '../../conversation/ids'

export interface Account {
  readonly id: MemberId
  readonly name: string
  /** Ms since 1970. */
  readonly since: number
  /** When they last opened a room, by page or by socket, ms since 1970; null when they never did. */
  readonly lastSeen: number | null
  /** Rooms they have been in. */
  readonly rooms: number
}

/** One page of accounts, newest first, and how many there are in all. */
export async function listAccounts(env: Env, page: number, perPage: number): Promise<{ readonly accounts: readonly Account[]; readonly total: number }> {
  const [counted, listed] = await env.DB.batch<Record<string, unknown>>([
    env.DB.prepare('SELECT COUNT(*) AS total FROM user'),
    env.DB.prepare(
      `SELECT user.id, user.name, user.createdAt,
         (SELECT MAX(at) FROM (SELECT last_seen AS at FROM room_visit WHERE user_id = user.id
            UNION ALL SELECT opened_at FROM session_room WHERE user_id = user.id)) AS lastSeen,
         (SELECT COUNT(*) FROM (SELECT room_id FROM room_visit WHERE user_id = user.id
            UNION SELECT room_id FROM session_room WHERE user_id = user.id)) AS rooms
       FROM user ORDER BY user.createdAt DESC, user.id LIMIT ?1 OFFSET ?2`,
    ).bind(perPage, (page - 1) * perPage),
  ])
  const accounts = (listed?.results ?? []).map(({ id, name, createdAt, lastSeen, rooms }) => ({
    id: id as MemberId,
    name: String(name),
    since: new Date(createdAt as string | number).getTime(),
    lastSeen: typeof lastSeen === 'number' ? lastSeen : null,
    rooms: Number(rooms),
  }))
  return { accounts, total: Number(counted?.results[0]?.['total'] ?? 0) }
}
