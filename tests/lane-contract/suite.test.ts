// The lane contract: one suite, three lanes, and the three together. Test names carry the ids of docs/rules.md.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { waitFor } from '../support/wait-for'
import { DRIVERS } from './drivers'
import type { Driver, Participant } from './participant'
import { World } from './world'

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

/** What makes the agent hold its tongue: history without replies. */
const aside = (text: string) => `@Ann ${text}`

describe.each(LANES)('%s lane', (lane) => {
  const driver = DRIVERS[lane]

  it('[L1] shows what the room holds, oldest first', async () => {
    const [ann, bo] = await pair(driver)
    for (const word of ['one', 'two', 'three']) ann.client.post(aside(word))
    await bo.sees('three')
    expect(bo.messages().map(textOf)).toEqual(['one', 'two', 'three'].map(aside))
    expect(bo.messages().map(({ metadata }) => metadata.seq)).toEqual([1, 2, 3])
  })

  it('[L2] takes the author from the session, whatever a frame says', async () => {
    const [ann, bo] = await pair(driver)
    ann.client.post(aside('mine'))
    await bo.sees('mine')
    const [message] = bo.messages()
    expect(message?.metadata.author.name).toBe('Ann')
    expect(message?.role).toBe('user')
  })

  it('[L3] posts once what is posted twice with one id', async () => {
    const [ann, bo] = await pair(driver)
    const id = newMessageId()
    ann.client.post(aside('once'), id)
    await ann.settled()
    ann.client.post(aside('once'), id)
    ann.client.post(aside('after'))
    await bo.sees('after')
    expect(bo.messages().map(textOf)).toEqual([aside('once'), aside('after')])
  })

  it('[L4] shows every member the same messages in the same order', async () => {
    const [ann, bo] = await pair(driver)
    for (const n of [1, 2, 3, 4, 5]) {
      ann.client.post(aside(`a${n}`))
      bo.client.post(aside(`b${n}`))
    }
    await waitFor('ten messages for both', () => ann.messages().length === 10 && bo.messages().length === 10)
    expect(ann.shown()).toEqual(bo.shown())
  })

  it('[L5] lets text only grow while an agent speaks, and ends on the whole of it', async () => {
    const [ann, bo] = await pair(driver)
    const seen: string[] = []
    bo.client.subscribe(() => seen.push(textOf(bo.messages().find(({ role }) => role === 'assistant') ?? { parts: [] })))
    ann.client.post('[[words:80 delay:5]] go')
    await bo.until('the reply is complete', answered)
    await ann.until('the reply is complete', answered)
    seen.reduce((before, now) => {
      expect(now.startsWith(before)).toBe(true)
      return now
    }, '')
    expect(new Set(seen).size).toBeGreaterThan(5)
    expect(textOf(reply(bo)).split(' ').length).toBeGreaterThanOrEqual(80)
    expect(ann.shown()).toEqual(bo.shown())
  })

  it('[L6] [R4] catches up after a gap, without duplicates', async () => {
    const [ann, bo] = await pair(driver)
    ann.client.post(aside('before'))
    await bo.sees('before')
    bo.client.close()
    for (const n of [1, 2, 3]) ann.client.post(aside(`while away ${n}`))
    await ann.settled()
    bo.client.start()
    await bo.sees('while away 3')
    expect(bo.shown()).toEqual(ann.shown())
  })

  it('[L6] [R4] catches up after a gap of more than a page', async () => {
    const [ann, bo, room] = await pair(driver)
    ann.client.post(aside('before'))
    await bo.sees('before')
    bo.client.close()
    await world.fill(room, PAGE_SIZE + 5)
    await ann.sees('000055.')
    bo.client.start()
    await bo.sees('000055.')
    expect(bo.shown()).toEqual(ann.shown().slice(-bo.shown().length))
    expect(bo.shown().length).toBeGreaterThanOrEqual(PAGE_SIZE)
  })

  it('[L6] sends again what was written without a connection', async () => {
    const [ann, bo] = await pair(driver)
    ann.client.close()
    ann.client.post(aside('written offline'))
    expect(ann.client.getState().pending.map(({ text }) => text)).toEqual([aside('written offline')])
    ann.client.start()
    await bo.sees('written offline')
    await ann.settled()
    expect(bo.messages()).toHaveLength(1)
  })

  it('[L7] loads the page before, without hole or overlap, to the one who asked', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const ann = await world.join(driver, room, owner)
    const many = PAGE_SIZE * 2 + 7
    await world.fill(room, many)
    await ann.sees('000107.')
    const bo = await world.join(driver, room, 'Bo')
    await bo.until('a page', (who) => who.messages().length === PAGE_SIZE)
    expect(bo.messages().length).toBe(PAGE_SIZE)
    expect(bo.client.getState().hasEarlier).toBe(true)
    const others = { ...ann.meter }
    await bo.client.loadEarlier()
    await bo.client.loadEarlier()
    await bo.until('everything', (who) => who.messages().length === many)
    expect(bo.messages().map(({ metadata }) => metadata.seq)).toEqual(Array.from({ length: many }, (_, at) => at + 1))
    expect(bo.client.getState().hasEarlier).toBe(false)
    // Bo's arrival is one frame for everybody; the pages are none.
    expect(ann.meter.bytes - others.bytes).toBeLessThan(300)
  })

  it('[L8] stops a reply for everyone, and keeps what was said', async () => {
    const [ann, bo] = await pair(driver)
    ann.client.post('[[words:2000 delay:5]] go')
    await bo.until('the reply has begun', (who) => textOf(reply(who)).length > 40)
    bo.client.stop()
    await ann.until('stopped', (who) => reply(who).metadata.status === 'stopped')
    await bo.until('stopped', (who) => reply(who).metadata.status === 'stopped')
    expect(textOf(reply(ann)).length).toBeGreaterThan(40)
    expect(ann.shown()).toEqual(bo.shown())
  })

  it('[L9] lets a reply go on when its author has left', async () => {
    const [ann, bo] = await pair(driver)
    ann.client.post('[[words:60 delay:10]] go')
    await bo.until('the reply has begun', (who) => textOf(reply(who)).length > 0)
    ann.close()
    await bo.until('the reply is complete', answered)
    expect(textOf(reply(bo)).split(' ').length).toBeGreaterThanOrEqual(60)
  })

  it('[L10] sends a removed member nothing more', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const ann = await world.join(driver, room, owner)
    const bo = await world.join(driver, room, 'Bo')
    bo.client.post(aside('I am here'))
    await ann.sees('I am here')
    await remove(ann, room, ann.messages()[0]?.metadata.author.id ?? '')
    await bo.until('shut out', (who) => who.client.getState().ended)
    const { bytes } = bo.meter
    ann.client.post(aside('without Bo'))
    await ann.settled()
    bo.client.start()
    await bo.until('refused again', (who) => who.client.getState().ended)
    expect(bo.meter.bytes).toBe(bytes)
    expect(bo.messages().map(textOf)).not.toContain(aside('without Bo'))
  })

  it('[L11] shows a late joiner the reply from its first word, then live', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const ann = await world.join(driver, room, owner)
    ann.client.post('[[words:40 hold after:20]] go')
    await ann.until('twenty words', (who) => textOf(reply(who)).split(' ').length >= 20)
    const bo = await world.join(driver, room, 'Bo')
    await bo.until('the words so far', (who) => textOf(reply(who)) === textOf(reply(ann)))
    world.model.release()
    await bo.until('the reply is complete', answered)
    await ann.until('the reply is complete', answered)
    expect(bo.shown()).toEqual(ann.shown())
  })

  it('[L12] a client that was dropped in mid-reply ends where a fresh one begins', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const ann = await world.join(driver, room, owner)
    const bo = await world.join(driver, room, 'Bo')
    ann.client.post('[[words:120 delay:5]] one')
    bo.client.post('[[words:120 delay:5]] two')
    await bo.until('both replies have begun', (who) => replies(who).filter((message) => textOf(message) !== '').length === 2)
    bo.drop()
    await bo.until('both complete', (who) => replies(who).length === 2 && replies(who).every(({ metadata }) => metadata.status === 'complete'))
    await ann.until('both complete', (who) => replies(who).every(({ metadata }) => metadata.status === 'complete'))
    const fresh = await world.join(driver, room, 'Cy')
    await fresh.until('everything', (who) => who.messages().length === 4)
    expect(bo.shown()).toEqual(fresh.shown())
    expect(ann.shown()).toEqual(fresh.shown())
  })

  it('[R8] retries a failed reply in its place', async () => {
    const [ann, bo] = await pair(driver)
    ann.client.post(`[[fault:500 times:1]] ${lane}`)
    await bo.until('failed', (who) => reply(who).metadata.status === 'failed')
    expect(reply(bo).metadata.failure?.text).toBeTruthy()
    bo.client.retry(reply(bo).id)
    await ann.until('complete', answered)
    await bo.until('complete', answered)
    expect(ann.messages()).toHaveLength(2)
    expect(ann.shown()).toEqual(bo.shown())
  })

  it('[R42] an answer that was cut off at its limit goes on in its place, for whoever asks', async () => {
    const [ann, bo, room] = await pair(driver)
    ann.client.post(`[[words:40 fault:length after:15 times:1]] ${lane}`)
    await bo.until('cut off', (who) => reply(who).metadata.status === 'stopped')
    expect(reply(bo).metadata.failure).toEqual({ code: 'limit', text: 'This answer was cut off at the limit.', goesOn: true })
    expect(textOf(reply(bo)).split(' ').filter(Boolean)).toHaveLength(15)
    await ann.until('cut off', (who) => reply(who).metadata.status === 'stopped')
    bo.client.continueReply(reply(bo).id)
    await ann.until('complete', answered)
    await bo.until('complete', answered)
    expect(textOf(reply(bo))).toBe(Array.from({ length: 40 }, (_, at) => `word${at + 1}`).join(' '))
    expect(ann.messages()).toHaveLength(2)
    expect(ann.shown()).toEqual(bo.shown())
    const fresh = await world.join(driver, room, 'Cy')
    await fresh.until('everything', (who) => who.messages().length === 2)
    expect(fresh.shown()).toEqual(bo.shown())
    bo.client.continueReply(reply(bo).id)
    await bo.until('refused', (who) => who.client.getState().refusal?.code === 'not_retryable')
  })

  it('[R10] clears the room for everyone, for its owner only', async () => {
    const [ann, bo] = await pair(driver)
    ann.client.post(aside('to be forgotten'))
    await bo.sees('to be forgotten')
    bo.client.clear()
    await bo.until('refused', (who) => who.client.getState().refusal?.code === 'not_owner')
    expect(bo.messages()).toHaveLength(1)
    ann.client.clear()
    await bo.until('empty', (who) => who.messages().length === 0)
    await ann.until('empty', (who) => who.messages().length === 0)
    ann.client.post(aside('afresh'))
    await bo.sees('afresh')
    expect(bo.messages()).toHaveLength(1)
  })

  it('[R13] refuses an empty and a too long message, and keeps the text', async () => {
    const [ann] = await pair(driver)
    const long = 'x'.repeat(32_001)
    const tooLong = ann.client.post(long)
    await ann.until('refused', (who) => who.client.getState().pending.find(({ id }) => id === tooLong)?.refusal?.code === 'too_long')
    expect(ann.client.getState().pending.find(({ id }) => id === tooLong)?.text).toBe(long)
    const empty = ann.client.post('  ')
    await ann.until('refused', (who) => who.client.getState().pending.find(({ id }) => id === empty)?.refusal?.code === 'empty')
    expect(ann.messages()).toHaveLength(0)
  })
})

describe('all lanes together', () => {
  it('[L4] [L5] show one room, token by token, the same at the end', async () => {
    const owner = await world.guest('Rosa')
    const room = await world.room(owner)
    const rosa = await world.join(DRIVERS.rsc, room, owner)
    const agnes = await world.join(DRIVERS.agents, room, 'Agnes')
    const tina = await world.join(DRIVERS.tinybase, room, 'Tina')
    const everybody = [rosa, agnes, tina]
    const steps = new Map<LaneName, Set<number>>(LANES.map((lane) => [lane, new Set()]))
    for (const who of everybody) who.client.subscribe(() => steps.get(who.lane)?.add(replies(who).reduce((sum, message) => sum + textOf(message).length, 0)))
    for (const who of everybody) who.client.post(`[[words:60 delay:5]] from ${who.lane}`)
    for (const who of everybody) {
      await who.until('three replies', () => replies(who).length === 3 && replies(who).every(({ metadata }) => metadata.status === 'complete'))
    }
    expect(agnes.shown()).toEqual(rosa.shown())
    expect(tina.shown()).toEqual(rosa.shown())
    for (const seen of steps.values()) expect(seen.size).toBeGreaterThan(5)
  })
})

describe('known gaps', () => {
  it('are named with a reason', () => {
    for (const driver of Object.values(DRIVERS)) for (const reason of Object.values(driver.knownGaps)) expect(reason.length).toBeGreaterThan(20)
  })
})

/** Ann, who owns a new room, and Bo. */
async function pair(driver: Driver): Promise<readonly [Participant, Participant, RoomId]> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  return [await world.join(driver, room, owner), await world.join(driver, room, 'Bo'), room]
}

function replies(who: Participant) {
  return who.messages().filter(({ role }) => role === 'assistant')
}

/** The room's only reply; an empty one while there is none. */
function reply(who: Participant) {
  return replies(who)[0] ?? { id: newMessageId(), parts: [], metadata: { status: 'pending' as const, failure: undefined } }
}

function answered(who: Participant): boolean {
  return reply(who).metadata.status === 'complete'
}

async function remove(owner: Participant, room: string, member: string): Promise<void> {
  const { origin } = owner.guest
  const response = await owner.guest.fetch(new URL(`/rooms/${room}/members`, origin), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ remove: member }),
  })
  expect(response.status).toBe(200)
}
