// Floods from one guest, or from one address: hundreds of guests, rooms, sockets, pages. What is taken of them is bounded,
// the rest is refused with a wait, and somebody else is served in between: by what is answered, not by how fast.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { COST, MAX_SOCKETS_OF_ADDRESS, NEW_ROOMS, OF_PERSON, OVER_ALL_ROOMS, PER_DAY, REQUESTS, SIGN_INS } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { allowedSince } from './allowed'
import { GreedyReader } from './greedy-reader'
import type { RawTcp } from './raw-tcp'
import { at, CROWD, ELSEWHERE, fetchFrom, LIMITS_LATER, LIMITS_ON, outcomeOf, tally, upgradeFrom, type Outcome } from './visitor'

let world: World
/** Whoever is honest comes from this machine's own address. */
let ann: Guest
let room: RoomId

beforeAll(async () => {
  world = await World.begin(LIMITS_LATER)
  ann = await world.guest('Ann')
  room = await world.room(ann)
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

/** Limits begin anew: buckets are full, and no socket is open. */
async function limitsOn(): Promise<void> {
  await world.server.restart(LIMITS_ON)
}

async function limitsOff(): Promise<void> {
  await world.server.restart(LIMITS_LATER)
}

/** All of them, so many at the same time. */
async function flood(times: number, ask: (n: number) => Promise<Outcome>, atOnce = 20): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (let n = 0; n < times; n += atOnce) {
    outcomes.push(...(await Promise.all(Array.from({ length: Math.min(atOnce, times - n) }, (_, more) => ask(n + more)))))
  }
  return outcomes
}

/** Somebody honest speaks in every lane, and is heard; and a page of theirs is served. */
async function othersAreServed(words: string): Promise<void> {
  const speaker = await world.join(DRIVERS.agents, room, ann)
  const listeners = await Promise.all(LANES.map((lane) => world.join(DRIVERS[lane], room, ann)))
  speaker.client.post(`@Ann ${words}`)
  for (const who of listeners) await who.sees(words)
  expect((await ann.fetch(`${ann.origin}/rooms/${room}/agents`)).status).toBe(200)
  for (const who of [speaker, ...listeners]) who.close()
}

/** Each refusal says how long to wait, and everything else is `expected`. */
function onlyRefused(outcomes: readonly Outcome[], expected: readonly number[]): void {
  for (const { status, refusal, retryAfter } of outcomes) {
    if (expected.includes(status)) continue
    expect({ status, code: refusal?.code }).toEqual({ status: 429, code: 'too_fast' })
    expect(refusal?.retryAfterMs).toBeGreaterThan(0)
    expect(Number(retryAfter)).toBe(Math.ceil((refusal?.retryAfterMs ?? 0) / 1000))
  }
}

const accepted = (outcomes: readonly Outcome[]) => outcomes.filter(({ status }) => status < 400).length

describe('[R61] hundreds of guests from one address', () => {
  it('are let in only as fast as people come, and somebody elsewhere is', async () => {
    await limitsOn()
    const signIn = (address: string) =>
      fetchFrom(address, `${ann.origin}/sign-in`, { method: 'POST', body: new URLSearchParams({ name: 'Mallory', next: '/' }) }).then(outcomeOf)
    const began = Date.now()
    const outcomes = await flood(300, () => signIn(CROWD))
    const seconds = (Date.now() - began) / 1000
    onlyRefused(outcomes, [200])
    expect(accepted(outcomes)).toBeGreaterThanOrEqual(SIGN_INS.burst)
    expect(accepted(outcomes)).toBeLessThanOrEqual(SIGN_INS.burst + Math.ceil(seconds * SIGN_INS.perSecond) + 1)
    expect((await signIn(ELSEWHERE)).status).toBe(200)
    // All of one /64 is one network.
    const sixes = await flood(300, (n) => signIn(`2001:db8:0:1::${n.toString(16)}`))
    expect(accepted(sixes)).toBeLessThan(300)
    expect((await signIn('2001:db8:0:2::1')).status).toBe(200)
    await othersAreServed('while hundreds came in')
  })
})

describe('[R61] a hundred rooms', () => {
  it('are not made by one person; somebody else makes theirs', async () => {
    const mallory = at(CROWD, await world.guest('Mallory'))
    const make = (guest: Guest, name: string) =>
      guest.fetch(`${ann.origin}/rooms`, { method: 'POST', body: new URLSearchParams({ name, access: 'open' }) }).then(outcomeOf)
    const outcomes = await flood(110, (n) => make(mallory, `flood ${n}`))
    onlyRefused(outcomes, [200])
    expect(accepted(outcomes)).toBeGreaterThanOrEqual(NEW_ROOMS.burst)
    expect(accepted(outcomes)).toBeLessThan(PER_DAY.newRooms.person)
    expect((await make(at(ELSEWHERE, ann), 'honest')).status).toBe(200)
  })
})

describe('[R60] hundreds of pages', () => {
  it('are made for nobody: what one person asks is bounded, and somebody else at the same address is served', async () => {
    const first = await world.guest('Mallory')
    await limitsOn()
    const began = Date.now()
    const page = (guest: Guest, address: string) => at(address, guest).fetch(`${ann.origin}/rooms/${room}/agents`).then(outcomeOf)
    const alone = await flood(250, () => page(first, CROWD))
    const most = allowedSince(began, REQUESTS.person) / COST.page
    onlyRefused(alone, [200])
    expect(accepted(alone)).toBeGreaterThan(50)
    expect(accepted(alone)).toBeLessThanOrEqual(Math.ceil(most) + 1)
    await othersAreServed('while one asks for pages')
    // Another address helps them nothing.
    expect(tally(await flood(40, () => page(first, ELSEWHERE)))['429 too_fast']).toBeGreaterThan(0)
    expect((await page(ann, CROWD)).status).toBe(200)
  })

  it('that are not there are bounded too, for strangers from one address, before anything is read', async () => {
    await limitsOn()
    const outcomes = await flood(600, (n) => fetchFrom(CROWD, `${ann.origin}/nothing/${n}`).then(outcomeOf), 50)
    onlyRefused(outcomes, [404])
    expect(tally(outcomes)['429 too_fast']).toBeGreaterThan(100)
    expect((await fetchFrom(ELSEWHERE, `${ann.origin}/nothing`)).status).toBe(404)
  })

  it('are refused in words to a browser', async () => {
    for (let n = 0; n < 2_000; n++) {
      const answer = await fetchFrom(CROWD, `${ann.origin}/nothing`, { headers: { accept: 'text/html' } })
      const html = await answer.text()
      if (answer.status !== 429) continue
      expect(html).toContain('Wait a moment')
      expect(answer.headers.get('retry-after')).not.toBeNull()
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      return
    }
    throw new Error('nothing was refused')
  })
})

describe('[R61] sockets of one address', () => {
  it('leave places in the room: for its owner at the same address, and for everybody elsewhere', { timeout: 120_000 }, async () => {
    await limitsOff()
    const crowd = await Promise.all(Array.from({ length: 20 }, (_, n) => world.guest(`Mallory ${n}`)))
    const [first] = crowd
    if (!first) throw new Error('somebody is here')
    await limitsOn()
    const raws = await openAll(
      Array.from({ length: 600 }, (_, n) => () => upgradeFrom(CROWD, crowd[n % crowd.length] ?? first, room, LANES[n % 3] ?? 'agents')),
    )
    expect(raws.opened).toHaveLength(MAX_SOCKETS_OF_ADDRESS)
    expect(new Set(raws.refused)).toEqual(new Set([429]))
    const why = await at(CROWD, first).fetch(`${ann.origin}/rooms/${room}/agents/socket`).then(outcomeOf)
    expect(why.refusal).toMatchObject({ code: 'too_many_sockets', retryAfterMs: 60_000 })
    const owner = await upgradeFrom(CROWD, ann, room, 'agents')
    expect(await owner.status()).toBe(101)
    await othersAreServed('beside a crowd')
    for (const raw of [owner, ...raws.opened]) raw.destroy()
  })

  it('are bounded over all rooms, also those of one person', { timeout: 120_000 }, async () => {
    await limitsOff()
    const mallory = await world.guest('Mallory')
    const rooms = await Promise.all(['a', 'b', 'c', 'd'].map(() => world.room(ann)))
    await limitsOn()
    const raws = await openAll(Array.from({ length: 140 }, (_, n) => () => upgradeFrom(CROWD, mallory, rooms[n % 4] ?? room, 'agents')))
    expect(raws.opened).toHaveLength(OVER_ALL_ROOMS.person)
    expect(raws.refused).toHaveLength(140 - OVER_ALL_ROOMS.person)
    for (const raw of raws.opened.splice(0, 10)) raw.destroy()
    // Closed is closed, in whichever room.
    await expect.poll(async () => (await at(CROWD, mallory).fetch(`${ann.origin}/rooms/${rooms[0]}/agents/socket`)).status).toBe(204)
    for (const raw of raws.opened) raw.destroy()
  })

  async function openAll(asks: readonly (() => Promise<RawTcp>)[]) {
    const opened: RawTcp[] = []
    const refused: number[] = []
    for (let n = 0; n < asks.length; n += 30) {
      const raws = await Promise.all(asks.slice(n, n + 30).map((ask) => ask()))
      for (const raw of raws) {
        const status = await raw.status()
        if (status === 101) {
          // Or its place is free again before the last of them has asked.
          raw.text('ping')
          opened.push(raw)
        } else refused.push(status)
      }
    }
    return { opened, refused }
  }
})

describe('[R60] loading earlier', () => {
  const PAGE = 50 * 31_000
  let long: RoomId
  let mallory: Guest

  beforeAll(async () => {
    await limitsOff()
    mallory = await world.guest('Mallory')
    long = await world.room(ann)
    const writer = await world.join(DRIVERS.agents, long, ann)
    for (let n = 1; n <= 60; n++) writer.client.post(`@Ann ${n} ${'x'.repeat(31_000)}`)
    await writer.settled()
    writer.close()
    await limitsOn()
  })

  it.each(['agents', 'tinybase'] as const)('over a socket of the %s lane costs by its length: a few pages come, and the rest is refused', async (lane) => {
    const began = Date.now()
    const reader = await GreedyReader.open(CROWD, mallory, long, lane)
    await reader.ask(300, 61)
    expect(reader.closed).toBeNull()
    expect(reader.pages).toBeGreaterThan(2)
    expect(reader.refused).toBeGreaterThan(250)
    const most = allowedSince(began, OF_PERSON.reading) + 2 * PAGE
    expect(reader.bytes).toBeLessThan(most)
    await othersReadOn(lane)
    reader.close()
    await limitsOn()
  })

  it('by a server function costs the same', async () => {
    const query = new URLSearchParams({ __rsc: '', __rsc_action_id: '/src/lanes/rsc/server-functions.ts#earlier', args: JSON.stringify([long, 61]) })
    let bytes = 0
    const outcomes = await flood(
      140,
      async () => {
        const response = await at(CROWD, mallory).fetch(`${ann.origin}/rooms/${long}/rsc?${query}`)
        const text = await response.text()
        bytes += text.length
        return { status: text.includes('too_fast') ? 429 : response.status, refusal: null, retryAfter: null }
      },
      5,
    )
    expect(tally(outcomes)[429]).toBeGreaterThan(100)
    // A page is written twice there: as data, and rendered.
    expect(bytes).toBeLessThan((OF_PERSON.reading.burst + 30 * OF_PERSON.reading.perSecond) * 3)
    await othersReadOn('rsc')
    await limitsOn()
  })

  it.each(LANES)('is said to be refused by a client of the %s lane, which is not left waiting', async (lane) => {
    await limitsOn()
    const who = await world.join(DRIVERS[lane], long, mallory)
    await who.until('a page', ({ messages }) => messages.call(who).length === 50)
    const reader = await GreedyReader.open(CROWD, mallory, long, 'agents')
    await reader.ask(30, 61)
    expect(reader.refused).toBeGreaterThan(0)
    await who.client.loadEarlier()
    expect(who.client.getState()).toMatchObject({ loadingEarlier: false, hasEarlier: true, refusal: { code: 'too_fast' } })
    reader.close()
  })

  async function othersReadOn(lane: LaneName): Promise<void> {
    const reader = await world.join(DRIVERS[lane], long, ann)
    await reader.until('a page', (who) => who.messages().length === 50)
    await reader.client.loadEarlier()
    await reader.until('all of it', (who) => who.messages().length === 60)
    reader.close()
  }
})

describe('[L8] [R60] pressing Stop', () => {
  it.each(LANES)('as often as one likes, in the %s lane, ends nothing that others asked for among many', async (lane) => {
    await limitsOff()
    const place = await world.room(ann)
    const owner = await world.join(DRIVERS.agents, place, ann)
    for (let n = 0; n < 9; n++) (await world.join(DRIVERS.agents, place, `Guest ${n}`)).close()
    const mallory = await world.join(DRIVERS[lane], place, 'Mallory')
    owner.client.post(`[[words:30 hold after:10]] ${newMessageId()}`)
    await world.model.held()
    const reply = () => owner.messages().find(({ role }) => role === 'assistant')
    for (let n = 0; n < 10; n++) mallory.client.stop(n % 2 === 0 ? undefined : reply()?.id)
    await mallory.until('refused', (who) => who.client.getState().refusal !== null)
    expect(['not_yours', 'too_fast']).toContain(mallory.client.getState().refusal?.code)
    world.model.release()
    await owner.until('the whole answer', () => reply()?.metadata.status === 'complete')
    expect(textOf(reply() ?? { parts: [] }).split(' ')).toHaveLength(30)
    // Their own they may stop.
    mallory.client.post(`[[words:30 hold after:10]] ${newMessageId()}`)
    await world.model.held()
    await expect
      .poll(() => {
        mallory.client.stop()
        return mallory.messages().at(-1)?.metadata.status
      })
      .toBe('stopped')
    world.model.release()
  })
})
