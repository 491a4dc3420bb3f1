// The memory of a room: who may note what, how much there may be, and what goes with what.
import { describe, expect, test } from 'vitest'
import { MAX_FACT, MAX_MEMORIES, MAX_MEMORIES_OF_PERSON, MAX_REMEMBERED } from '../../src/conversation/memory'
import { recordsOf, type RecordOf } from '../../src/conversation/record'
import type { Member } from '../../src/conversation/member'
import type { MessageId } from '../../src/conversation/ids'
import { notesFor } from '../../src/room/memory/notes-for'
import { ann, aside, bo, House, partsOf, person } from './house'

const notesOf = async (house: House): Promise<readonly RecordOf<'memory'>[]> => recordsOf((await house.snapshot()).records, 'memory')
const facts = async (house: House) => (await notesOf(house)).map(({ value }) => value.fact).sort()
const note = (house: House, who: Member, fact: string) => house.ask(who, { type: 'remember', fact })

/** One after another; what each was refused with, or null. */
const noteMany = (house: House, who: Member, count: number, fact: (n: number) => string): Promise<readonly (string | null)[]> =>
  house.inside((room) =>
    Array.from({ length: count }, (_, n) => {
      const done = partsOf(room).tools.memory.add(who.id, { fact: fact(n) })
      return done.ok ? null : done.refusal.code
    }),
  )

describe('[R240] a note', () => {
  test('says who noted it, when and whence; whoever changes it is written beside it; everybody may take it away', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const source = await house.post(ann, aside('we ship on Friday'))
    expect(await house.ask(ann, { type: 'remember', fact: ' We ship\non Friday. ', source })).toEqual({ ok: true, value: null })
    const [made] = await notesOf(house)
    expect(made?.value).toEqual({ fact: 'We ship on Friday.', by: 'ann', name: 'Ann', source, at: house.stage.now })
    await watcher.until('the note', () => recordsOf(watcher.timeline.records, 'memory').length === 1)
    house.stage.now += 5_000
    const id = made?.id as MessageId
    expect(await house.ask(bo, { type: 'edit-memory', id, fact: 'We ship on Monday.' })).toEqual({ ok: true, value: null })
    const [changed] = await notesOf(house)
    expect(changed?.value).toEqual({ ...made?.value, fact: 'We ship on Monday.', edited: { by: 'bo', name: 'Bo', at: house.stage.now } })
    await house.crash()
    expect(await notesOf(house)).toEqual([changed])
    expect(await house.ask(bo, { type: 'forget', id })).toEqual({ ok: true, value: null })
    expect(await house.ask(bo, { type: 'forget', id })).toEqual({ ok: true, value: null })
    expect(await notesOf(house)).toEqual([])
    expect(await house.ask(bo, { type: 'edit-memory', id, fact: 'again' })).toMatchObject({ refusal: { code: 'no_such_message' } })
  })

  test('that is there already is not made twice', async () => {
    const house = await House.open()
    for (const fact of ['We ship on Friday.', 'we ship on friday', 'WE SHIP ON FRIDAY!']) expect(await note(house, bo, fact)).toMatchObject({ ok: true })
    expect(await facts(house)).toEqual(['We ship on Friday.'])
    await note(house, bo, 'Bo has a cat.')
    const cat = (await notesOf(house)).find(({ value }) => value.fact.includes('cat'))?.id as MessageId
    expect(await house.ask(bo, { type: 'edit-memory', id: cat, fact: 'we ship on FRIDAY' })).toMatchObject({ refusal: { code: 'name_taken' } })
  })

  test('that is empty, too long or comes from nowhere is refused', async () => {
    const house = await House.open()
    for (const [fact, code] of [
      ['\u200b', 'malformed'],
      ['x'.repeat(MAX_FACT + 1), 'malformed'],
      ['x'.repeat(64_000), 'malformed'],
    ] as const)
      expect(await note(house, ann, fact)).toMatchObject({ refusal: { code } })
    expect(await house.ask(ann, { type: 'remember', fact: 'a fact', source: 'no-such-message' as MessageId })).toMatchObject({
      refusal: { code: 'no_such_message' },
    })
    expect(await notesOf(house)).toEqual([])
  })

  test('is nothing that somebody makes, changes or takes away who was removed', async () => {
    const house = await House.open()
    await note(house, bo, 'Bo has a cat.')
    const [{ id }] = (await notesOf(house)) as [RecordOf<'memory'>]
    await (await house.room()).remove(ann.id, bo.id)
    const room = await house.room()
    for (const command of [
      { type: 'remember', fact: 'more' },
      { type: 'edit-memory', id: id as MessageId, fact: 'more' },
      { type: 'forget', id: id as MessageId },
    ] as const)
      expect(await room.command(bo.id, command)).toMatchObject({ refusal: { code: 'not_a_member' } })
    expect(await facts(house)).toEqual(['Bo has a cat.'])
  })
})

describe('[R242] what a room remembers is bounded', () => {
  test('by person, and in all; its owner may fill it', async () => {
    const house = await House.open()
    await note(house, bo, 'fact 0')
    expect((await noteMany(house, bo, MAX_MEMORIES_OF_PERSON + 3, (n) => `fact ${n}`)).slice(-4)).toEqual([null, 'too_many', 'too_many', 'too_many'])
    const left = MAX_MEMORIES - MAX_MEMORIES_OF_PERSON
    expect((await noteMany(house, ann, left + 2, (n) => `more ${n}`)).slice(-3)).toEqual([null, 'too_many', 'too_many'])
    expect(await note(house, person('Cy'), 'one more')).toMatchObject({ refusal: { code: 'too_many', message: expect.stringContaining('200') } })
    expect(await notesOf(house)).toHaveLength(MAX_MEMORIES)
  })

  test('whoever comes and notes, a fifth is the owner’s; what is there is still said anew', async () => {
    for (const [fact, count] of [
      ['', MAX_MEMORIES],
      ['語'.repeat(480), MAX_REMEMBERED / 500],
    ] as const) {
      const house = await House.open()
      const took: string[] = []
      for (let n = 0; n < 5; n++) {
        const guest = person(`Guest${n}`)
        await house.inside((room) => partsOf(room).members.enter(guest, null, house.stage.now))
        const outcomes = await noteMany(house, guest, 45, (k) => `${n} ${k} ${fact}`.padEnd(fact === '' ? 1 : 500, 'x'))
        took.push(...outcomes.flatMap((code) => (code === null ? [guest.id] : [])))
      }
      expect(took).toHaveLength(Math.floor((count * 4) / 5))
      const [first] = await notesOf(house)
      expect(await house.ask(bo, { type: 'edit-memory', id: first?.id as MessageId, fact: 'short' })).toMatchObject({ ok: true })
      expect((await noteMany(house, ann, 5, (k) => `of Ann ${k}`)).filter((code) => code !== null)).toEqual([])
    }
  })

  test('by length: ten thousand of the longest leave what a room can tell', async () => {
    const house = await House.open()
    const outcomes = await noteMany(house, ann, 10_000, (n) => `${n} `.padEnd(MAX_FACT, '語'))
    expect(outcomes.filter((code) => code === null)).toHaveLength(MAX_REMEMBERED / MAX_FACT)
    const all = await notesOf(house)
    expect(all.reduce((sum, { value }) => sum + value.fact.length, 0)).toBeLessThanOrEqual(MAX_REMEMBERED)
    const [first] = all
    const id = first?.id as MessageId
    expect(await house.ask(ann, { type: 'edit-memory', id, fact: 'short' })).toMatchObject({ ok: true })
    expect(await house.ask(ann, { type: 'edit-memory', id, fact: 'x'.repeat(MAX_FACT) })).toMatchObject({ ok: true })
  })
})

test('[R243] a cleared room remembers nothing; of messages that are gone the notes go, and no others', async () => {
  const house = await House.open()
  const [one, two] = [await house.post(ann, aside('one')), await house.post(ann, aside('two'))]
  await house.ask(ann, { type: 'remember', fact: 'of one', source: one })
  await house.ask(ann, { type: 'remember', fact: 'of two', source: two })
  await note(house, ann, 'of nothing')
  await house.inside((room) => partsOf(room).tools.memory.messagesGone(new Set([one])))
  expect(await facts(house)).toEqual(['of nothing', 'of two'])
  const watcher = await house.connect(bo)
  await house.ask(ann, { type: 'clear' })
  await watcher.until('nothing', () => recordsOf(watcher.timeline.records, 'memory').length === 0)
  await house.crash()
  expect(await notesOf(house)).toEqual([])
})

describe('[R240] [R180] as a tool', () => {
  test('notes are made in the asker’s name, by the agent, of the message that asked; and taken away by words that only one has', async () => {
    const house = await House.open()
    const voice = await house.prompt('remember that we ship on Friday')
    const [first, ...said] = await house.inside((room) => {
      const { memory } = partsOf(room).tools
      const notes = (asker: Member | null) =>
        notesFor(memory, {
          reply: voice.reply,
          parts: () => [],
          agent: { ...(voice.reply.metadata.author as never as object), name: 'Parley' } as never,
          asker: asker?.id ?? null,
        })
      return [
        notes(ann).add('We ship on Friday.'),
        notes(ann).add('We ship to Bern.'),
        notes(ann).remove('we ship'),
        notes(ann).remove('Bern'),
        notes(ann).remove('nothing of this'),
        notes(null).add('of nobody'),
        notes(person('Nobody')).add('of a stranger'),
        notes(person('Nobody')).remove('Friday'),
      ]
    })
    expect(first).toEqual({ ok: true, value: 'We ship on Friday.' })
    expect(said.map((one) => (one.ok ? one.value : one.refusal.code))).toEqual([
      'We ship to Bern.',
      'no_such_message',
      'We ship to Bern.',
      'no_such_message',
      'not_a_member',
      'not_a_member',
      'not_a_member',
    ])
    const [made] = await notesOf(house)
    expect(made?.value).toMatchObject({ by: 'ann', name: 'Ann', agent: 'Parley', source: voice.reply.metadata.replyTo })
    await voice.done()
  })
})
