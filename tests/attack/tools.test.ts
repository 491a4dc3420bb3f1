// A model that uses tools as badly as it can, because somebody told it to or because it is broken: its reply ends, says what became of its
// calls, and holds up nobody; what it was not given it does not get.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Message } from '../../src/conversation/message'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'

/** Within this a post of somebody else is acknowledged, whatever a model does meanwhile, ms. */
const NOBODY_WAITS_MS = 3_000

let world: World

beforeAll(async () => {
  world = await World.begin({ REQUEST_LIMITS: 'off' })
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const replyIn = (who: Participant): Message | undefined => who.messages().findLast(({ role }) => role === 'assistant')
const callsIn = (who: Participant) => (replyIn(who)?.parts ?? []).flatMap((part) => (part.type === 'dynamic-tool' ? [part] : []))
const hasEnded = (who: Participant) => !['streaming', 'waiting', undefined].includes(replyIn(who)?.metadata.status)

/** Asks a model in a room of its own, and says how long somebody else's post in the same room took at its slowest. */
async function attack(prompt: string): Promise<{ readonly mallory: Participant; readonly slowest: number }> {
  const owner = await world.guest('Mallory')
  const room = await world.room(owner)
  const mallory = await world.join(DRIVERS.agents, room, owner)
  const honest = await world.join(DRIVERS.agents, room, 'Honest')
  mallory.client.post(prompt)
  await mallory.until('a reply', () => replyIn(mallory) !== undefined)
  let slowest = 0
  for (let n = 1; n === 1 || !hasEnded(mallory); n++) {
    const began = performance.now()
    honest.client.post(`@Mallory number ${n}`)
    await honest.until('an acknowledgement', () => honest.client.getState().pending.length === 0)
    slowest = Math.max(slowest, performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await honest.until('the same end', () => hasEnded(honest))
  expect(replyIn(honest)?.parts).toEqual(replyIn(mallory)?.parts)
  return { mallory, slowest }
}

describe('a model', () => {
  it('[R182] that calls 1,000 tools in one step has eight of them, and words for the others', { timeout: 60_000 }, async () => {
    const { mallory, slowest } = await attack('[[call:now calls:1000]] go')
    expect(callsIn(mallory).map(({ state }) => state)).toEqual([...Array.from({ length: 8 }, () => 'output-available'), 'output-error'])
    expect(callsIn(mallory).at(-1)?.errorText).toContain('neither were the 991 after it')
    expect(replyIn(mallory)?.metadata.status).toBe('complete')
    expect(slowest).toBeLessThan(NOBODY_WAITS_MS)
  })

  it('[R181] that never stops calling tools is stopped after 25 steps, and may be asked to go on', { timeout: 120_000 }, async () => {
    const before = world.model.requests.length
    const { mallory, slowest } = await attack('[[call:who_is_here call:now steps:100000]] go')
    expect(replyIn(mallory)?.metadata).toMatchObject({ status: 'stopped', failure: { code: 'limit', goesOn: true } })
    expect(world.model.requests.length - before).toBe(25)
    expect(callsIn(mallory)).toHaveLength(50)
    expect(slowest).toBeLessThan(NOBODY_WAITS_MS)
  })

  it('[R181] [L8] that never stops calling tools is stopped by whoever asked', { timeout: 60_000 }, async () => {
    const owner = await world.guest('Mallory')
    const mallory = await world.join(DRIVERS.agents, await world.room(owner), owner)
    mallory.client.post('[[call:search_room({"query":"go"}) steps:100000]] go')
    await mallory.until('some calls', () => callsIn(mallory).length >= 3)
    const began = performance.now()
    mallory.client.stop()
    await mallory.until('the end', () => hasEnded(mallory))
    expect(performance.now() - began).toBeLessThan(1_000)
    for (const { state } of callsIn(mallory)) expect(state).toMatch(/^output-/)
    const asked = world.model.requests.length
    mallory.client.post('@Mallory to myself')
    await mallory.settled()
    expect(world.model.requests.length).toBe(asked)
  })

  it('[R182] [R183] that writes 10 MB into a call has its call refused, and nobody waits for it', { timeout: 60_000 }, async () => {
    const { mallory, slowest } = await attack('[[call:search_room({"query":"x"}) pad:10000000]] go')
    expect(callsIn(mallory)).toEqual([expect.objectContaining({ state: 'output-error', errorText: expect.stringContaining('longer than') })])
    expect(JSON.stringify(replyIn(mallory)).length).toBeLessThan(70_000)
    expect(replyIn(mallory)?.metadata.status).toBe('complete')
    // And its own words are not told back to it whole.
    expect(JSON.stringify(world.model.requests.at(-1)?.messages).length).toBeLessThan(120_000)
    expect(slowest).toBeLessThan(NOBODY_WAITS_MS)
  })

  it.each([
    ['a tool that there is not', 'call:delete_everything', /There is no tool called delete_everything/],
    ['a tool of an object’s own', 'call:constructor', /There is no tool called constructor/],
    ['a tool with another sign in its name', 'call:__proto__', /There is no tool called __proto__/],
    ['what is no JSON', 'call:calculate({"sum)', /is no JSON/],
    ['what is no object', 'call:calculate(7)', /does not fit the tool/],
    ['a number for a text', 'call:calculate({"sum":7})', /does not fit the tool/],
    ['a sum that is code', 'call:calculate({"sum":"process.exit(1)"})', /cannot be read as a sum/],
    ['a sum of towers', 'call:calculate({"sum":"9^9^9^9^9^9"})', /no result/],
    ['a search for nothing', 'call:search_room({"query":"_"})', /does not fit the tool/],
    ['a prototype', 'call:search_room({"__proto__":{"query":"x"}})', /does not fit the tool/],
  ])('[R182] that calls %s reads what is wrong with it, and answers', async (_what, directive, expected) => {
    const { mallory } = await attack(`[[${directive}]] go`)
    expect(callsIn(mallory)).toEqual([expect.objectContaining({ state: 'output-error', errorText: expect.stringMatching(expected) })])
    expect(replyIn(mallory)?.metadata.status).toBe('complete')
    expect(JSON.stringify(world.model.requests.at(-1)?.messages)).toMatch(expected)
  })

  it('[R182] that gives all its calls one id has each answered in its place', async () => {
    const { mallory } = await attack('[[call:calculate({"sum":"1+1"}) call:calculate({"sum":"2+2"}) ids:same then call:calculate({"sum":"3+3"})]] go')
    expect(callsIn(mallory).map(({ output }) => (output as { readonly result: string }).result)).toEqual(['2', '4', '6'])
  })

  it('[R187] finds nothing of another room, and in its own what its asker may see', async () => {
    const ann = await world.guest('Ann')
    const elsewhere = await world.join(DRIVERS.agents, await world.room(ann, 'private'), ann)
    elsewhere.client.post('@Ann the code is xylophone')
    await elsewhere.settled()
    const { mallory } = await attack('[[call:search_room({"query":"xylophone"}) call:read_messages]] go')
    const told = JSON.stringify(callsIn(mallory).map(({ output }) => output))
    expect(told).not.toContain('the code is')
    expect(callsIn(mallory).map(({ state }) => state)).toEqual(['output-available', 'output-available'])
  })
})
