// Calls of tools that have an effect and were begun, by reply. Invariant: a call is noted before it runs, and forgotten when its reply has
// ended; one that is noted and has no result is never run again.
import type { MessageId } from '../../conversation/ids'

export class CallLog {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  /** `call`: its id in the reply. `now`: server time, ms. */
  begin(reply: MessageId, call: string, now: number): void {
    this.sql.exec('INSERT OR IGNORE INTO call (reply_id, call_id, begun_at) VALUES (?, ?, ?)', reply, call, now)
  }

  /** It did nothing: it will be run again. */
  forgetOne(reply: MessageId, call: string): void {
    this.sql.exec('DELETE FROM call WHERE reply_id = ? AND call_id = ?', reply, call)
  }

  begun(reply: MessageId): ReadonlySet<string> {
    const rows = this.sql.exec<{ call_id: string }>('SELECT call_id FROM call WHERE reply_id = ?', reply).toArray()
    return new Set(rows.map(({ call_id: id }) => id))
  }

  forget(reply: MessageId): void {
    this.sql.exec('DELETE FROM call WHERE reply_id = ?', reply)
  }

  clear(): void {
    this.sql.exec('DELETE FROM call')
  }
}
