// The room's messages in SQLite. Invariants: seq is given here, once, inside the insert; every change but growth takes
// a new version; an id, once taken, stays taken, even by a message that was cleared away.
import { changed, type Amendments } from '../../conversation/amendment'
import type { FinalStatus } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Failure, Message, MessageStatus, Part } from '../../conversation/message'
import { PAGE_SIZE, type Page } from '../../conversation/page'
import { messageFromRow, type MessageRow } from './message-row'

/** A search looks through so many messages at most, and so many bytes of what they say: some 10 ms. */
const MOST_SEARCHED = 5_000
const MOST_SEARCHED_BYTES = 4_000_000

/** Of everything that the clock was ever given to. */
const NEWEST = `
  SELECT coalesce(max(seq), 0) AS seq,
    max(
      coalesce(max(version), 0),
      coalesce((SELECT max(amended_version) FROM message WHERE amended_version IS NOT NULL), 0),
      coalesce((SELECT max(version) FROM record), 0)
    ) AS version
  FROM message`

/** What changed after a version, each part of it by its own index. */
const CHANGED = `
  SELECT * FROM message WHERE seq IN (
    SELECT seq FROM (SELECT seq FROM message WHERE version > ?1 AND seq > ?2 ORDER BY version LIMIT ?3)
    UNION
    SELECT seq FROM (SELECT seq FROM message WHERE amended_version IS NOT NULL AND amended_version > ?1 AND seq > ?2 ORDER BY amended_version LIMIT ?3)
  ) ORDER BY seq`

export interface Draft {
  readonly id: MessageId
  readonly author: Member
  readonly status: MessageStatus
  readonly createdAt: number
  readonly parts: readonly Part[]
  readonly replyTo?: MessageId
  /** Of a reply: who asked for it, when that was not the author of the message that it answers. */
  readonly askedBy?: MemberId
  /** What is known of it beside what it says, from its beginning: no change of it, so of version 0. */
  readonly amended?: Amendments
  /** Of a person's message: to whom it was said. */
  readonly saidTo?: MemberId | null
  /** Of a reply: with which message the chain began in which it was asked for, and how deep in it this one is. */
  readonly root?: MessageId
  readonly depth?: number
}

/** A reply that no running turn is writing, with how often a restart has continued it already. */
export interface Orphan {
  readonly message: Message
  readonly tries: number
}

export class History {
  /** The room's clock: the newest version given to anything. */
  version: number
  private lastSeq: number
  private clearedSeq: number
  private clearedVersion: number

  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
    const newest = sql.exec<{ version: number; seq: number }>(NEWEST).one()
    const room = sql.exec<{ seq: number; version: number }>('SELECT cleared_seq AS seq, cleared_version AS version FROM room').toArray()[0]
    this.lastSeq = newest.seq
    this.clearedSeq = room?.seq ?? 0
    this.clearedVersion = room?.version ?? 0
    this.version = Math.max(newest.version, this.clearedVersion)
  }

  /** Runs a write that storage may take back: then the room's clock goes back too. */
  undoable<T>(write: () => T): T {
    const { version, lastSeq, clearedSeq, clearedVersion } = this
    try {
      return write()
    } catch (cause) {
      Object.assign(this, { version, lastSeq, clearedSeq, clearedVersion })
      throw cause
    }
  }

  /** The room's clock goes on; answers what it says now. For whatever is kept beside the messages. */
  nextVersion(): number {
    this.version += 1
    return this.version
  }

  /** Adds a message at the end. Null when its id is taken. */
  append(draft: Draft): Message | null {
    const { id, author, status, createdAt, parts, replyTo, askedBy, amended, saidTo, root, depth } = draft
    const [row] = this.sql
      .exec<MessageRow>(
        `INSERT INTO message (seq, id, version, author_id, author_name, author_kind, status, created_at, reply_to, parts, asked_by, amended, said_to, root, depth)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT (id) DO NOTHING RETURNING *`,
        this.lastSeq + 1,
        id,
        this.version + 1,
        author.id,
        author.name,
        author.kind,
        status,
        createdAt,
        replyTo ?? null,
        JSON.stringify(parts),
        askedBy ?? null,
        amended ? JSON.stringify(amended) : null,
        saidTo ?? null,
        root ?? null,
        depth ?? null,
      )
      .toArray()
    if (!row) return null
    this.lastSeq += 1
    this.version += 1
    return messageFromRow(row)
  }

  get(id: MessageId): Message | null {
    const row = this.sql.exec<MessageRow>('SELECT * FROM message WHERE id = ? AND seq > ?', id, this.clearedSeq).toArray()[0]
    return row ? messageFromRow(row) : null
  }

  /** Who took this id, cleared or not; null for nobody. */
  authorOf(id: MessageId): string | null {
    return this.sql.exec<{ author_id: string }>('SELECT author_id FROM message WHERE id = ?', id).toArray()[0]?.author_id ?? null
  }

  seqOf(id: MessageId): number | null {
    return this.sql.exec<{ seq: number }>('SELECT seq FROM message WHERE id = ?', id).toArray()[0]?.seq ?? null
  }

  /** The page that ends just before `before`, or at the newest message for null [L7]. */
  page(before: number | null): Page {
    const rows = this.sql
      .exec<MessageRow>('SELECT * FROM message WHERE seq < ? AND seq > ? ORDER BY seq DESC LIMIT ?', before ?? this.lastSeq + 1, this.clearedSeq, PAGE_SIZE)
      .toArray()
      .reverse()
    const first = rows[0]
    return { messages: rows.map(messageFromRow), hasEarlier: first !== undefined && first.seq > this.clearedSeq + 1 }
  }

  /** What changed after `version`, by seq; null when that is more than a page, or the room was cleared since [L6]. */
  changedSince(version: number): readonly Message[] | null {
    if (version < this.clearedVersion || version > this.version) return null
    const rows = this.sql.exec<MessageRow>(CHANGED, version, this.clearedSeq, PAGE_SIZE + 1).toArray()
    return rows.length > PAGE_SIZE ? null : rows.map(messageFromRow)
  }

  /** Changes something about a message after it was said. Null when it is not here; the same message when nothing changes. */
  amend(id: MessageId, change: Amendments): Message | null {
    const message = this.get(id)
    if (!message) return null
    const before = message.metadata.amended?.values ?? {}
    const values = JSON.stringify(changed(before, change))
    if (values === JSON.stringify(before)) return message
    const [row] = this.sql
      .exec<MessageRow>('UPDATE message SET amended = ?, amended_version = ? WHERE id = ? RETURNING *', values, this.nextVersion(), id)
      .toArray()
    return row ? messageFromRow(row) : null
  }

  /** When a message before this seq was last amended; 0 for never. */
  amendedBefore(seq: number): number {
    const [row] = this.sql
      .exec<{ version: number }>(
        `SELECT amended_version AS version FROM message WHERE amended_version IS NOT NULL AND seq < ? AND seq > ? ORDER BY amended_version DESC LIMIT 1`,
        seq,
        this.clearedSeq,
      )
      .toArray()
    return row?.version ?? 0
  }

  /** Keeps what an open reply has said so far. Growth takes no version. */
  save(id: MessageId, parts: readonly Part[]): void {
    this.sql.exec('UPDATE message SET parts = ? WHERE id = ?', JSON.stringify(parts), id)
  }

  /** Ends a reply; answers its version. `now`: server time, ms. */
  settle(id: MessageId, parts: readonly Part[], status: FinalStatus, failure: Failure | null, now: number): number {
    this.version += 1
    this.sql.exec(
      'UPDATE message SET parts = ?, status = ?, failure = ?, version = ?, ended_at = ? WHERE id = ?',
      JSON.stringify(parts),
      status,
      failure === null ? null : JSON.stringify(failure),
      this.version,
      now,
      id,
    )
    return this.version
  }

  /** Opens a reply again, with these parts to go on from: none for a retry, the saved ones after a restart. `now`: server time. `askedBy`: who asked for that, if anybody. */
  reopen(
    id: MessageId,
    parts: readonly Part[],
    tries: number,
    now: number,
    askedBy: MemberId | null = null,
    status: 'waiting' | 'streaming' = 'streaming',
  ): Message | null {
    this.version += 1
    const row = this.sql
      .exec<MessageRow>(
        `UPDATE message SET parts = ?, status = ?, failure = NULL, version = ?, tries = ?, started_at = ?, asked_by = coalesce(?, asked_by) WHERE id = ? RETURNING *`,
        JSON.stringify(parts),
        status,
        this.version,
        tries,
        now,
        askedBy,
        id,
      )
      .toArray()[0]
    return row ? messageFromRow(row) : null
  }

  /** A reply that waited is being written from now on. */
  begin(id: MessageId, now: number): Message | null {
    const message = this.get(id)
    if (!message) return null
    const { startedAt, createdAt } = message.metadata
    this.version += 1
    const [row] = this.sql
      .exec<MessageRow>(
        `UPDATE message SET status = 'streaming', version = ?, started_at = ? WHERE id = ? RETURNING *`,
        this.version,
        // One that was begun as it was asked for has no time of its own.
        startedAt === undefined && createdAt === now ? null : now,
        id,
      )
      .toArray()
    return row ? messageFromRow(row) : null
  }

  /** Replies that were being written when the room last stopped. */
  orphans(): readonly Orphan[] {
    return this.sql
      .exec<MessageRow>(`SELECT * FROM message WHERE status = 'streaming' AND seq > ? ORDER BY seq`, this.clearedSeq)
      .toArray()
      .map((row) => ({ message: messageFromRow(row), tries: row.tries }))
  }

  /** Removes what every message says. The empty rows stay, so that no id can be used twice. */
  clear(): number {
    this.version += 1
    this.clearedSeq = this.lastSeq
    this.clearedVersion = this.version
    this.sql.exec(`UPDATE message SET parts = '[]', failure = NULL, status = 'complete' WHERE seq <= ? AND parts <> '[]'`, this.clearedSeq)
    this.sql.exec(`UPDATE message SET status = 'complete' WHERE status IN ('streaming', 'waiting')`)
    this.sql.exec('UPDATE message SET amended = NULL, amended_version = NULL WHERE amended IS NOT NULL')
    this.sql.exec('UPDATE room SET cleared_seq = ?, cleared_version = ?', this.clearedSeq, this.clearedVersion)
    return this.version
  }

  /** Messages that contain every word of the query, or any of them, newest first, of those within `reach`. */
  search(query: string, limit: number, match: 'all' | 'any' = 'all'): readonly Message[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)
    if (words.length === 0) return []
    const where = words.map(() => 'instr(lower(parts), ?) > 0').join(match === 'all' ? ' AND ' : ' OR ')
    return this.sql
      .exec<MessageRow>(`SELECT * FROM message WHERE seq > ? AND (${where}) ORDER BY seq DESC LIMIT ?`, this.lastSeq - this.reach(), ...words, limit)
      .toArray()
      .map(messageFromRow)
  }

  /** How many of the newest messages a search looks through: searching goes through all they say, and holds up the room meanwhile. */
  reach(): number {
    let bytes = 0
    let reached = 0
    const rows = this.sql.exec<{ bytes: number }>(
      'SELECT octet_length(parts) AS bytes FROM message WHERE seq > ? ORDER BY seq DESC LIMIT ?',
      this.clearedSeq,
      MOST_SEARCHED,
    )
    for (const row of rows) {
      bytes += row.bytes
      if (bytes > MOST_SEARCHED_BYTES) break
      reached += 1
    }
    return reached
  }

  /** The newest messages before this seq, or of all, oldest first: as many as say no more than `bytes` together. */
  newest(before: number | null, limit: number, bytes: number): readonly Message[] {
    const messages: Message[] = []
    let left = bytes
    const rows = this.sql.exec<MessageRow>(
      'SELECT * FROM message WHERE seq < ? AND seq > ? ORDER BY seq DESC LIMIT ?',
      before ?? this.lastSeq + 1,
      this.clearedSeq,
      limit,
    )
    for (const row of rows) {
      left -= row.parts.length
      if (left < 0) break
      messages.push(messageFromRow(row))
    }
    return messages.reverse()
  }

  /** Messages that are there: places have no holes, and a clear empties them from the beginning. */
  count(): number {
    return this.lastSeq - this.clearedSeq
  }
}
