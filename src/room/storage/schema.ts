// The room's tables as numbered steps. A room of any older release is brought up to date when it wakes, all steps in one
// transaction; one that a newer release wrote is not touched [R17]. A step that landed never changes: write another.
import { STEPS } from './steps'

/** How a room refuses what a newer release wrote; the app finds it in the message, which is all that RPC keeps of an error. */
export const NEWER_DATA = 'This room was written by a newer release of Parley: run that release, or restore a backup from before it.'

/** Brings the tables up to date. Throws NEWER_DATA when they are newer than this release. */
export function bringUpToDate(storage: DurableObjectStorage, steps: readonly string[] = STEPS): void {
  const { sql } = storage
  const from = versionOf(sql)
  if (from > steps.length) throw new Error(`${NEWER_DATA} (schema ${from}, of which this one knows ${steps.length})`)
  if (from === steps.length && has(sql, 'schema')) return
  storage.transactionSync(() => {
    for (const step of steps.slice(from)) sql.exec(step)
    sql.exec('CREATE TABLE IF NOT EXISTS schema (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)')
    sql.exec('INSERT INTO schema (one, version) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET version = excluded.version', steps.length)
  })
}

/** How many steps these tables have behind them. Release 0.1 kept no count: its tables are what the first step makes. */
function versionOf(sql: SqlStorage): number {
  if (has(sql, 'schema')) return sql.exec<{ version: number }>('SELECT version FROM schema').one().version
  return has(sql, 'message') ? 1 : 0
}

function has(sql: SqlStorage, table: string): boolean {
  return sql.exec(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`, table).toArray().length > 0
}
