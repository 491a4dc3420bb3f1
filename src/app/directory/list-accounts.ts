// Who there is on this instance, for its owner: read from the directory alone, and no room is woken.
import type { MemberId } from '../../conversation/ids'
import { type Cursor, MOST_COUNTED, type PageOf, pageOf } from './paging'

export interface Account {
  readonly id: MemberId
  readonly name: string
  /** Ms since 1970. */
  readonly since: number
  /** When they last opened a room, by page or by socket, ms since 1970; null when they never did. */
  readonly lastSeen: number | null
  /** Rooms that they have been in or that are theirs, up to MOST_ROOMS_COUNTED. */
  readonly rooms: number
}

export const MOST_ROOMS_COUNTED = 100

/** From an index each, and never more rows than are counted. */
export const ACCOUNTS = `
  SELECT user.rowid AS place, user.id, user.name, user.createdAt,
    MAX(IFNULL((SELECT MAX(last_seen) FROM room_visit WHERE user_id = user.id), 0),
        IFNULL((SELECT MAX(opened_at) FROM session_room WHERE user_id = user.id), 0)) AS lastSeen,
    (SELECT COUNT(DISTINCT room_id) FROM (SELECT * FROM (SELECT room_id FROM room_visit WHERE user_id = user.id LIMIT ${MOST_ROOMS_COUNTED})
       UNION ALL SELECT * FROM (SELECT room_id FROM session_room WHERE user_id = user.id LIMIT ${MOST_ROOMS_COUNTED})
       UNION ALL SELECT * FROM (SELECT id FROM room WHERE owner_id = user.id LIMIT ${MOST_ROOMS_COUNTED}))) AS rooms
  FROM user WHERE user.rowid < ?1 ORDER BY user.rowid DESC LIMIT ?2`

/** One page of accounts, newest first, and how many there are in all, up to MOST_COUNTED. */
export async function listAccounts(env: Env, before: Cursor, perPage: number): Promise<PageOf<Account> & { readonly total: number }> {
  const [counted, listed] = await env.DB.batch<Record<string, unknown>>([
    env.DB.prepare(`SELECT COUNT(*) AS total FROM (SELECT 1 FROM user LIMIT ${MOST_COUNTED})`),
    env.DB.prepare(ACCOUNTS).bind(before, perPage + 1),
  ])
  const accounts = (listed?.results ?? []).map(({ place, id, name, createdAt, lastSeen, rooms }) => ({
    place: Number(place),
    id: id as MemberId,
    name: String(name),
    since: new Date(createdAt as string | number).getTime(),
    lastSeen: Number(lastSeen) || null,
    rooms: Math.min(Number(rooms), MOST_ROOMS_COUNTED),
  }))
  return { ...pageOf(accounts, perPage), total: Number(counted?.results[0]?.['total'] ?? 0) }
}
