// What an agent was before, and how it becomes that again.
import { describe, expect, test } from 'vitest'
import type { MemberId } from '../../src/conversation/ids'
import { recordsOf } from '../../src/conversation/record'
import { ann, bo, House } from './house'

const PARLEY = 'parley' as MemberId
const save = (house: House, who: typeof ann, profile: Readonly<Record<string, unknown>>, agent: string = PARLEY) =>
  house.ask(who, { type: 'save-agent', profile, agent: agent as MemberId })
const restore = (house: House, who: typeof ann, version: number, agent = PARLEY) => house.ask(who, { type: 'restore-agent', agent, version })
const agentNow = async (house: House) => recordsOf((await house.snapshot()).records, 'agent').find(({ id }) => id === PARLEY)?.value
const versionsOf = async (house: House, who = ann, agent = PARLEY) => {
  const answered = await (await house.room()).agentVersions(who.id, agent)
  return answered.ok ? answered.value : []
}

describe('[R165] what an agent was', () => {
  test('is kept with who saved it and when, from before its first change on; what changes nothing is no version', async () => {
    const house = await House.open()
    expect(await versionsOf(house)).toEqual([])
    const before = await agentNow(house)
    await save(house, ann, { instruction: 'Be brief.' })
    await save(house, ann, { instruction: 'Be brief.' })
    await save(house, ann, { mode: 'off' })
    const versions = await versionsOf(house)
    expect(versions.map(({ number, savedBy, savedAt }) => [number, savedBy, savedAt === null])).toEqual([
      [3, 'Ann', false],
      [2, 'Ann', false],
      [1, null, true],
    ])
    expect(versions.at(-1)?.profile).toEqual(before)
    expect(versions[0]?.profile).toEqual(await agentNow(house))
  })

  test('comes back by its number, live for all, as a version of its own', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    await save(house, ann, { instruction: 'Be kind.' })
    const before = await agentNow(house)
    await save(house, ann, { instruction: 'Be rude.', mode: 'off' })
    expect(await restore(house, ann, 2)).toEqual({ ok: true, value: null })
    expect(await agentNow(house)).toEqual(before)
    await watcher.until('the agent as it was', () => {
      const seen = recordsOf(watcher.timeline.records, 'agent').find(({ id }) => id === PARLEY)
      return seen?.value.mode === before?.mode && seen?.value.instruction === before?.instruction
    })
    expect((await versionsOf(house)).map(({ number, savedBy }) => [number, savedBy])).toEqual([
      [4, 'Ann'],
      [3, 'Ann'],
      [2, 'Ann'],
      [1, null],
    ])
  })

  test('is twenty versions at most, the newest, and none once it is removed', async () => {
    const house = await House.open()
    for (let at = 0; at < 25; at += 1) await save(house, ann, { instruction: `Say ${at}.` })
    const numbers = (await versionsOf(house)).map(({ number }) => number)
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => 26 - at))
    expect(await restore(house, ann, 6)).toMatchObject({ refusal: { code: 'no_such_message' } })
    await house.ask(ann, { type: 'remove-agent', agent: PARLEY })
    expect(await versionsOf(house)).toEqual([])
    expect(await restore(house, ann, 26)).toMatchObject({ refusal: { code: 'no_such_message' } })
  })

  test('is the owner’s to see and to have back, and nobody else’s', async () => {
    const house = await House.open()
    await house.connect(bo)
    await save(house, ann, { instruction: 'A secret of the house.' })
    const now = await agentNow(house)
    expect(await (await house.room()).agentVersions(bo.id, PARLEY)).toMatchObject({ ok: false, refusal: { code: 'not_owner' } })
    expect(await restore(house, bo, 1)).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await agentNow(house)).toEqual(now)
  })

  test('is refused like any form where its handle is another’s by now', async () => {
    const house = await House.open()
    await save(house, ann, { instruction: 'Be brief.' })
    await save(house, ann, { handle: 'host', name: 'Host' })
    const profile = { handle: 'parley', name: 'Parley', instruction: 'Take its name.' }
    expect(await house.ask(ann, { type: 'save-agent', profile })).toMatchObject({ ok: true })
    expect(await restore(house, ann, 2)).toMatchObject({ ok: false, refusal: { message: expect.stringContaining('parley') } })
    expect((await agentNow(house))?.handle).toBe('host')
  })
})
