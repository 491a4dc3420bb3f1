// How often each person's schedules came on a day: a row for each, which is of the last day on which anything of theirs came. What is
// cancelled, gone or planned anew has come all the same.
import type { MemberId } from '../../conversation/ids'

const DAY_MS = 86_400_000

export interface Runs {
  /** All of them. */
  readonly all: number
  /** Those that come no more: planned for once. */
  readonly once: number
}

const NONE: Runs = { all: 0, once: 0 }

export class StoredRuns {
  private readonly sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.sql = sql
  }

  /** On the day (UTC) of this moment, ms since 1970. */
  on(person: MemberId, moment: number): Runs {
    const [row] = this.sql
      .exec<{ all: number; once: number }>('SELECT "all", once FROM schedule_runs WHERE person = ? AND day = ?', person, dayOf(moment))
      .toArray()
    return row ?? NONE
  }

  /** One has come that should have at this moment, ms since 1970. What is of days before is forgotten, of everybody. */
  add(person: MemberId, moment: number, isOnce: boolean): void {
    const { all, once } = this.on(person, moment)
    const day = dayOf(moment)
    this.sql.exec('DELETE FROM schedule_runs WHERE day < ?', day)
    this.sql.exec('INSERT OR REPLACE INTO schedule_runs (person, day, "all", once) VALUES (?, ?, ?, ?)', person, day, all + 1, once + (isOnce ? 1 : 0))
  }
}

function dayOf(moment: number): number {
  return Math.floor(moment / DAY_MS)
}
