// Counts of a day (UTC) in SQLite, each with its limit. All of them are taken, or none.
import { accept, refuse, type Result } from '../conversation/refusal'

export const DAY_MS = 24 * 60 * 60 * 1000

export interface DayLimit {
  /** Whose count it is; the empty key is the instance's own. */
  readonly key: string
  readonly limit: number
  /** What is said when it is used up. */
  readonly no: string
}

export class DayCounts {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS day_count (day INTEGER, what TEXT, key TEXT, count INTEGER NOT NULL, PRIMARY KEY (day, what, key)) WITHOUT ROWID')
  }

  /** One more of everything. Refuses, and counts nothing, when any limit is used up: too_fast, until the day ends. */
  take(what: string, limits: readonly DayLimit[], now: number): Result {
    const spent = limits.find(({ key, limit }) => this.of(what, key, now) >= limit)
    if (spent) return refuse('too_fast', `${spent.no} The count begins anew at 00:00 UTC.`, DAY_MS - (now % DAY_MS))
    this.sql.exec('DELETE FROM day_count WHERE day < ?', dayOf(now))
    for (const { key } of limits) this.add(what, key, now, 1)
    return accept(undefined)
  }

  /** What was taken did not happen. */
  giveBack(what: string, limits: readonly DayLimit[], now: number): void {
    for (const { key } of limits) if (this.of(what, key, now) > 0) this.add(what, key, now, -1)
  }

  /** So many more, whatever the limit: they are there already. */
  count(what: string, key: string, now: number, count: number): void {
    this.sql.exec('DELETE FROM day_count WHERE day < ?', dayOf(now))
    this.add(what, key, now, count)
  }

  of(what: string, key: string, now: number): number {
    const rows = this.sql.exec<{ count: number }>('SELECT count FROM day_count WHERE day = ? AND what = ? AND key = ?', dayOf(now), what, key).toArray()
    return rows[0]?.count ?? 0
  }

  private add(what: string, key: string, now: number, count: number): void {
    this.sql.exec(
      'INSERT INTO day_count (day, what, key, count) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
      dayOf(now),
      what,
      key,
      count,
    )
  }
}

export function dayOf(now: number): number {
  return Math.floor(now / DAY_MS)
}
