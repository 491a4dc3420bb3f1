// What a room's agents take: noted on each reply, in the meter and by day; and what its owner's budgets refuse, however many ask at once.
import { describe, expect, test } from 'vitest'
import type { Command } from '../../src/conversation/command'
import { newMessageId, type MemberId } from '../../src/conversation/ids'
import { recordsOf } from '../../src/conversation/record'
import { usageOf } from '../../src/conversation/usage'
import { waitFor } from '../support/wait-for'
import { ann, bo, House } from './house'
import { ledgerNamed } from './scripted-ledger'
import { type Stage, stageOf, type Voice } from './stage'

const DAY_MS = 24 * 60 * 60 * 1000
const NONE = { person: null, room: null, turn: null }
const budgets = (some: Partial<Extract<Command, { type: 'save-budgets' }>>): Command => ({ type: 'save-budgets', ...NONE, ...some })
/** The beginning of the stage's day. */
const midnight = (stage: Stage) => Math.floor(stage.now / DAY_MS) * DAY_MS

interface Said {
  readonly asked?: number
  readonly said?: number
  readonly dollars?: number | null
  readonly model?: string
  readonly cached?: number
  readonly reasoning?: number
}

/** A room with one agent that answers everything. */
async function houseOfOne(): Promise<House> {
  const house = await House.open()
  expect(await house.ask(ann, { type: 'remove-agent', agent: 'sage' as MemberId })).toMatchObject({ ok: true })
  return house
}

/** Calls a model as an agent does, takes so many tokens, and ends. Answers how it was refused, or null. */
async function call(house: House, voice: Voice, { asked = 100, said = 50, dollars = null, model = 'test:model', cached = 0, reasoning = 0 }: Said = {}) {
  const refused = await house.inside(async () => {
    const granted = await voice.grant({ asked, longest: 8_000, model, isMetered: true })
    if (!granted.ok) return granted.refusal
    house.stage.now += 300
    granted.value.hear(said, true)
    house.stage.now += 700
    granted.value.settle({ input: asked, output: said, cached, reasoning, isEstimated: false, dollars: () => Promise.resolve(dollars) })
    return null
  })
  await (refused ? voice.fail({ code: 'budget', text: refused.message }) : voice.done())
  return refused
}

async function answered(house: House, who = ann, said: Said = {}): Promise<void> {
  await house.post(who, 'a question')
  const voice = await house.stage.nextVoice()
  expect(await call(house, voice, said)).toBeNull()
  await waitFor('its cost', async () => usageOf((await house.messages()).at(-1)?.metadata ?? {}) !== null)
}

const post = (house: House, who = bo) => house.ask(who, { type: 'post', id: newMessageId(), text: 'a question' })
const meterOf = async (house: House) => recordsOf((await house.snapshot()).records, 'meter')[0]?.value

describe('[R150] what a reply took', () => {
  test('is an amendment of it, live for all: who asked, model, tokens, money, times', async () => {
    const house = await houseOfOne()
    const watcher = await house.connect(bo)
    await house.post(bo, 'a question')
    const voice = await house.stage.nextVoice()
    await voice.say('An answer.')
    await call(house, voice, { asked: 120, said: 40, cached: 20, reasoning: 8, dollars: 0.002 })
    const usage = { by: 'bo', name: 'Bo', model: 'test:model', calls: 1, input: 120, output: 40, cached: 20, reasoning: 8, isEstimated: false, dollars: 0.002 }
    const shown = () => watcher.timeline.messages.at(-1)
    await watcher.until('the cost', () => usageOf(shown()?.metadata ?? {}) !== null)
    expect(usageOf(shown()?.metadata ?? {})).toEqual({ ...usage, firstMs: 300, lastMs: 1_000 })
    await watcher.until('its end', () => shown()?.metadata.status === 'complete')
    expect(await house.messages()).toMatchObject([{}, { metadata: { amended: { values: { usage } } } }])
  })

  test('adds up when it is asked for again, and has no price when one of them has none', async () => {
    const house = await houseOfOne()
    const voice = await house.prompt()
    await call(house, voice, { asked: 10, said: 1, dollars: 1 })
    await waitFor('its end', async () => (await house.messages()).at(-1)?.metadata.status === 'complete')
    const stopped = await house.prompt('another')
    await house.ask(ann, { type: 'stop' })
    await house.inside(async () => {
      const granted = await stopped.grant({ asked: 10, longest: 10, model: 'a', isMetered: false })
      if (granted.ok) granted.value.settle({ input: 10, output: 1, cached: 0, reasoning: 0, isEstimated: true, dollars: () => Promise.resolve(1) })
    })
    await house.ask(bo, { type: 'retry', id: stopped.reply.id })
    await call(house, await house.stage.nextVoice(), { asked: 5, said: 2, model: 'b' })
    await waitFor('both', async () => usageOf((await house.messages()).at(-1)?.metadata ?? {})?.calls === 2)
    expect(usageOf((await house.messages()).at(-1)?.metadata ?? {})).toMatchObject({
      input: 15,
      output: 3,
      dollars: null,
      model: 'b',
      by: 'bo',
      isEstimated: true,
    })
  })

  test('is not noted of a reply that called no model, nor of old ones', async () => {
    const house = await houseOfOne()
    await house.ended(await house.prompt(), 'An answer.')
    expect((await house.messages()).map(({ metadata }) => usageOf(metadata))).toEqual([null, null])
    expect(await meterOf(house)).toBeUndefined()
  })
})

describe('[R151] the meter', () => {
  test('is a record: today, this month, by agent; days and months are UTC, and it outlasts sleep and a crash', async () => {
    const house = await houseOfOne()
    // The last day of a month.
    house.stage.now = Date.UTC(2027, 0, 31, 12)
    await answered(house, ann, { asked: 100, said: 50, dollars: 0.5 })
    await answered(house, bo, { asked: 10, said: 5 })
    const agent = (today: number, month: number) => ({ agent: 'parley', name: 'Parley', today, month })
    const spent = { turns: 2, input: 110, output: 55, cached: 0, reasoning: 0, dollars: 0.5, unpriced: 1 }
    expect(await meterOf(house)).toEqual({ day: '2027-01-31', today: spent, month: spent, agents: [agent(165, 165)] })
    await house.evict()
    house.stage.now = Date.UTC(2027, 1, 1, 0, 0, 1)
    await answered(house, ann, { asked: 1, said: 1 })
    await house.crash()
    house.stage.now += DAY_MS
    await answered(house, ann, { asked: 2, said: 2 })
    expect(await meterOf(house)).toMatchObject({
      day: '2027-02-02',
      today: { turns: 1, input: 2 },
      month: { turns: 2, input: 3, output: 3 },
      agents: [agent(4, 6)],
    })
  })

  test('stays when the room is cleared, and counts what was still being said', async () => {
    const house = await houseOfOne()
    await answered(house)
    const voice = await house.prompt('another')
    await house.ask(ann, { type: 'clear' })
    await call(house, voice, { asked: 7, said: 1 })
    await waitFor('the count', async () => (await meterOf(house))?.today.turns === 2)
    expect(await meterOf(house)).toMatchObject({ today: { input: 107, output: 51 } })
  })

  test('is told in full to members alone, by person, agent, model and day', async () => {
    const house = await houseOfOne()
    await answered(house, ann, { asked: 100, said: 50, model: 'a' })
    house.stage.now += DAY_MS
    await answered(house, bo, { asked: 200, said: 50, model: 'b', dollars: 1 })
    const room = await house.room()
    const costs = await room.costs(bo.id)
    if (!costs.ok) throw new Error(costs.refusal.message)
    const lines = (of: 'people' | 'agents' | 'models') => costs.value[of].map(({ key, name, input, today }) => [key, name, input, today.input])
    expect(lines('models')).toEqual([
      ['b', 'b', 200, 200],
      ['a', 'a', 100, 0],
    ])
    expect(lines('people')).toEqual([
      ['bo', 'Bo', 200, 200],
      ['ann', 'Ann', 100, 0],
    ])
    expect(lines('agents')).toEqual([['parley', 'Parley', 300, 200]])
    expect(costs.value.days.map(({ at, input }) => [at, input])).toEqual([
      [midnight(house.stage) - DAY_MS, 100],
      [midnight(house.stage), 200],
    ])
    expect(await room.costs('nobody' as MemberId)).toMatchObject({ refusal: { code: 'not_a_member' } })
    expect(await room.allowance('nobody' as MemberId, null)).toMatchObject({ refusal: { code: 'not_a_member' } })
  })
})

describe('[R152] a room’s budgets', () => {
  test('are its owner’s to set, whoever else asks and however', async () => {
    const house = await houseOfOne()
    await house.connect(bo)
    expect(await house.ask(bo, budgets({ room: 1 }))).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(recordsOf((await house.snapshot()).records, 'budget')).toEqual([])
    expect(await house.ask(ann, budgets({ room: 1_000, turn: 20 }))).toEqual({ ok: true, value: null })
    expect(recordsOf((await house.snapshot()).records, 'budget')[0]?.value).toEqual({ person: null, room: 1_000, turn: 20 })
    expect(await house.ask(ann, budgets({}))).toEqual({ ok: true, value: null })
    expect(recordsOf((await house.snapshot()).records, 'budget')).toEqual([])
  })

  test.each([
    ['person', bo, 'You have had all the tokens that one person gets in this room in a day.'],
    ['room', bo, 'This room has had all the tokens that its owner gives it for a day.'],
  ] as const)('of a %s refuses a post in words once it is spent, until the day ends, and none that asks nobody', async (which, who, words) => {
    const house = await houseOfOne()
    await house.ask(ann, budgets({ [which]: 150 }))
    await answered(house, who)
    const refused = await post(house)
    const wait = midnight(house.stage) + DAY_MS - house.stage.now
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'budget_spent', message: `${words} The count begins anew at 00:00 UTC.`, retryAfterMs: wait } })
    const other = await post(house, ann)
    expect(other.ok).toBe(which === 'person')
    expect(await house.ask(bo, { type: 'post', id: newMessageId(), text: '@Ann nobody else' })).toMatchObject({ ok: true })
    house.stage.now += wait
    expect(await post(house)).toMatchObject({ ok: true })
  })

  test.each(['retry', 'ask'] as const)('refuse %s as they refuse a post', async (type) => {
    const house = await houseOfOne()
    await house.ask(ann, budgets({ person: 150 }))
    await answered(house, bo)
    const failed = await house.prompt('of Ann')
    await failed.fail({ code: 'provider', text: 'No.' })
    await waitFor('its end', async () => (await house.messages()).at(-1)?.metadata.status === 'failed')
    const aside = newMessageId()
    await house.post(ann, '@Ann a note', aside)
    const command: Command = type === 'ask' ? { type, id: aside, agent: 'parley' as MemberId } : { type, id: failed.reply.id }
    expect(await house.ask(bo, command)).toMatchObject({ refusal: { code: 'budget_spent' } })
    expect(await house.ask(ann, command)).toMatchObject({ ok: true })
  })

  test.each(['person', 'room'] as const)('of a %s is not overrun by fifty posts at once, but for the last prompt', async (which) => {
    const house = await houseOfOne()
    await house.ask(ann, budgets({ [which]: 10_000 }))
    const room = await house.room()
    await room.enter(bo, null)
    const asked = await Promise.all(Array.from({ length: 50 }, (_, n) => room.command(bo.id, { type: 'post', id: newMessageId(), text: `question ${n}` })))
    const taken = asked.filter(({ ok }) => ok).length
    expect(taken).toBeGreaterThan(0)
    expect(taken).toBeLessThanOrEqual(3)
    expect(asked.filter(({ ok }) => !ok)).toEqual(
      Array.from({ length: 50 - taken }, () =>
        expect.objectContaining({ refusal: expect.objectContaining({ code: 'budget_spent', message: expect.stringContaining('00:00 UTC') }) }),
      ),
    )
    await house.stage.turn(taken)
    // Each would take more than anybody thought.
    for (let n = 0; n < taken; n++) await call(house, await house.stage.nextVoice(), { asked: 6_000, said: 500 })
    await waitFor('the ends', async () => (await house.messages()).every(({ metadata: { status } }) => status !== 'streaming'))
    const meter = await meterOf(house)
    expect((meter?.today.input ?? 0) + (meter?.today.output ?? 0)).toBeLessThanOrEqual(10_000 + 6_000)
    expect(await post(house)).toMatchObject({ refusal: { code: 'budget_spent' } })
  })

  test('are counted again as it was when an answer took less, and forget nothing in sleep', async () => {
    const house = await houseOfOne()
    await house.ask(ann, budgets({ person: 4_000 }))
    await house.post(bo, 'a question')
    const voice = await house.stage.nextVoice()
    expect(await post(house)).toMatchObject({
      refusal: { code: 'budget_spent', message: expect.stringMatching(/^What agents are answering you now/), retryAfterMs: 5_000 },
    })
    await call(house, voice)
    await waitFor('its cost', async () => (await meterOf(house)) !== undefined)
    expect(await post(house)).toMatchObject({ ok: true })
    await call(house, await house.stage.nextVoice(), { asked: 3_900, said: 10 })
    await waitFor('both', async () => (await meterOf(house))?.today.turns === 2)
    await house.evict()
    expect(await post(house)).toMatchObject({ refusal: { code: 'budget_spent' } })
  })

  test('stand beside the instance’s: whichever is spent first refuses, and one that refuses takes nothing of the other', async () => {
    const house = await houseOfOne()
    stageOf(house.id).now = house.stage.now
    house.stage.ledger = () => ledgerNamed(house.id)
    await house.ask(ann, budgets({ person: 150 }))
    await house.connect(bo)
    await answered(house, bo)
    expect(await post(house)).toMatchObject({ refusal: { message: expect.stringContaining('in this room') } })
    await house.ask(ann, budgets({}))
    // A guest's calls of a day (wrangler.jsonc) are five.
    for (let n = 1; n < 5; n++) await answered(house, bo)
    expect(await post(house)).toMatchObject({ refusal: { message: expect.stringContaining('one guest') } })
    const { people } = await ledgerNamed(house.id).usageToday()
    expect(people).toEqual([expect.objectContaining({ id: bo.id, calls: 5, tokens: 750 })])
  })

  test('tell each person what they have left, and nobody else', async () => {
    const house = await houseOfOne()
    await house.ask(ann, budgets({ person: 1_000, room: 5_000, turn: 77 }))
    const watcher = await house.connect(ann)
    await answered(house, bo)
    const room = await house.room()
    const resetsAt = midnight(house.stage) + DAY_MS
    const ofRoom = { limit: 5_000, spent: 150 }
    expect(await room.allowance(bo.id, null)).toMatchObject({ value: { person: { limit: 1_000, spent: 150 }, room: ofRoom, turn: 77, resetsAt } })
    expect(await room.allowance(ann.id, null)).toMatchObject({ value: { person: { limit: 1_000, spent: 0 }, room: ofRoom } })
    expect(JSON.stringify(watcher.frames)).not.toMatch(/allowance|resetsAt/)
  })
})

describe('[R153] a turn that meets a budget', () => {
  const hearing = (house: House, voice: Voice, pieces: readonly number[]) =>
    house.inside(async () => {
      const granted = await voice.grant({ asked: 100, longest: 8_000, model: 'a', isMetered: true })
      if (!granted.ok) return null
      return { longest: granted.value.longest, heard: pieces.map((tokens) => granted.value.hear(tokens, true)?.code ?? null) }
    })

  test('of one turn may say so much', async () => {
    const house = await houseOfOne()
    await house.ask(ann, budgets({ turn: 30 }))
    expect(await hearing(house, await house.prompt(), [20, 9, 1])).toEqual({ longest: 30, heard: [null, null, 'limit'] })
  })

  test('of a day ends with it, also by what others take meanwhile, and has a few words however late it begins', async () => {
    const house = await houseOfOne()
    await house.ask(ann, budgets({ room: 20_000 }))
    const [first, second] = [await house.prompt(), await house.prompt('another')]
    await house.ask(ann, budgets({ room: 1_000 }))
    expect(await hearing(house, first, [300])).toEqual({ longest: 900, heard: [null] })
    // 400 are taken; 500 are left when it has read.
    expect(await hearing(house, second, [260, 200, 40])).toEqual({ longest: 500, heard: [null, null, 'budget'] })
    const late = await houseOfOne()
    await late.ask(ann, budgets({ person: 50 }))
    expect(await hearing(late, await late.prompt(), [200, 56])).toEqual({ longest: 256, heard: [null, 'budget'] })
  })

  test('is stopped with what it said, and says why; more of it may be asked for where only the turn was at its end', async () => {
    const house = await houseOfOne()
    for (const [failure, goesOn] of [
      [{ code: 'limit', text: 'Stopped at 30 tokens.', goesOn: true }, true],
      [{ code: 'budget', text: 'The day is spent.' }, false],
    ] as const) {
      const voice = await house.prompt()
      await voice.say('Some words')
      await voice.give({ type: 'limited', failure })
      await waitFor('its end', async () => (await house.messages()).at(-1)?.metadata.status === 'stopped')
      expect((await house.messages()).at(-1)).toMatchObject({ parts: [{ text: 'Some words' }], metadata: { failure } })
      const more = await house.ask(ann, { type: 'continue', id: voice.reply.id })
      expect(more.ok).toBe(goesOn)
      if (!goesOn) continue
      await (await house.stage.nextVoice()).done()
      await waitFor('the rest', async () => (await house.messages()).at(-1)?.metadata.status === 'complete')
    }
  })
})
