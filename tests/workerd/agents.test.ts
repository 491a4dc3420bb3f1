// A room's agents: who may make, change and remove them, and what is refused in words.
import { describe, expect, test } from 'vitest'
import { MAX_AGENTS } from '../../src/conversation/agent-profile'
import type { MemberId } from '../../src/conversation/ids'
import { recordsOf } from '../../src/conversation/record'
import { ann, bo, House, partsOf } from './house'

const SCOUT = { handle: 'scout', name: 'Scout', instruction: 'Find it.', mode: 'mention' }
const save = (house: House, who: typeof ann, profile: Readonly<Record<string, unknown>>, agent?: string) =>
  house.ask(who, { type: 'save-agent', profile, ...(agent === undefined ? {} : { agent: agent as MemberId }) })
const agentsOf = async (house: House) => recordsOf((await house.snapshot()).records, 'agent')

describe('[R128] an agent of a room', () => {
  test('is made and changed by its owner, live for all, and answers as it is', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    expect(await save(house, ann, SCOUT)).toEqual({ ok: true, value: null })
    await watcher.until('the agent', () => recordsOf(watcher.timeline.records, 'agent').some(({ value }) => value.handle === 'scout'))
    const made = (await agentsOf(house)).find(({ value }) => value.handle === 'scout')
    expect(made?.value).toEqual({ ...SCOUT, colour: 'copper', emoji: '', model: 'default', atOnce: 8, order: 3 })
    await house.post(bo, '@scout where is it?')
    expect((await house.stage.nextVoice()).reply.metadata.author).toEqual({ id: made?.id, name: 'Scout', kind: 'agent' })
    expect(await save(house, ann, { mode: 'off', atOnce: '2', name: 'The Scout' }, made?.id)).toMatchObject({ ok: true })
    expect((await agentsOf(house)).find(({ id }) => id === made?.id)?.value).toMatchObject({
      handle: 'scout',
      name: 'The Scout',
      mode: 'off',
      atOnce: 2,
      order: 3,
    })
  })

  test('is nobody’s else to change: no command of a member does anything', async () => {
    const house = await House.open()
    await house.connect(bo)
    const before = await agentsOf(house)
    expect(await save(house, bo, SCOUT)).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await save(house, bo, { mode: 'off' }, 'parley')).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await house.ask(bo, { type: 'remove-agent', agent: 'parley' as MemberId })).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await agentsOf(house)).toEqual(before)
  })

  test.each([
    ['a handle that is another’s', { handle: 'parley' }, 'malformed'],
    ['a handle of other letters', { handle: 'Späher!' }, 'malformed'],
    ['a name that looks like another agent’s', { name: 'Par1ey' }, 'name_taken'],
    ['a person’s name', { name: 'Ann' }, 'name_taken'],
    ['a mode that there is not', { mode: 'sometimes' }, 'malformed'],
    ['nine answers at once', { atOnce: 9 }, 'malformed'],
    ['half a place', { order: 1.5 }, 'malformed'],
    ['a place before the first', { order: -5 }, 'malformed'],
    ['a place beyond the last', { order: 1_000 }, 'malformed'],
    ['a model that there is not', { model: 'openai:gpt-99' }, 'malformed'],
    ['a model of another case', { model: 'GUIDE' }, 'malformed'],
    ['an instruction that nobody sees', { instruction: '\u200b\u0000' }, 'malformed'],
    ['no instruction', { instruction: ' \n' }, 'malformed'],
    ['too long an instruction', { instruction: 'x'.repeat(8_001) }, 'malformed'],
  ])('[R129] with %s is refused in words, and nothing changes', async (_what, wrong, code) => {
    const house = await House.open()
    const before = await agentsOf(house)
    const refused = await save(house, ann, { ...SCOUT, ...wrong })
    expect(refused).toMatchObject({ ok: false, refusal: { code, message: expect.stringMatching(/^[A-Z].*\.$/s) } })
    expect(await agentsOf(house)).toEqual(before)
  })

  test('has a model that is offered, or keeps one that has gone', async () => {
    const house = await House.open()
    for (const model of ['guide', 'test:model', 'default']) expect(await save(house, ann, { model }, 'parley'), model).toEqual({ ok: true, value: null })
    await house.inside((room) => {
      const { changes, records } = partsOf(room)
      const parley = recordsOf(records.of('agent'), 'agent').find(({ id }) => id === 'parley')
      if (parley) changes.set('agent', 'parley', { ...parley.value, model: 'openai:gone' })
    })
    expect(await save(house, ann, { model: 'openai:gone', mode: 'off' }, 'parley')).toEqual({ ok: true, value: null })
    expect(await save(house, ann, { mode: 'auto' }, 'parley')).toEqual({ ok: true, value: null })
    expect(await save(house, ann, { model: 'openai:gone' }, 'sage')).toMatchObject({ refusal: { code: 'malformed', message: 'Choose one of the models.' } })
    expect(await save(house, ann, { model: 'guide' }, 'parley')).toEqual({ ok: true, value: null })
    expect(await save(house, ann, { model: 'openai:gone' }, 'parley')).toMatchObject({ refusal: { code: 'malformed' } })
  })

  test('[R176] is not overwritten from a form that began before somebody else’s change, and nothing is saved', async () => {
    const house = await House.open()
    const versionOf = async () => (await agentsOf(house)).find(({ id }) => id === 'parley')?.version ?? 0
    const savedFrom = (version: number, profile: Readonly<Record<string, unknown>>) =>
      house.ask(ann, { type: 'save-agent', agent: 'parley' as MemberId, version, profile })
    const began = await versionOf()
    expect(await savedFrom(began, { mode: 'mention' })).toEqual({ ok: true, value: null })
    const after = await agentsOf(house)
    for (const version of [began, 0, began + 1_000]) {
      expect(await savedFrom(version, { instruction: 'From another tab.' })).toEqual({
        ok: false,
        refusal: { code: 'conflict', message: 'Parley was changed meanwhile by Ann; look at it anew. Nothing was saved.' },
      })
    }
    expect(await agentsOf(house)).toEqual(after)
    // Whoever has looked at it, and whoever says no version, saves as ever; what changes nothing is no change.
    expect(await savedFrom(await versionOf(), { instruction: 'Looked at.' })).toEqual({ ok: true, value: null })
    const looked = await versionOf()
    expect(await savedFrom(looked, { instruction: 'Looked at.' })).toEqual({ ok: true, value: null })
    expect(await versionOf()).toBe(looked)
    expect(await save(house, ann, { mode: 'off' }, 'parley')).toEqual({ ok: true, value: null })
    await house.ask(ann, { type: 'remove-agent', agent: 'parley' as MemberId })
    expect(await savedFrom(looked, { mode: 'off' })).toMatchObject({ refusal: { code: 'no_such_message' } })
  })

  test('may have the longest instruction, whatever its letters are', async () => {
    const house = await House.open()
    for (const [at, letter] of ['x', 'é', '語', '"', '\\', '\u2028'].entries()) {
      const instruction = letter.repeat(8_000)
      // What is only white space says nothing, so that one letter begins it.
      expect(
        await save(house, ann, { ...SCOUT, handle: `scout-${at}`, name: `Scout ${'abcdef'[at]}`, instruction: `a${instruction.slice(1, -1)}b` }),
      ).toMatchObject({ ok: true })
    }
  })

  test('is one of twelve at most', async () => {
    const house = await House.open()
    const names = ['Fox', 'Bear', 'Owl', 'Deer', 'Hare', 'Wolf', 'Mole', 'Swan', 'Crow', 'Newt'].slice(0, MAX_AGENTS - 2)
    for (const name of names) expect(await save(house, ann, { ...SCOUT, handle: name.toLowerCase(), name })).toMatchObject({ ok: true })
    expect(await save(house, ann, SCOUT)).toMatchObject({ refusal: { code: 'too_many' } })
  })

  test('that was removed leaves what it said, and its handle to another, who is not the same', async () => {
    const house = await House.open()
    await house.ended(await house.prompt('a question'), 'An answer.')
    expect(await house.ask(ann, { type: 'remove-agent', agent: 'parley' as MemberId })).toMatchObject({ ok: true })
    expect(await save(house, ann, { ...SCOUT, handle: 'parley', name: 'Parley' })).toMatchObject({ ok: true })
    const again = (await agentsOf(house)).find(({ value }) => value.handle === 'parley')
    expect(again?.id).not.toBe('parley')
    expect((await house.messages()).at(-1)?.metadata.author).toEqual({ id: 'parley', name: 'Parley', kind: 'agent' })
  })
})

test('[R71] whoever comes with the name of an agent that its owner made is shown with a number, in that room', async () => {
  const house = await House.open()
  await save(house, ann, SCOUT)
  const scout: typeof ann = { id: 'scout-the-person' as MemberId, name: 'Scout', kind: 'person' }
  await house.connect(scout)
  expect((await house.snapshot()).here.find(({ id }) => id === scout.id)?.name).toBe('Scout\u00a0#2')
})

test('[R123] what each mode would have done with the newest messages is the owner’s to know', async () => {
  const house = await House.open()
  await house.connect(bo)
  for (const [who, text] of [
    [ann, 'good morning'],
    [bo, 'hello'],
    [bo, '@Parley what is new?'],
    [bo, '@Ann hello'],
  ] as const)
    await house.post(who, text)
  const room = await house.room()
  const parley = { id: 'parley' as MemberId, name: 'Parley', handle: 'parley' }
  expect(await room.rehearse(bo.id, parley)).toMatchObject({ ok: false, refusal: { code: 'not_owner' } })
  const rehearsed = await room.rehearse(ann.id, parley)
  expect(rehearsed.ok && rehearsed.value.map(({ mode, answered }) => [mode, answered])).toEqual([
    ['off', 0],
    ['mention', 1],
    ['auto', 1],
    ['always', 3],
  ])
})
