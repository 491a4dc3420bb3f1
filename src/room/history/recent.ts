// What the rules of engagement look at of the messages before a new one: who said what to whom, and when. The words only where
// the new message quotes, and of no more of them than are compared.
import { type Earlier, MOST_QUOTED_FROM, MOST_RECENT } from '../../agents/engagement/facts'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { MemberKind } from '../../conversation/member'

interface RecentRow extends Record<string, SqlStorageValue> {
  author_id: string
  author_kind: string
  status: string
  created_at: number
  ended_at: number | null
  started_at: number | null
  said: number
  by: string | null
  root: string | null
  said_to: string | null
  text: string | null
}

/** The newest messages that a quotation is looked for in: more are not compared. */
const MOST_QUOTED = 50

/** Oldest first, at most MOST_RECENT; but for what schedules say for people, who may be far away. `now`: server time, ms; what is being written is said now. */
export function recentIn(sql: SqlStorage, now: number, withText: boolean): readonly Earlier[] {
  const rows = sql.exec<RecentRow>(
    `SELECT author_id, author_kind, status, created_at, ended_at, started_at, octet_length(parts) > 2 AS said, root, said_to,
       amended ->> '$.why.by' AS by, ${withText ? "substr(parts ->> '$[0].text', 1, ?)" : 'iif(? > 0, NULL, NULL)'} AS text
     FROM message WHERE seq > (SELECT cleared_seq FROM room) AND amended ->> '$.schedule' IS NULL ORDER BY seq DESC LIMIT ?`,
    MOST_QUOTED_FROM,
    withText ? MOST_QUOTED : MOST_RECENT,
  )
  return rows.toArray().map(earlierFrom(now)).reverse()
}

function earlierFrom(now: number): (row: RecentRow) => Earlier {
  return (row) => {
    const isOpen = row.status === 'streaming' || row.status === 'waiting' || row.status === 'asking'
    return {
      author: { id: row.author_id as MemberId, kind: row.author_kind as MemberKind },
      at: isOpen ? now : (row.ended_at ?? row.started_at ?? row.created_at),
      isSaid: isOpen || row.said === 1,
      ...(row.by === null ? {} : { by: row.by as MemberId }),
      ...(row.root === null ? {} : { root: row.root as MessageId }),
      ...(row.said_to === null ? {} : { to: row.said_to as MemberId }),
      ...(row.text === null ? {} : { text: row.text }),
    }
  }
}
