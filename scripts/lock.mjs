// One server per data directory: two would each believe to be the only writer of the same rooms. The lock is SQLite's own
// on a file of ours, so that the system lets go of it with the process, however that ends.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from './failure.mjs'

/** SQLite's number for a file that somebody else has locked. */
const SQLITE_BUSY = 5

/** Held for as long as this process lives. */
const held = []

/** Refuses with a Failure that names the process that has it. `what` is this one, for whoever comes after. */
export function lockDataDir(dataDir, what = 'Parley') {
  const note = join(dataDir, 'server.txt')
  const lock = new DatabaseSync(join(dataDir, 'server.lock'), { timeout: 0 })
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    if (error.errcode !== SQLITE_BUSY) throw error
    throw new Failure(`The data directory ${dataDir} is in use by ${holder(note)}. Stop that first, or choose another with DATA_DIR=…`)
  }
  held.push(lock)
  writeFileSync(note, `${what}, process ${process.pid}`)
}

function holder(note) {
  try {
    return readFileSync(note, 'utf8')
  } catch {
    return 'another process'
  }
}
