// The accounts and the directory of rooms, as they lie in the data directory while nothing runs: a file of SQLite's own.
// Brought up to date here before anything serves, so that a page never meets a database that is half of its time.
import { createHash, createHmac } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from './failure.mjs'

const KIND = 'miniflare-D1DatabaseObject'

/** The table in which `wrangler d1 migrations apply` keeps what it has done; ours is the same. */
const APPLIED =
  'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)'

/**
 * Applies what is new in the folder `migrations`, each file whole or not at all. What was there is copied first.
 * @param {string} id names the database on this machine
 * Refuses with a Failure: data that a newer release has written, or that cannot be read or written.
 */
export function prepareDatabase(dataDir, id, migrations) {
  const file = databaseFile(dataDir, id)
  mkdirSync(dirname(file), { recursive: true })
  try {
    const database = new DatabaseSync(file)
    try {
      database.exec(APPLIED)
      bringUpToDate(database, dataDir, file, migrations)
    } finally {
      database.close()
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(`The database ${file} cannot be brought up to date (${error.message}): is the disk full, or the file damaged?`)
  }
}

function bringUpToDate(database, dataDir, file, migrations) {
  const known = readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const applied = database
    .prepare('SELECT name FROM d1_migrations ORDER BY id')
    .all()
    .map(({ name }) => name)
  const newer = applied.filter((name) => !known.includes(name))
  if (newer.length > 0) {
    throw new Failure(
      `The data in ${dataDir} were written by a newer Parley than this one (it knows ${newer.at(-1)}): start that release, or use other data with DATA_DIR=…`,
    )
  }
  const pending = known.filter((name) => !applied.includes(name))
  if (pending.length > 0 && applied.length > 0) console.log(`Bringing the data up to date; as they were, they are in ${backUp(database, dataDir, file)}`)
  for (const name of pending) apply(database, name, readFileSync(join(migrations, name), 'utf8'))
}

function apply(database, name, sql) {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(sql)
    database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name)
    database.exec('COMMIT')
  } catch (error) {
    // The error that counts is the first.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw new Error(`${name}: ${error.message}`, { cause: error })
  }
}

/** Copies the database to `backups/<time>` in the data directory, with the path that it has there. Answers where. */
function backUp(database, dataDir, file) {
  const backup = join(dataDir, 'backups', new Date().toISOString().replaceAll(':', '-'))
  const copy = join(backup, file.slice(dataDir.length + 1))
  mkdirSync(dirname(copy), { recursive: true })
  database.prepare('VACUUM INTO ?').run(copy)
  return backup
}

/** Miniflare names the file as workerd names an object: by a hash of the kind of object and of the database's id. */
function databaseFile(dataDir, id) {
  const key = createHash('sha256').update(KIND).digest()
  const name = halfHmac(key, id)
  return join(dataDir, 'v3/d1', KIND, `${Buffer.concat([name, halfHmac(key, name)]).toString('hex')}.sqlite`)
}

function halfHmac(key, data) {
  return createHmac('sha256', key).update(data).digest().subarray(0, 16)
}
