// A room as an earlier release left it: only the tables and columns of that time, with what the room's own rows say in them.
import { STEPS } from '../../src/room/storage/steps'

const TABLES = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'cf\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'`
/** What every release had. */
const KEPT = ['room', 'member', 'message'] as const

/** `steps`: how many of the steps by which the tables came to be had been taken. */
export function asOfStep({ sql }: DurableObjectStorage, steps: number): void {
  const rows = new Map(KEPT.map((table) => [table, sql.exec(`SELECT * FROM ${table}`).toArray()]))
  for (const { name } of sql.exec<{ name: string }>(TABLES).toArray()) sql.exec(`DROP TABLE "${name}"`)
  for (const step of STEPS.slice(0, steps)) sql.exec(step)
  for (const [table, all] of rows) {
    const known = new Set(
      sql
        .exec<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`)
        .toArray()
        .map(({ name }) => name),
    )
    for (const row of all) {
      const columns = Object.keys(row).filter((column) => known.has(column))
      sql.exec(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, ...columns.map((column) => row[column] ?? null))
    }
  }
  sql.exec('CREATE TABLE schema (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)')
  sql.exec('INSERT INTO schema (one, version) VALUES (1, ?)', steps)
}
