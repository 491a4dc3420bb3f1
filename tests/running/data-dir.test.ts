// The directory that holds everything: one server at a time, one key, and data that are of this release when a page is served.
import { readdirSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../scripts/port.mjs'
import { signInAsGuest } from '../support/guest'
import { startServer, type TestServer } from '../support/server'
import { waitFor } from '../support/wait-for'

const STRONG = '0123456789abcdefghijABCDEFGHIJ-_'

let dataDir: string
let running: TestServer[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-data-'))
})
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()))
  running = []
  await rm(dataDir, { recursive: true, force: true })
})

async function start(env: Readonly<Record<string, string>> = {}, port?: number): Promise<TestServer> {
  const server = await startServer({ dataDir, env, ...(port === undefined ? {} : { port }) })
  running.push(server)
  return server
}

describe('one server per data directory', () => {
  it('[R33] a second one is refused, and told which process has it', async () => {
    const first = await start()
    await expect(start()).rejects.toThrow(new RegExp(`is in use by Parley, process ${first.pid}\\.`))
    await signInAsGuest(first.url, 'Ann')
  })

  it('[R33] a killed one leaves nothing in the way', async () => {
    const first = await start()
    await first.kill9()
    const second = await start()
    await signInAsGuest(second.url, 'Ann')
  })
})

describe('the key that signs sessions', () => {
  it('[R34] is made once, and kept', async () => {
    const server = await start()
    const ann = await signInAsGuest(server.url, 'Ann')
    await server.restart()
    expect((await ann.fetch(`${server.url}/rooms`, { redirect: 'manual' })).status).toBe(200)
    expect((await readFile(join(dataDir, 'auth-secret'), 'utf8')).length).toBeGreaterThanOrEqual(32)
  })

  it('[R34] is made anew, with a word, when its file is empty', async () => {
    const server = await start()
    const path = join(dataDir, 'auth-secret')
    const before = await readFile(path, 'utf8')
    await truncate(path)
    await server.restart()
    expect(server.output).toContain('was empty, so a new key was made')
    const after = await readFile(path, 'utf8')
    expect(after.length).toBeGreaterThanOrEqual(32)
    expect(after).not.toBe(before)
  })

  it('[R34] is not taken from a file that holds a weak one, and the file stays', async () => {
    await writeFile(join(dataDir, 'auth-secret'), 'password')
    await expect(start()).rejects.toThrow('auth-secret is too weak to sign sessions')
    expect(await readFile(join(dataDir, 'auth-secret'), 'utf8')).toBe('password')
  })

  it('[R34] may be given, when it is a good one', async () => {
    await expect(start({ BETTER_AUTH_SECRET: 'secret' })).rejects.toThrow('BETTER_AUTH_SECRET is too weak to sign sessions')
    const server = await start({ BETTER_AUTH_SECRET: STRONG })
    await signInAsGuest(server.url, 'Ann')
  })
})

it('[R34] a data directory that Parley makes is for its owner alone, and so is the key', async () => {
  dataDir = join(dataDir, 'made')
  await start()
  expect(((await stat(dataDir)).mode & 0o777).toString(8)).toBe('700')
  expect(((await stat(join(dataDir, 'auth-secret'))).mode & 0o777).toString(8)).toBe('600')
})

describe('data of another release', () => {
  it('[R35] are brought up to date before the port answers', async () => {
    // One that no client is lent: whoever asks before anybody listens could otherwise meet itself there.
    const port = await freePort(0)
    const url = `http://localhost:${port}`
    const starting = start({}, port)
    const answers: number[] = []
    await waitFor('an answer', async () => {
      answers.push(...(await signInSoon(url)))
      return answers.length > 0
    })
    answers.push(...(await signInSoon(url)))
    expect(answers).toEqual([200, 200])
    await starting
  })

  it('[R35] are copied first, and the copy holds them as they were', async () => {
    const server = await start()
    const whole = applied(dataDir)
    await server.stop()
    await becomeOld('Ann of old')
    await server.restart()
    expect(server.output).toContain('Bringing the data up to date; as they were, they are in')
    expect(applied(dataDir)).toEqual(whole)
    const [backup = '', ...more] = await readdir(join(dataDir, 'backups'))
    expect(more).toEqual([])
    for (const place of [dataDir, join(dataDir, 'backups', backup)]) expect(inDatabase(place, namesIn)).toEqual(['Ann of old'])
    expect(applied(join(dataDir, 'backups', backup))).toEqual(whole.slice(0, 1))
    await server.restart()
    expect(await readdir(join(dataDir, 'backups'))).toEqual([backup])
  })

  it('[R35] that are newer than this release are refused, and left as they are', async () => {
    const server = await start()
    await server.stop()
    inDatabase(dataDir, (database) => database.exec("INSERT INTO d1_migrations (name) VALUES ('9999_of_tomorrow.sql')"))
    await expect(start()).rejects.toThrow('were written by a newer Parley than this one (it knows 9999_of_tomorrow.sql)')
    expect(applied(dataDir).at(-1)).toBe('9999_of_tomorrow.sql')
  })
})

/** The status of a sign-in; nothing while nobody listens. */
async function signInSoon(url: string): Promise<readonly number[]> {
  try {
    const headers = { origin: url, accept: 'application/json' }
    const answer = await fetch(`${url}/sign-in`, { method: 'POST', headers, body: new URLSearchParams({ name: 'Early', next: '/' }) })
    return [answer.status]
  } catch {
    return []
  }
}

/** The database as the first migration alone had made it, with one account. */
async function becomeOld(name: string): Promise<void> {
  const path = databaseIn(dataDir)
  for (const end of ['', '-wal', '-shm']) await rm(`${path}${end}`, { force: true })
  const first = await readFile(join(import.meta.dirname, '../../migrations/0001_accounts.sql'), 'utf8')
  const database = new DatabaseSync(path)
  database.exec(first)
  database.exec('CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)')
  database.exec("INSERT INTO d1_migrations (name) VALUES ('0001_accounts.sql')")
  database.prepare("INSERT INTO user (id, name, email, emailVerified, createdAt, updatedAt) VALUES ('ann', ?, 'ann@example', 0, 0, 0)").run(name)
  database.close()
}

function databaseIn(place: string): string {
  const folder = join(place, 'v3/d1/miniflare-D1DatabaseObject')
  const [name = ''] = readdirSync(folder).filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file))
  return join(folder, name)
}

function inDatabase<T>(place: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(databaseIn(place))
  try {
    return use(database)
  } finally {
    database.close()
  }
}

function namesIn(database: DatabaseSync): readonly unknown[] {
  return database
    .prepare('SELECT name FROM user')
    .all()
    .map(({ name }) => name)
}

/** The names of the migrations that the database there has seen. */
function applied(place: string): readonly unknown[] {
  const read = (database: DatabaseSync) => database.prepare('SELECT name FROM d1_migrations ORDER BY id').all()
  return inDatabase(place, read).map(({ name }) => name)
}
