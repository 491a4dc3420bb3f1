// Records and amendments as the room keeps them: its clock, its bounds, what it tells and what it remembers.
import { describe, expect, test } from 'vitest'
import { newRoster } from '../../src/agents/roster'
import { newMessageId, type MessageId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { PAGE_SIZE, type CatchUp } from '../../src/conversation/page'
import { recordKey, recordsOf, type RoomRecord } from '../../src/conversation/record'
import type { Result } from '../../src/conversation/refusal'
import { asOfStep } from './earlier-room'
import { ann, aside, bo, House, partsOf } from './house'

/** Kinds and ids that this release does not know by itself: see ScriptedRoom. */
const NOTICE = 'notice'

const put = (house: House, id: string, value: unknown, kind = NOTICE): Promise<Result<RoomRecord | null>> =>
  house.inside((room) => partsOf(room).changes.setAny(kind, id, value))
const amend = (house: House, id: MessageId, change: Record<string, unknown>): Promise<Result<number>> =>
  house.inside((room) => partsOf(room).changes.amend(id, change))
const keys = (records: readonly RoomRecord[]) => records.map(recordKey)

async function catchUp(house: House, since: number): Promise<CatchUp> {
  const reader = await house.connect(bo, { since })
  const [frame] = reader.direct('catch-up')
  reader.close()
  if (!frame) throw new Error('nobody was caught up with')
  return frame.catchUp
}

describe('[R140] a record', () => {
  test('takes the room’s clock, is told once, and stays through a crash', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const { version } = await house.snapshot()
    expect(await put(house, 'one', { text: 'hello' })).toEqual({ ok: true, value: { kind: NOTICE, id: 'one', version: version + 1, value: { text: 'hello' } } })
    await watcher.until('the record', () => keys(watcher.timeline.records).includes('notice:one'))
    await house.post(ann, aside('after'))
    expect((await house.messages()).at(-1)?.metadata.version).toBe(version + 2)
    await house.crash()
    const after = await house.snapshot()
    expect(after.records.find(({ id }) => id === 'one')).toEqual({ kind: NOTICE, id: 'one', version: version + 1, value: { text: 'hello' } })
    expect(after.version).toBe(version + 2)
  })

  test('that is as it was takes no version, and nobody hears of it', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    await put(house, 'one', { text: 'hello' })
    await watcher.until('the record', () => keys(watcher.timeline.records).includes('notice:one'))
    const { version } = await house.snapshot()
    const before = watcher.frames.length
    expect(await put(house, 'one', { text: 'hello' })).toEqual({ ok: true, value: null })
    expect(await put(house, 'none', null)).toEqual({ ok: true, value: null })
    await house.post(ann, aside('a fence'))
    await watcher.sees(aside('a fence'))
    expect((await house.snapshot()).version).toBe(version + 1)
    expect(JSON.stringify(watcher.frames.slice(before))).not.toContain('"record"')
  })

  test('that was deleted is gone for whoever comes, told to whoever comes back, and its clock never runs backwards', async () => {
    const house = await House.open()
    await put(house, 'one', 1)
    const { version } = await house.snapshot()
    await put(house, 'one', null)
    await house.crash()
    const now = await house.snapshot()
    expect(now.version).toBe(version + 1)
    expect(keys(now.records)).not.toContain('notice:one')
    expect(await catchUp(house, version)).toMatchObject({ kind: 'rows', records: [{ kind: NOTICE, id: 'one', version: version + 1, value: null }] })
    expect(await put(house, 'one', 2)).toMatchObject({ ok: true, value: { version: version + 2, value: 2 } })
  })

  test('of a kind, of which there are as many as the kind allows, is refused; one that is changed is not', async () => {
    const house = await House.open()
    for (let n = 0; n < 5; n++) expect(await put(house, `n${n}`, n)).toMatchObject({ ok: true })
    expect(await put(house, 'one-more', 1)).toMatchObject({ ok: false, refusal: { code: 'too_many' } })
    expect(await put(house, 'n0', 'changed')).toMatchObject({ ok: true })
    await put(house, 'n1', null)
    expect(await put(house, 'one-more', 1)).toMatchObject({ ok: true })
  })

  test.each([
    ['no such kind', 'nothing', 'one', 1, 'malformed'],
    ['an id that is none', NOTICE, 'a:b', 1, 'malformed'],
    ['a long id', NOTICE, 'x'.repeat(65), 1, 'malformed'],
    ['what is none of its kind', 'agent', 'sage', { name: 'Sage' }, 'malformed'],
    ['a field too many', 'room', 'room', { name: 'A room', secret: 1 }, 'malformed'],
    ['more than is kept', NOTICE, 'one', 'é'.repeat(600), 'too_long'],
  ] as const)('is refused: %s', async (_, kind, id, value, code) => {
    const house = await House.open()
    const { version, records } = await house.snapshot()
    expect(await put(house, id, value, kind)).toMatchObject({ ok: false, refusal: { code } })
    expect(await house.snapshot()).toMatchObject({ version, records })
  })

  test('is one of 200 deletions that are remembered at least; whoever was away for more is told everything', async () => {
    const house = await House.open()
    const { version: before } = await house.snapshot()
    await house.inside((room) => {
      for (let n = 0; n < 100; n++) {
        partsOf(room).changes.setAny(NOTICE, `n${n}`, n)
        partsOf(room).changes.setAny(NOTICE, `n${n}`, null)
      }
    })
    expect(await catchUp(house, before)).toMatchObject({ kind: 'rows' })
    const { version: half } = await house.snapshot()
    await house.inside((room) => {
      for (let n = 100; n < 201; n++) {
        partsOf(room).changes.setAny(NOTICE, `n${n}`, n)
        partsOf(room).changes.setAny(NOTICE, `n${n}`, null)
      }
    })
    expect((await catchUp(house, before)).kind).toBe('snapshot')
    const since = await catchUp(house, half)
    expect(since.kind === 'rows' && since.records).toHaveLength(101)
    expect(await house.rows('SELECT count(*) AS n FROM record WHERE value IS NULL')).toEqual([{ n: 200 }])
  })

  test('outlives a clear, and is found by an index', async () => {
    const house = await House.open()
    await put(house, 'one', 1)
    await house.ask(ann, { type: 'clear' })
    expect(keys((await house.snapshot()).records)).toContain('notice:one')
    const plan = await house.rows<{ detail: string }>('EXPLAIN QUERY PLAN SELECT * FROM record WHERE version > 5 ORDER BY version')
    expect(plan[0]?.detail).toContain('record_version')
  })
})

describe('[R141] an amendment', () => {
  test('changes what it names and nothing else, is told without the message, and stays through a crash', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const id = await house.post(ann, aside('a long message'))
    await watcher.sees(aside('a long message'))
    const before = watcher.frames.length
    await amend(house, id, { mark: 'a', place: 1 })
    await amend(house, id, { place: null, cost: [1, 2] })
    await watcher.until('both', () => watcher.newest()?.metadata.amended?.values['cost'] !== undefined)
    expect(watcher.newest()?.metadata.amended?.values).toEqual({ held: expect.any(Array), mark: 'a', cost: [1, 2] })
    expect(JSON.stringify(watcher.frames.slice(before))).not.toContain('a long message')
    const { messages, version } = await house.snapshot()
    await house.crash()
    expect((await house.snapshot()).messages).toEqual(messages)
    expect((await house.snapshot()).version).toBe(version)
    expect(messages[0]?.metadata.amended?.version).toBe(version)
  })

  test('of a message on an older page is told to whoever comes back, without the others of its page', async () => {
    const house = await House.open()
    const id = await house.post(ann, aside('the first'))
    const said = (await house.messages())[0]?.metadata.version
    await house.fill(PAGE_SIZE + 5)
    const { version, amendedBefore } = await house.snapshot()
    expect(amendedBefore).toBeUndefined()
    await amend(house, id, { mark: 'late' })
    const since = await catchUp(house, version)
    expect(since).toMatchObject({ kind: 'rows', messages: [{ id, metadata: { version: said, amended: { version: version + 1, values: { mark: 'late' } } } }] })
    expect((await house.snapshot()).amendedBefore).toBe(version + 1)
    const page = await (await house.room()).page(bo.id, 3)
    expect(page.ok && page.value.messages[0]?.metadata.amended?.values).toMatchObject({ mark: 'late' })
  })

  test('when more than a page was amended, comes a snapshot', async () => {
    const house = await House.open()
    await house.fill(PAGE_SIZE + 1)
    const { version } = await house.snapshot()
    const ids = await house.rows<{ id: string }>('SELECT id FROM message ORDER BY seq')
    for (const { id } of ids.slice(0, PAGE_SIZE)) await amend(house, id as MessageId, { mark: 1 })
    expect((await catchUp(house, version)).kind).toBe('rows')
    await amend(house, ids[PAGE_SIZE]?.id as MessageId, { mark: 1 })
    expect((await catchUp(house, version)).kind).toBe('snapshot')
  })

  test('of a reply that is being written loses no word, and is there when it ends, is stopped, and is asked for again', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const voice = await house.prompt()
    await voice.say('Hello')
    await watcher.sees('Hello')
    await amend(house, voice.reply.id, { mark: 1 })
    await voice.say(', Ann')
    await watcher.sees('Hello, Ann')
    expect(watcher.newest()?.metadata.amended?.values).toMatchObject({ mark: 1 })
    expect((await house.messages()).at(-1)?.metadata.amended?.values).toMatchObject({ mark: 1 })
    await house.ask(ann, { type: 'stop' })
    await watcher.shows('stopped')
    await house.ask(ann, { type: 'retry', id: voice.reply.id })
    await watcher.shows('streaming')
    expect(watcher.newest()?.metadata.amended?.values).toMatchObject({ mark: 1 })
    expect(watcher.gaps).toBe(0)
    expect((await house.messages()).map(textOf)).toEqual(['a question', ''])
  })

  test('is refused for what is not there, and beyond what is kept; nothing changes then', async () => {
    const house = await House.open()
    const id = await house.post(ann, aside('hello'))
    const { version } = await house.snapshot()
    expect(await amend(house, newMessageId(), { mark: 1 })).toMatchObject({ ok: false, refusal: { code: 'no_such_message' } })
    expect(await amend(house, id, { mark: 'é'.repeat(5_000) })).toMatchObject({ ok: false, refusal: { code: 'too_long' } })
    expect(await amend(house, id, { mark: null })).toEqual({ ok: true, value: 0 })
    expect((await house.snapshot()).version).toBe(version)
    await house.ask(ann, { type: 'clear' })
    expect(await amend(house, id, { mark: 1 })).toMatchObject({ ok: false, refusal: { code: 'no_such_message' } })
  })

  test('is cleared away with its message, and its index is used', async () => {
    const house = await House.open()
    const id = await house.post(ann, aside('hello'))
    await amend(house, id, { mark: 1 })
    await house.ask(ann, { type: 'clear' })
    expect(await house.rows('SELECT amended, amended_version FROM message')).toEqual([{ amended: null, amended_version: null }])
    const plan = await house.rows<{ detail: string }>(
      'EXPLAIN QUERY PLAN SELECT seq FROM message WHERE amended_version IS NOT NULL AND amended_version > 5 ORDER BY amended_version LIMIT 51',
    )
    expect(plan[0]?.detail).toContain('message_amended')
  })
})

describe('[R17] [R140] what a room is', () => {
  test('is in its records from the beginning: its name, and its agents in their order', async () => {
    const house = await House.open()
    const { records } = await house.snapshot()
    expect(recordsOf(records, 'room').map(({ value }) => value)).toEqual([{ name: 'A room' }])
    expect(recordsOf(records, 'agent').map(({ id, value }) => [id, value.handle, value.name, value.order])).toEqual([
      ['parley', 'parley', 'Parley', 1],
      ['sage', 'sage', 'Sage', 2],
    ])
    expect(Math.max(...records.map(({ version }) => version))).toBeLessThanOrEqual((await house.snapshot()).version)
  })

  test('is read from them: an agent that is changed answers as it is now, and one that is gone answers nobody', async () => {
    const house = await House.open()
    const sage = {
      handle: 'sage',
      name: 'The Sage',
      colour: 'copper',
      emoji: '',
      instruction: 'Be brief.',
      model: 'default',
      mode: 'always',
      atOnce: 8,
      order: 0,
    }
    expect(await put(house, 'sage', sage, 'agent')).toMatchObject({ ok: true })
    const voice = await house.prompt('a question to nobody')
    expect(voice.reply.metadata.author).toEqual({ id: 'sage', name: 'The Sage', kind: 'agent' })
    expect((await house.snapshot()).here.map(({ name }) => name).slice(0, 2)).toEqual(['The Sage', 'Parley'])
    await house.ended(voice, 'Yes.')
    for (const id of ['sage', 'parley']) await put(house, id, null, 'agent')
    await house.post(ann, 'another question to nobody')
    expect(await house.texts()).toEqual(['a question to nobody', 'Yes.', 'another question to nobody'])
    expect((await house.messages())[1]?.metadata.author.name).toBe('The Sage')
  })

  test('is answered to its members alone, by kind or all of it', async () => {
    const house = await House.open('private')
    await put(house, 'one', 1)
    const room = await house.room()
    expect(await room.records(bo.id, null)).toMatchObject({ ok: false, refusal: { code: 'not_a_member' } })
    expect(await room.records(ann.id, 'nonsense')).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
    const agents = await room.records(ann.id, 'agent')
    expect(agents.ok && keys(agents.value)).toEqual(['agent:parley', 'agent:sage'])
    const all = await room.records(ann.id, null)
    expect(all.ok && keys(all.value)).toEqual(['agent:parley', 'agent:sage', 'notice:one', 'room:room'])
  })

  test('of old, with an agent that it always had, is that agent’s record as every new room’s', async () => {
    const [parley] = newRoster('always')
    const house = await House.open()
    const [record] = recordsOf((await house.snapshot()).records, 'agent')
    await house.inside((_, { storage }) => {
      // Before there were records.
      asOfStep(storage, 5)
    })
    await house.crash()
    const { records } = await house.snapshot()
    expect(recordsOf(records, 'agent').map(({ id, value }) => ({ id, ...value }))).toEqual([
      { id: 'parley', ...record?.value, instruction: parley?.instruction },
    ])
    expect(recordsOf(records, 'room').map(({ value }) => value)).toEqual([{ name: 'A room' }])
    expect(await put(house, 'parley', null, 'agent')).toMatchObject({ ok: true })
    await house.crash()
    expect(recordsOf((await house.snapshot()).records, 'agent')).toEqual([])
  })
})
