// Cards in SQLite, which is also what may be audited later. Invariants: of a call of a reply there is one card that counts; what was decided
// stays when its message, its record and its reply are gone, up to a number. Rows are ours: what is read here was written here.
import type { Approval, ApprovalState } from '../../conversation/approval'
import type { MessageId } from '../../conversation/ids'
import type { Answered } from '../../conversation/question'

/** `auto`: nobody had to be asked. */
export type AuditState = ApprovalState | 'auto'

/** What became of the call: it ran, it did not work, it was not run; or nobody knows (any more). */
export type AuditResult = 'done' | 'failed' | 'not-run' | 'unknown'

export interface StoredApproval {
  readonly seq: number
  readonly id: string
  readonly state: AuditState
  readonly card: Approval
  readonly result: AuditResult | null
}

/** Rows that are kept, beside those that are open. */
const MOST_KEPT = 10_000

interface Row extends Record<string, SqlStorageValue> {
  seq: number
  id: string
  state: string
  value: string
  result: string | null
}

export class StoredApprovals {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  add(id: string, card: Approval, state: AuditState): void {
    this.sql.exec(
      'INSERT INTO approval (id, reply_id, call_id, state, expires_at, is_live, is_shown, value) VALUES (?, ?, ?, ?, ?, 1, ?, ?)',
      id,
      card.reply,
      card.call,
      state,
      card.expiresAt,
      state === 'auto' ? 0 : 1,
      JSON.stringify(card),
    )
    this.sql.exec(`DELETE FROM approval WHERE seq <= (SELECT max(seq) FROM approval) - ? AND state <> 'open' AND is_live = 0`, MOST_KEPT)
  }

  put(id: string, card: Approval): void {
    this.sql.exec('UPDATE approval SET state = ?, value = ? WHERE id = ?', card.state, JSON.stringify(card), id)
  }

  /** What a person said to a question, until its reply ends; beside the card, which everybody sees. */
  putAnswer(id: string, answer: Answered): void {
    this.sql.exec('UPDATE approval SET answer = ? WHERE id = ?', JSON.stringify(answer), id)
  }

  /** In the order in which they were asked. */
  answers(reply: MessageId, call: string): readonly Answered[] {
    return this.sql
      .exec<{ answer: string }>(
        'SELECT answer FROM approval WHERE reply_id = ? AND call_id = ? AND is_live = 1 AND answer IS NOT NULL ORDER BY seq',
        reply,
        call,
      )
      .toArray()
      .map(({ answer }) => JSON.parse(answer) as Answered)
  }

  get(id: string): StoredApproval | null {
    return this.rows('SELECT * FROM approval WHERE id = ?', id)[0] ?? null
  }

  /** The card that counts for this call, while its reply has not ended. */
  of(reply: MessageId, call: string): StoredApproval | null {
    return this.rows('SELECT * FROM approval WHERE reply_id = ? AND call_id = ? AND is_live = 1 ORDER BY seq DESC LIMIT 1', reply, call)[0] ?? null
  }

  /** Of a reply that has not ended. */
  live(reply: MessageId): readonly StoredApproval[] {
    return this.rows('SELECT * FROM approval WHERE reply_id = ? AND is_live = 1 ORDER BY seq', reply)
  }

  open(): readonly StoredApproval[] {
    return this.rows(`SELECT * FROM approval WHERE state = 'open' ORDER BY expires_at, seq`)
  }

  /** Its reply has ended: what comes of the same call later is another's. */
  end(reply: MessageId): void {
    this.sql.exec('UPDATE approval SET is_live = 0, answer = NULL WHERE reply_id = ? AND is_live = 1', reply)
  }

  /** The records that are shown of what nobody has to decide any more, the oldest first. */
  shownClosed(): readonly string[] {
    return this.sql
      .exec<{ id: string }>(`SELECT id FROM approval WHERE is_shown = 1 AND state <> 'open' ORDER BY seq`)
      .toArray()
      .map(({ id }) => id)
  }

  hide(id: string): void {
    this.sql.exec('UPDATE approval SET is_shown = 0 WHERE id = ?', id)
  }

  /** Newest first, before this place; at most `limit`. */
  page(before: number | null, limit: number): readonly StoredApproval[] {
    return this.rows('SELECT * FROM approval WHERE seq < ? ORDER BY seq DESC LIMIT ?', before ?? Number.MAX_SAFE_INTEGER, limit)
  }

  /** Those of which it is not known yet what became of their calls. */
  unresolved(limit: number): readonly StoredApproval[] {
    return this.rows(`SELECT * FROM approval WHERE result IS NULL AND state <> 'open' ORDER BY seq LIMIT ?`, limit)
  }

  resolve(id: string, result: AuditResult): void {
    this.sql.exec('UPDATE approval SET result = ? WHERE id = ?', result, id)
  }

  /** The room was cleared: what calls were made with, and what was asked and answered, is gone like all that was said. Its hash stays. */
  forgetArguments(): void {
    this.sql.exec(`UPDATE approval SET value = json_remove(json_set(value, '$.arguments', ''), '$.question'), answer = NULL, is_live = 0, is_shown = 0`)
  }

  private rows(query: string, ...bindings: readonly SqlStorageValue[]): readonly StoredApproval[] {
    return this.sql
      .exec<Row>(query, ...bindings)
      .toArray()
      .map(fromRow)
  }
}

function fromRow({ seq, id, state, value, result }: Row): StoredApproval {
  return { seq, id, state: state as AuditState, card: JSON.parse(value) as Approval, result: result as AuditResult | null }
}
