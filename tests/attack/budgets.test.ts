// What a model costs is bounded by the day: one guest with ten rooms and three hundred posts makes as many calls as a
// guest may, whatever they try, and somebody else is answered meanwhile.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeClaimCode } from '../../src/auth/claim'
import { textOf } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import { command as commandIn } from '../support/room'

const CALLS = 6
const env = { BUDGETS: '', GUEST_CALLS_PER_DAY: String(CALLS), ROOM_CALLS_PER_DAY: '30' }

let world: World

beforeAll(async () => {
  world = await World.begin(env)
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const replies = (who: Participant) => who.messages().filter(({ role }) => role === 'assistant')
const callsFor = (mark: string) => world.model.requests.filter(({ asked }) => asked.includes(mark)).length

describe.each(LANES)('in the %s lane', (lane) => {
  it('[R62] a guest with ten rooms and three hundred posts makes six calls of the model, and is told why no more', { timeout: 120_000 }, async () => {
    const guest = await world.guest('Mallory')
    const mark = `flood-${lane}`
    const rooms = await Promise.all(Array.from({ length: 10 }, () => world.room(guest)))
    const everywhere = await Promise.all(rooms.map((room) => world.join(DRIVERS[lane], room, guest)))
    for (let n = 0; n < 30; n++) for (const who of everywhere) who.client.post(`[[words:2]] ${mark} ${n}`)
    for (const who of everywhere) {
      await who.until('every post answered or refused', ({ client }) => client.getState().pending.every(({ refusal }) => refusal !== undefined))
      await who.until('no reply open', () => replies(who).every(({ metadata }) => metadata.status !== 'streaming'))
    }
    expect(callsFor(mark)).toBe(CALLS)
    const refusals = everywhere.flatMap(({ client }) => client.getState().pending.map(({ refusal }) => refusal?.code))
    expect(new Set(refusals)).toEqual(new Set(['budget_spent']))
    const failures = everywhere.flatMap(replies).filter(({ metadata }) => metadata.status === 'failed')
    expect(failures.length + CALLS + refusals.length).toBe(300)
    for (const { metadata } of failures) expect(metadata.failure).toEqual({ code: 'budget', text: expect.stringContaining('00:00 UTC') })

    // Retry is a call like any other; somebody else's is theirs.
    const [place] = everywhere
    const failed = failures[0]
    const where = everywhere.find((who) => replies(who).some(({ id }) => id === failed?.id))
    if (!place || !failed || !where) throw new Error('something failed somewhere')
    where.client.retry(failed.id)
    await where.until('refused', ({ client }) => client.getState().refusal?.code === 'budget_spent')
    expect(callsFor(mark)).toBe(CALLS)
    const honest = await world.join(DRIVERS[lane], rooms[everywhere.indexOf(where)] ?? rooms[0] ?? raise(), 'Honest')
    honest.client.retry(failed.id)
    await honest.until('an answer', () => replies(honest).some(({ id, metadata }) => id === failed.id && metadata.status === 'complete'))
    // Talk that asks nobody goes on.
    where.client.post('@Mallory to myself')
    await where.sees('to myself')
  })
})

it.each(LANES)('[R62] whoever has spent theirs is answered by the guide in the %s lane, and by no model beside it', async (lane) => {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  const guide = { handle: 'helper', name: 'Helper', instruction: 'Help.', model: 'guide', mode: 'mention' }
  for (const command of [
    { type: 'save-agent', agent: 'parley', profile: { mode: 'mention' } },
    { type: 'save-agent', profile: guide },
  ])
    expect((await commandIn(owner, room, command)).status).toBe(200)
  const who = await world.join(DRIVERS[lane], room, 'Spent')
  for (let n = 0; n < CALLS; n++) {
    who.client.post(`@Parley [[words:1]] spending ${lane} ${n}`)
    await who.until('an answer', () => replies(who).filter(({ metadata }) => metadata.status === 'complete').length === n + 1)
  }
  const refusal = () => who.client.getState().pending.map(({ refusal }) => refusal?.code)
  who.client.post('@Parley one more')
  await who.until('refused', () => refusal().includes('budget_spent'))
  for (let n = 0; n < CALLS; n++) {
    who.client.post(`@Helper what time is it? ${n}`)
    await who.until(
      'the guide',
      () => replies(who).filter(({ metadata }) => metadata.author.name === 'Helper' && metadata.status === 'complete').length === n + 1,
    )
  }
  // Both together are refused as a whole: nobody is answered by halves.
  who.client.post('@Helper @Parley you both?')
  await who.until('refused too', () => refusal().length === 2 && refusal().every((code) => code === 'budget_spent'))
})

it('[R62] a restart forgives nothing, and a room has its own budget, whoever asks', async () => {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  const ann = await world.join(DRIVERS.agents, room, owner)
  for (let n = 0; n < CALLS; n++) ann.client.post(`[[words:1]] kept ${n}`)
  await ann.until('every answer', () => replies(ann).filter(({ metadata }) => metadata.status === 'complete').length === CALLS)
  ann.close()
  await world.server.restart()
  const back = await world.join(DRIVERS.agents, room, owner)
  back.client.post('[[words:1]] after the restart')
  await back.until('refused', ({ client }) => client.getState().pending[0]?.refusal?.code === 'budget_spent')
  expect(callsFor('after the restart')).toBe(0)
  for (let n = 0; n < 4; n++) {
    const who = await world.join(DRIVERS.agents, room, `Guest ${n}`)
    for (let m = 0; m < CALLS; m++) who.client.post(`[[words:1]] more ${n} ${m}`)
    await who.settled()
  }
  const fresh = await world.join(DRIVERS.agents, room, 'Fresh')
  fresh.client.post('[[words:1]] one too many for this room')
  await fresh.until('refused', ({ client }) => client.getState().pending[0]?.refusal?.message.startsWith('This room') === true)
})

it('[R62] the instance’s owner sees what was spent today, and asks as an account', async () => {
  const code = await makeClaimCode((await readFile(join(world.server.dataDir, 'auth-secret'), 'utf8')).trim(), Date.now())
  const owner = await world.guest('Olga')
  expect((await owner.fetch(`${owner.origin}/claim/${code}`, { redirect: 'manual' })).status).toBe(302)
  const instance = async () => wordsOf(await (await owner.fetch(`${owner.origin}/instance`)).text())
  expect(await instance()).toContain(`${CALLS} answers, 100,000 tokens a day`)
  const olga = await world.join(DRIVERS.agents, await world.room(owner), owner)
  for (let n = 0; n < CALLS + 2; n++) olga.client.post(`[[words:1]] of the owner ${n}`)
  await olga.until('every answer', () => replies(olga).filter(({ metadata }) => metadata.status === 'complete').length === CALLS + 2)
  await expect.poll(instance).toMatch(new RegExp(`Olga[^:]{0,20}: ${CALLS + 2} answers`))
})

it('[R62] the guests of one network have so many answers together, in whatever lane and room, and the instance’s owner has others', async () => {
  await world.server.restart({ ...env, ADDRESS_LIMITS: '', NETWORK_CALLS_PER_DAY: '4' })
  const crowd = await Promise.all(
    LANES.map(async (lane) => {
      const guest = await world.guest(`Crowd ${lane}`)
      return world.join(DRIVERS[lane], await world.room(guest), guest)
    }),
  )
  for (const who of crowd) for (let n = 0; n < 3; n++) who.client.post(`[[words:1]] crowd ${n}`)
  for (const who of crowd) {
    await who.until('every post answered or refused', ({ client }) => client.getState().pending.every(({ refusal }) => refusal !== undefined))
    await who.until('no reply open', () => replies(who).every(({ metadata }) => metadata.status !== 'streaming'))
  }
  expect(callsFor('crowd')).toBe(4)
  const owner = await world.guest('Oleg')
  const code = await makeClaimCode((await readFile(join(world.server.dataDir, 'auth-secret'), 'utf8')).trim(), Date.now())
  expect((await owner.fetch(`${owner.origin}/claim/${code}`, { redirect: 'manual' })).status).toBe(302)
  expect((await owner.fetch(`${owner.origin}/instance`)).status).toBe(200)
  const oleg = await world.join(DRIVERS.agents, await world.room(owner), owner)
  oleg.client.post('[[words:1]] from the same network')
  await oleg.until('an answer', () => replies(oleg).some(({ metadata }) => metadata.status === 'complete'))
})

it('[R62] without a key nobody ever meets a budget: the guide costs nothing', async () => {
  await world.server.restart({ MODEL: 'guide', OPENAI_BASE_URL: '', GUEST_CALLS_PER_DAY: '0', INSTANCE_CALLS_PER_DAY: '0' })
  const owner = await world.guest('Ann')
  const ann = await world.join(DRIVERS.agents, await world.room(owner), owner)
  for (let n = 1; n <= 8; n++) ann.client.post(`What is ${n} + ${n}?`)
  await ann.until('every answer', () => replies(ann).filter(({ metadata }) => metadata.status === 'complete').length === 8)
  expect(replies(ann).map(textOf).join(' ')).toContain('16')
  await world.server.restart()
})

/** As a reader has it: between two pieces of a sentence React writes a comment. */
function wordsOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '')
}

function raise(): never {
  throw new Error('there are rooms')
}
