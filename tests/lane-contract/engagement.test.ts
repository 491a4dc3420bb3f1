// Several agents in one room, in each lane and in all of them at once: everybody sees who answers, why, and who waits.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { heldOf, placeOf, whyOf } from '../../src/conversation/engaged'
import type { MemberId, RoomId } from '../../src/conversation/ids'
import { textOf, type Message } from '../../src/conversation/message'
import { recordsOf } from '../../src/conversation/record'
import { LANES } from '../../src/lanes/lanes'
import { command } from '../support/room'
import type { Guest } from '../support/guest'
import { DRIVERS } from './drivers'
import type { Driver, Participant } from './participant'
import { World } from './world'

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const AGENTS = ['scout', 'critic'] as const

/** A room of Ann's with three agents that answer when they are spoken to, so many at once each. */
async function roomOfThree(ann: Guest, atOnce = 8): Promise<RoomId> {
  const room = await world.room(ann)
  const saved = [await command(ann, room, { type: 'save-agent', agent: 'parley', profile: { mode: 'mention', atOnce } })]
  for (const handle of AGENTS) {
    const name = `${handle[0]?.toUpperCase()}${handle.slice(1)}`
    saved.push(await command(ann, room, { type: 'save-agent', profile: { handle, name, instruction: 'Be brief.', mode: 'mention', atOnce } }))
  }
  expect(saved.map(({ status }) => status)).toEqual([200, 200, 200])
  return room
}

/** The shortest time between two batches, ms [R6]. */
const TICK_MS = 16

/** Frames of two more posts: the acknowledgement, the row, the beginning and the end, which need not share a tick. */
const BESIDE_WORDS = 8

const replies = (who: Participant): readonly Message[] => who.messages().filter(({ role }) => role === 'assistant')
const ended = (count: number) => (who: Participant) => replies(who).length === count && replies(who).every(({ metadata: { status } }) => status === 'complete')

const CASES: readonly (readonly [name: string, drivers: readonly [Driver, Driver, Driver]])[] = [
  ...LANES.map((lane) => [`${lane} lane`, [DRIVERS[lane], DRIVERS[lane], DRIVERS[lane]]] as const),
  ['all lanes at once', [DRIVERS.rsc, DRIVERS.agents, DRIVERS.tinybase]],
]

describe.each(CASES)('%s', (_name, [first, second, third]) => {
  it('[R120] shows three people the answers of three agents at once, each whole and with its reason', async () => {
    const owner = await world.guest('Ann')
    const room = await roomOfThree(owner)
    const [ann, bo, cy] = [await world.join(first, room, owner), await world.join(second, room, 'Bo'), await world.join(third, room, 'Cy')]
    ann.client.post('@Parley say one')
    bo.client.post('@scout say two')
    cy.client.post('@Critic say three')
    for (const who of [ann, bo, cy]) await who.until('three answers', ended(3))
    const shown = (who: Participant) =>
      replies(who).map((reply) => `${reply.metadata.author.name} for ${whyOf(reply.metadata)?.name}, ${whyOf(reply.metadata)?.rule}`)
    expect([...shown(ann)].sort()).toEqual(['Critic for Cy, mention', 'Parley for Ann, mention', 'Scout for Bo, mention'])
    for (const who of [bo, cy]) expect(who.shown()).toEqual(ann.shown())
    expect(replies(ann).every((reply) => textOf(reply) !== '')).toBe(true)
    const late = await world.join(first, room, 'Di')
    await late.until('all of it', ended(3))
    expect(late.shown()).toEqual(ann.shown())
  })

  it('[R6] [R120] sends three agents’ answers in the frames of one, every word live for all, and each says for whom', async () => {
    const owner = await world.guest('Ann')
    const long = '[[words:60 delay:15]]'
    const run = async (asks: readonly string[]) => {
      const room = await roomOfThree(owner)
      const people = [await world.join(first, room, owner), await world.join(second, room, 'Bo'), await world.join(third, room, 'Cy')]
      const [ann] = people
      if (!ann) throw new Error('three are here')
      const lengths = people.map(() => new Set<string>())
      for (const [at, who] of people.entries())
        who.client.subscribe(() => replies(who).forEach((reply) => lengths[at]?.add(`${reply.id} ${textOf(reply).length}`)))
      const before = people.map(({ meter }) => meter.frames)
      const began = performance.now()
      asks.forEach((ask, at) => people[at]?.client.post(`@${ask} ${long}`))
      for (const who of people) await who.until('all answers', ended(asks.length))
      for (const who of people) expect(who.shown()).toEqual(ann.shown())
      for (const reply of replies(ann)) expect(textOf(reply)).toBe(Array.from({ length: 60 }, (_, word) => `word${word + 1}`).join(' '))
      const askers = new Set(replies(ann).map(({ metadata }) => `${whyOf(metadata)?.rule} ${whyOf(metadata)?.name}`))
      return {
        ticks: (performance.now() - began) / TICK_MS,
        frames: people.map(({ meter }, at) => meter.frames - (before[at] ?? 0)),
        seen: lengths.map(({ size }) => size / asks.length),
        askers,
      }
    }
    const alone = await run(['Parley'])
    const together = await run(['Parley', 'scout', 'Critic'])
    expect([...together.askers].sort()).toEqual(['mention Ann', 'mention Bo', 'mention Cy'])
    // Words come as often as ticks: with a frame for each agent there were three times as many. A busy machine takes longer, for both.
    for (const { frames, ticks } of [alone, together]) for (const each of frames) expect(each).toBeLessThanOrEqual(1.1 * ticks + BESIDE_WORDS)
    // Live: nobody got an answer in a piece or two.
    for (const steps of [...alone.seen, ...together.seen]) expect(steps).toBeGreaterThan(8)
  })

  it('[R120] shows what held an agent back, and “Ask” has it answer, once', async () => {
    const owner = await world.guest('Ann')
    const room = await roomOfThree(owner)
    const [ann, bo] = [await world.join(first, room, owner), await world.join(second, room, 'Bo')]
    ann.client.post('a thought of mine')
    await bo.sees('a thought')
    const [thought] = bo.messages()
    const held = (who: Participant) => heldOf(who.messages()[0]?.metadata ?? {}).map(({ name, hold }) => `${name}: ${hold}`)
    expect(held(bo)).toEqual(['Parley: not-addressed', 'Scout: not-addressed', 'Critic: not-addressed'])
    const scout = recordsOf(bo.client.getState().records, 'agent').find(({ value }) => value.handle === 'scout')?.id as MemberId
    if (thought) for (const who of [bo, ann]) who.client.askAgent(thought.id, scout)
    for (const who of [ann, bo]) {
      await who.until('an answer', ended(1))
      await who.until('one reason less', () => held(who).length === 2)
    }
    expect(bo.shown()).toEqual(ann.shown())
    expect(whyOf(replies(bo)[0]?.metadata ?? {})?.rule).toBe('asked')
  })

  it('[R124] [R125] shows the queue live: who waits in which place, until it is cancelled or answered', async () => {
    const owner = await world.guest('Ann')
    const room = await roomOfThree(owner, 1)
    const [ann, bo, cy] = [await world.join(first, room, owner), await world.join(second, room, 'Bo'), await world.join(third, room, 'Cy')]
    const everybody = [ann, bo, cy]
    ann.client.post('@Parley begin [[hold]]')
    await cy.until('its beginning', () => replies(cy)[0]?.metadata.status === 'streaming')
    bo.client.post('@Parley then this')
    await cy.until('a first place', () => replies(cy).length === 2)
    cy.client.post('@Parley and me')
    const places = (who: Participant) => replies(who).map(({ metadata }) => `${metadata.status} ${placeOf(metadata) ?? '-'}`)
    for (const who of everybody) await who.until('the queue', () => places(who).join() === 'streaming -,waiting 1,waiting 2')
    const [, bos, cys] = replies(cy)
    if (!bos || !cys) throw new Error('nobody waits')
    cy.client.order('cancel', bos.id)
    await cy.until('a refusal', () => cy.client.getState().refusal?.code === 'not_yours')
    ann.client.order('move-up', cys.id)
    for (const who of everybody) await who.until('the other order', () => places(who).join() === 'streaming -,waiting 2,waiting 1')
    cy.client.order('cancel', cys.id)
    for (const who of everybody) await who.until('one to be gone', () => places(who).join() === 'streaming -,waiting 1,stopped -')
    world.model.release()
    for (const who of everybody) await who.until('the rest to be said', () => places(who).join() === 'complete -,complete -,stopped -')
    for (const who of everybody) expect(who.shown()).toEqual(ann.shown())
  })
})
