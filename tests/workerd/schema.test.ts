// The room's tables across releases: rooms of old are brought up to date, rooms of a newer release are left alone.
import { expect, test } from 'vitest'
import { textOf } from '../../src/conversation/message'
import { bringUpToDate, NEWER_DATA } from '../../src/room/storage/schema'
import { STEPS } from '../../src/room/storage/steps'
import { ann, bo, House } from './house'

const TABLES = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'cf\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'`

/** Makes the room what release 0.1 would have left: its tables, and no count of steps. */
async function asOfFirstRelease(house: House): Promise<void> {
  await house.inside((_, { storage }) => {
    for (const { name } of storage.sql.exec<{ name: string }>(TABLES).toArray()) storage.sql.exec(`DROP TABLE "${name}"`)
    storage.sql.exec(STEPS[0] ?? '')
    storage.sql.exec(`INSERT INTO room (one, name, access, owner_id, invite) VALUES (1, 'Old', 'open', 'ann', 'x')`)
    storage.sql.exec(`INSERT INTO member (id, name, role, joined_at) VALUES ('ann', 'Ann', 'owner', 1), ('bo', 'Bo', 'removed', 2)`)
    storage.sql.exec(
      `INSERT INTO message (seq, id, version, author_id, author_name, author_kind, status, created_at, parts)
       VALUES (1, 'old-message-1', 4, 'ann', 'Ann', 'person', 'complete', 3, '[{"type":"text","text":"said long ago"}]')`,
    )
  })
  await house.crash()
}

test('[R17] a room of release 0.1 opens with its messages, its owner and whom it shut out', async () => {
  const house = await House.open()
  await asOfFirstRelease(house)
  const room = await house.room()
  expect(await room.open(ann, null)).toMatchObject({ ok: true, value: { visit: { role: 'owner', room: { name: 'Old' } } } })
  expect(await room.enter(bo, null)).toMatchObject({ ok: false, refusal: { code: 'not_a_member' } })
  expect((await house.messages()).map(textOf)).toEqual(['said long ago'])
  expect(await house.rows('SELECT version FROM schema')).toEqual([{ version: STEPS.length }])
  await house.post(ann, '@Ann and said now')
  expect((await house.messages()).map(({ metadata }) => [metadata.seq, metadata.version])).toEqual([
    [1, 4],
    [2, 7],
  ])
})

test('[R17] [R94] a wait that release 0.1 wrote into a sentence is over', async () => {
  const house = await House.open()
  await asOfFirstRelease(house)
  const failure = { code: 'rate_limited', text: 'The language model is asked too much at the moment. Try again in 20 seconds.', retryAfterMs: 20_000 }
  await house.inside((_, { storage }) => {
    storage.sql.exec(`UPDATE message SET status = 'failed', failure = ?`, JSON.stringify(failure))
  })
  await house.crash()
  const [message] = await house.messages()
  expect(message?.metadata.failure).toEqual({ code: 'rate_limited', text: 'The language model is asked too much at the moment.' })
})

test('[R17] what a newer release wrote is refused with a sentence, and not touched', async () => {
  const house = await House.open()
  await house.post(ann, '@Ann hello')
  await house.inside((_, { storage }) => {
    storage.sql.exec('UPDATE schema SET version = ?', STEPS.length + 1)
  })
  await house.crash()
  await expect(house.snapshot()).rejects.toThrow(NEWER_DATA)
})

test('[R17] a step that fails takes back every step before it', async () => {
  const house = await House.open()
  const failing = [...STEPS, 'CREATE TABLE half (one INTEGER)', 'CREATE nonsense'] as const
  await house.inside((_, { storage }) => {
    expect(() => bringUpToDate(storage, failing)).toThrow('nonsense')
    expect(storage.sql.exec(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'`).one()).toEqual({ n: 0 })
    expect(storage.sql.exec('SELECT version FROM schema').one()).toEqual({ version: STEPS.length })
    bringUpToDate(storage, [...STEPS, 'CREATE TABLE half (one INTEGER)'])
    expect(storage.sql.exec('SELECT version FROM schema').one()).toEqual({ version: STEPS.length + 1 })
  })
})
