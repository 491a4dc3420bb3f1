// The databases of a running server, opened from outside: what a full disk or a damaged file does to it, done for real and
// undone again.
import { globSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { RoomId } from '../../src/conversation/ids'

const OBJECT = /[/\\][0-9a-f]{64}\.sqlite$/

/** The accounts and the directory. */
export function directoryFile(dataDir: string): string {
  const [file] = globSync(`${dataDir}/v3/d1/**/*.sqlite`).filter((path) => OBJECT.test(path))
  if (file === undefined) throw new Error('there is no D1 yet')
  return file
}

/** The object of a room, found by the name that its maker gave it. */
export function roomFile(dataDir: string, room: RoomId): string {
  const name = String(query(directoryFile(dataDir), 'SELECT name FROM room WHERE id = ?', room)[0]?.['name'])
  const file = globSync(`${dataDir}/v3/do/parley-ParleyRoom/*.sqlite`)
    .filter((path) => OBJECT.test(path))
    .find((path) => query(path, 'SELECT 1 FROM room WHERE name = ?', name).length > 0)
  if (file === undefined) throw new Error(`no object holds the room ${room}`)
  return file
}

/** Changes a database while the server runs. */
export function change(file: string, sql: string): void {
  const database = new DatabaseSync(file)
  try {
    database.exec(sql)
  } finally {
    database.close()
  }
}

/** Runs `meanwhile` while this table is gone. */
export async function without(file: string, table: string, meanwhile: () => Promise<void>): Promise<void> {
  change(file, `ALTER TABLE "${table}" RENAME TO gone`)
  try {
    await meanwhile()
  } finally {
    change(file, `ALTER TABLE gone RENAME TO "${table}"`)
  }
}

/** Runs `meanwhile` while nothing can be written to, or deleted from, this table, as when the disk is full. */
export async function whileFull(file: string, table: string, meanwhile: () => Promise<void>): Promise<void> {
  const kinds = ['INSERT', 'UPDATE', 'DELETE']
  change(
    file,
    kinds.map((kind) => `CREATE TRIGGER full_${kind} BEFORE ${kind} ON "${table}" BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END;`).join('\n'),
  )
  try {
    await meanwhile()
  } finally {
    change(file, kinds.map((kind) => `DROP TRIGGER full_${kind};`).join('\n'))
  }
}

function query(file: string, sql: string, ...values: readonly string[]): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return database.prepare(sql).all(...values)
  } catch {
    // An object without a room has no such table.
    return []
  } finally {
    database.close()
  }
}
