// Messages of a room as a tool asks for them: of a time, an author, or up to a seq.
import type { Wanted } from '../../agents/tools/room-view'
import type { Message } from '../../conversation/message'
import { messageFromRow, type MessageRow } from './message-row'

/** The newest messages that are looked through, and so many bytes of them are read: some ms. */
const MOST_LOOKED_AT = 5_000
const MOST_BYTES = 1_000_000

/** Finished messages, oldest first: the last of those that are wanted. */
export function readWanted(sql: SqlStorage, { upTo, author, from, to, limit }: Wanted): readonly Message[] {
  const rows = sql.exec<MessageRow>(
    `SELECT * FROM message
     WHERE seq > (SELECT max(cleared_seq, (SELECT coalesce(max(seq), 0) FROM message) - ?1) FROM room) AND seq <= ?2
       AND status NOT IN ('streaming', 'waiting') AND created_at BETWEEN ?3 AND ?4 AND (?5 IS NULL OR lower(author_name) = lower(?5))
     ORDER BY seq DESC LIMIT ?6`,
    MOST_LOOKED_AT,
    upTo ?? Number.MAX_SAFE_INTEGER,
    from ?? 0,
    to ?? Number.MAX_SAFE_INTEGER,
    author ?? null,
    limit,
  )
  const messages: Message[] = []
  let left = MOST_BYTES
  for (const row of rows) {
    left -= row.parts.length
    if (left < 0) break
    messages.push(messageFromRow(row))
  }
  return messages.reverse()
}
