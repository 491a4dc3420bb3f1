// On SQLite with the migrations that D1 gets.
import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import { listAccounts } from './list-accounts'
import { NEWEST } from './paging'
import { sweep, sweepHourly, SWEEP_EVERY_MS } from './sweep'

const MIGRATIONS = new URL('../../../migrations/', import.meta.url)
const NOW = Date.UTC(2026, 10, 25)
const iso = (at: number) => new Date(at).toISOString()

let database: DatabaseSync

interface Prepared {
  readonly query: string
  readonly values: readonly (string | number | null)[]
}

/** What of D1 is asked here. */
function directory(): Env {
  const prepare = (query: string, values: Prepared['values'] = []): Prepared & { bind(...values: Prepared['values']): Prepared } => ({
    query,
    values,
    bind: (...bound) => prepare(query, bound),
  })
  const batch = async (statements: readonly Prepared[]) => statements.map(({ query, values }) => ({ results: database.prepare(query).all(...values) }))
  return { DB: { prepare, batch } } as unknown as Env
}

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  for (const file of readdirSync(MIGRATIONS).sort()) database.exec(readFileSync(new URL(file, MIGRATIONS), 'utf8'))
  const user = database.prepare(`INSERT INTO user (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?1, ?1, ?1, 0, ?2, ?2)`)
  for (const id of ['ann', 'bo']) user.run(id, iso(NOW))
  database.exec(`INSERT INTO room (id, name, access, created_at) VALUES ('den', 'Den', 'open', 0)`)
  database.exec(`INSERT INTO removed_account (user_id, name, removed_at) VALUES ('removed', 'Cy', 0)`)
})

function session(id: string, userId: string, expiresAt: string | number): void {
  database.prepare('INSERT INTO session (id, expiresAt, token, createdAt, updatedAt, userId) VALUES (?1, ?2, ?1, 0, 0, ?3)').run(id, expiresAt, userId)
}

function socket(sessionId: string, room: string, userId: string, at: number): void {
  database.prepare('INSERT INTO session_room (session_id, room_id, user_id, opened_at) VALUES (?, ?, ?, ?)').run(sessionId, room, userId, at)
}

function visit(userId: string, room: string, at: number): void {
  database.prepare(`INSERT INTO room_visit (user_id, room_id, last_lane, last_seen) VALUES (?, ?, 'rsc', ?)`).run(userId, room, at)
}

function column(query: string): readonly unknown[] {
  return database
    .prepare(query)
    .all()
    .map((row) => Object.values(row).join(' '))
}

test('[R76] sessions that are over are forgotten with their sockets, and others are not', async () => {
  session('over', 'ann', iso(NOW))
  session('over in numbers', 'ann', NOW - 1)
  session('open', 'ann', iso(NOW + 1))
  for (const id of ['over', 'over in numbers', 'open', 'signed out']) socket(id, 'den', 'ann', 5)
  await sweep(directory(), NOW)
  expect(column('SELECT id FROM session')).toEqual(['open'])
  expect(column('SELECT session_id FROM session_room')).toEqual(['open'])
})

test('[R76] where an account has been by sockets alone is still known when its sessions are over', async () => {
  session('over', 'ann', iso(NOW))
  for (const room of ['den', 'lobby', 'forgotten']) socket('over', room, 'ann', 5)
  visit('ann', 'lobby', 9)
  await sweep(directory(), NOW)
  expect(column(`SELECT room_id, last_seen FROM room_visit WHERE user_id = 'ann' ORDER BY room_id`)).toEqual(['den 5', 'lobby 9'])
})

test('[R76] visits of accounts that are gone are forgotten, but not a room that must still hear of a removal', async () => {
  for (const who of ['ann', 'gone', 'removed']) visit(who, 'den', 1)
  socket('of the removed', 'den', 'removed', 1)
  await sweep(directory(), NOW)
  expect(column('SELECT user_id FROM room_visit ORDER BY user_id')).toEqual(['ann', 'removed'])
  expect(column('SELECT user_id FROM session_room')).toEqual(['removed'])
})

test('[R76] a sign-in sweeps at most once an hour', async () => {
  const left = () => column('SELECT id FROM session').length
  await sweepHourly(directory(), NOW)
  session('over', 'ann', iso(NOW))
  await sweepHourly(directory(), NOW + SWEEP_EVERY_MS - 1)
  expect(left()).toBe(1)
  await sweepHourly(directory(), NOW + SWEEP_EVERY_MS)
  expect(left()).toBe(0)
})

test('[R76] the list of people knows who was in a room by a socket alone, and counts a room once', async () => {
  session('open', 'bo', iso(NOW + 1))
  socket('open', 'den', 'bo', 7)
  socket('open', 'lobby', 'bo', 8)
  visit('bo', 'den', 3)
  const { listed } = await listAccounts(directory(), NEWEST, 10)
  expect(listed.map(({ id, lastSeen, rooms }) => [id, lastSeen, rooms])).toEqual([
    ['bo', 8, 2],
    ['ann', null, 0],
  ])
})
