// On SQLite with the migrations that D1 gets: what a page of a list costs does not grow with how many there are.
import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import type { MemberId } from '../../conversation/ids'
import { ACCOUNTS, listAccounts } from './list-accounts'
import { ALL_ROOMS, listAllRooms, listOpen, listRooms, listUnvisited, listVisited, OPEN, ROOMS_PER_PAGE, SIDE_LIST, VISITED } from './list-rooms'
import { type Cursor, cursorIn, NEWEST, type PageOf } from './paging'

const MIGRATIONS = new URL('../../../migrations/', import.meta.url)
const ann = 'ann' as MemberId

let database: DatabaseSync

type Value = string | number | null

/** What of D1 is asked here. */
function directory(): Env {
  const prepare = (query: string, values: readonly Value[] = []): object => ({
    run: () => ({ results: database.prepare(query).all(...values) }),
    all: async () => ({ results: database.prepare(query).all(...values) }),
    bind: (...bound: readonly Value[]) => prepare(query, bound),
  })
  const batch = async (statements: readonly { run(): unknown }[]) => statements.map((statement) => statement.run())
  return { DB: { prepare, batch } } as unknown as Env
}

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  for (const file of readdirSync(MIGRATIONS).sort()) database.exec(readFileSync(new URL(file, MIGRATIONS), 'utf8'))
})

function room(id: string, access = 'open', deletedAt: number | null = null): void {
  database.prepare('INSERT INTO room (id, name, access, created_at, deleted_at) VALUES (?1, ?1, ?2, 0, ?3)').run(id, access, deletedAt)
}

function visit(id: string, at: number, who: string = ann): void {
  database.prepare(`INSERT INTO room_visit (user_id, room_id, last_lane, last_seen) VALUES (?, ?, 'rsc', ?)`).run(who, id, at)
}

function account(id: string): void {
  database.prepare(`INSERT INTO user (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?1, ?1, ?1, 0, 0, 0)`).run(id)
}

/** All pages, one after another. */
async function pages<T extends { readonly id: string }>(ask: (before: Cursor) => Promise<PageOf<T>>): Promise<readonly (readonly string[])[]> {
  const read: string[][] = []
  for (let before: Cursor | null = NEWEST; before !== null;) {
    const page: PageOf<T> = await ask(before)
    read.push(page.listed.map(({ id }) => id))
    before = page.next
  }
  return read
}

test('[R48] a side list begins with the room that one is in, then those one has been in, newest first, then other open ones', async () => {
  for (const id of ['a', 'b', 'c', 'd']) room(id)
  for (const [id, at] of [
    ['secret', 5],
    ['other-secret', null],
  ] as const) {
    room(id, 'private')
    if (at !== null) visit(id, at)
  }
  room('gone', 'open', 7)
  visit('gone', 9)
  visit('a', 4)
  visit('b', 6)
  const { rooms, hasMore } = await listRooms(directory(), ann, 'c')
  expect(rooms.map(({ id }) => id)).toEqual(['c', 'b', 'secret', 'a', 'd', 'lobby'])
  expect([rooms[1]?.lastLane, rooms[4]?.lastLane, hasMore]).toEqual(['rsc', null, false])
  expect((await listRooms(directory(), ann, 'other-secret')).rooms[0]?.id).toBe('other-secret')
  expect((await listRooms(directory(), ann, 'gone')).rooms[0]?.id).toBe('b')
})

test('[R48] every list is read to its end without hole or overlap, fifty at a time, while new ones come', async () => {
  const ids = Array.from({ length: 120 }, (_, n) => `room-${String(n).padStart(3, '0')}`)
  for (const [n, id] of ids.entries()) {
    room(id)
    visit(id, 1_000 + n)
    account(id)
  }
  const newest = ids.toReversed()
  const { rooms, hasMore } = await listRooms(directory(), ann, 'lobby')
  expect([rooms.length, hasMore, rooms[0]?.id, rooms[1]?.id]).toEqual([ROOMS_PER_PAGE, true, 'lobby', 'room-119'])
  const visited = await pages((before) => {
    room(`new-${before}`)
    return listVisited(directory(), ann, before)
  })
  expect(visited.map(({ length }) => length)).toEqual([50, 50, 20])
  expect(visited.flat()).toEqual(newest)
  const open = await pages((before) => listOpen(directory(), ann, before))
  expect(open.flat().filter((id) => !id.startsWith('new-'))).toEqual([...newest, 'lobby'])
  expect((await pages((before) => listAllRooms(directory(), before, 50))).flat()).toEqual(open.flat())
  expect((await pages((before) => listAccounts(directory(), before, 50))).flat()).toEqual(newest)
})

test('[R48] a directory lists each room once: what one has been in is not among the others, and no page is skipped for it', async () => {
  for (let n = 0; n < 120; n++) room(`room-${n}`)
  // A whole page of them, and some.
  for (let n = 30; n < 115; n++) visit(`room-${n}`, 1_000 + n)
  const visited = (await pages((before) => listVisited(directory(), ann, before))).flat()
  const others = (await pages((before) => listUnvisited(directory(), ann, before))).flat()
  expect(visited).toHaveLength(85)
  expect(new Set([...visited, ...others]).size).toBe(121)
  expect(visited.length + others.length).toBe(121)
})

test.each([
  ['a side list', SIDE_LIST, [ann, NEWEST, 51, 'lobby']],
  ['rooms one has been in', VISITED, [ann, NEWEST, 51]],
  ['open rooms', OPEN, [ann, NEWEST, 51]],
  ['all rooms', ALL_ROOMS, [NEWEST, 51]],
  ['accounts', ACCOUNTS, [NEWEST, 51]],
  ['rooms to forget', 'SELECT id FROM room WHERE deleted_at <= ? LIMIT 20', [1]],
] as const)('[R48] %s: read from an index, in its order, and nothing is sorted', (_, query, values) => {
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...values)
  const steps = plan.map((step) => String(step['detail']))
  // A search finds its rows; what is scanned is only what a subquery has found.
  expect(steps.filter((step) => /^SCAN (?!\()|ORDER BY/.test(step))).toEqual([])
})

test.each([
  ['nobody’s and nowhere', [], [], 0],
  ['two that they made and never opened', ['den', 'attic'], [], 2],
  ['one that they made, and opened', ['den'], ['den'], 1],
  ['one that they made, and another’s that they opened', ['den'], ['lobby'], 2],
] as const)('[R48] the rooms of an account: %s', async (_what, made, opened, rooms) => {
  const now = Date.now()
  database.prepare('INSERT INTO user (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?, ?, ?, 0, ?, ?)').run(ann, 'Ann', 'ann@x', now, now)
  for (const id of made) database.prepare(`INSERT INTO room (id, name, access, owner_id, created_at) VALUES (?, ?, 'open', ?, 1)`).run(id, id, ann)
  for (const id of opened) database.prepare(`INSERT INTO room_visit (user_id, room_id, last_lane, last_seen) VALUES (?, ?, 'rsc', 5)`).run(ann, id)
  const { listed } = await listAccounts(directory(), NEWEST, 10)
  expect(listed).toMatchObject([{ id: ann, rooms, lastSeen: opened.length > 0 ? 5 : null }])
})

test.each([[null], [''], ['-1'], ['x'], ['1.5'], ['99999999999999999'], ['9'.repeat(300)]])('[R48] the address %j is the first page', (value) =>
  expect(cursorIn(value)).toBe(NEWEST),
)
