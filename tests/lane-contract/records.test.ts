// [L13] in each lane and in all together: records and amendments, of a kind and by names that no lane and no client knows.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { textOf, type Message } from '../../src/conversation/message'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES } from '../../src/lanes/lanes'
import { pageSnapshot } from '../fuzz/page-snapshot'
import { NOTICE } from '../support/noticeboard'
import { waitFor } from '../support/wait-for'
import { DRIVERS } from './drivers'
import type { Driver, Participant } from './participant'
import { World } from './world'

let world: World

beforeAll(async () => {
  world = await World.withNotices()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

/** What makes the agent hold its tongue. */
const aside = (text: string) => `@Ann ${text}`

const messageOf = (who: Participant, text: string): Message => {
  const message = who.messages().find((known) => textOf(known).includes(text))
  if (!message) throw new Error(`${who.lane} does not show “${text}”`)
  return message
}
const amendedOf = (who: Participant, text: string) => messageOf(who, text).metadata.amended?.values
const noticesOf = (who: Participant) => who.client.getState().records.filter(({ kind }) => kind === NOTICE)
const hasNotice = (id: string) => (who: Participant) => noticesOf(who).some((record) => record.id === id)

/** Ann, who owns a new room, and Bo. */
async function pair(driver: Driver): Promise<readonly [Participant, Participant, RoomId]> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  return [await world.join(driver, room, owner), await world.join(driver, room, 'Bo'), room]
}

/** Everybody shows what somebody does who comes now. */
async function agreeing(room: RoomId, everybody: readonly Participant[]): Promise<void> {
  for (const lane of LANES) {
    const fresh = await world.join(DRIVERS[lane], room, 'Fresh')
    await fresh.until('everything', (who) => who.client.getState().hereCount > 0 && who.messages().length > 0)
    await waitFor('everybody to agree', () =>
      everybody.every(
        (who) => JSON.stringify(who.records()) === JSON.stringify(fresh.records()) && who.shown().slice(-PAGE_SIZE).join('\n') === fresh.shown().join('\n'),
      ),
    ).catch(() => undefined)
    for (const who of everybody) {
      expect(who.records(), who.lane).toEqual(fresh.records())
      expect(who.shown().slice(-PAGE_SIZE), who.lane).toEqual(fresh.shown())
    }
    fresh.close()
  }
}

describe.each(LANES)('%s lane', (lane) => {
  const driver = DRIVERS[lane]

  it('[L13] carries records of a kind that nobody knows to every member, in order, and takes away what is deleted', async () => {
    const [ann, bo, room] = await pair(driver)
    const seen: unknown[] = []
    bo.client.subscribe(() => seen.push(noticesOf(bo).find(({ id }) => id === 'one')?.value))
    for (let n = 1; n <= 8; n++) await world.noticeboard.pin(room, 'one', { n })
    await world.noticeboard.pin(room, 'two', ['\uFFFCa', null, { deep: [1] }])
    await world.noticeboard.pin(room, 'three', 'gone soon')
    await ann.until('three notices', hasNotice('three'))
    await world.noticeboard.pin(room, 'three', null)
    for (const who of [ann, bo]) await who.until('two notices', () => !hasNotice('three')(who) && hasNotice('two')(who))
    const order = seen.flatMap((value) => (value === undefined ? [] : [(value as { n: number }).n]))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(noticesOf(bo).find(({ id }) => id === 'one')?.value).toEqual({ n: 8 })
    ann.client.post(aside('a fence'))
    await bo.sees('a fence')
    await agreeing(room, [ann, bo])
  })

  it('[L13] amends a message without saying it again, also while it is being written, and after a retry', async () => {
    const [ann, bo, room] = await pair(driver)
    ann.client.post(aside(`long ${'word '.repeat(2_000)}`))
    await bo.sees('long')
    await ann.settled()
    const { bytes } = bo.meter
    const { id } = messageOf(bo, 'long')
    await world.noticeboard.amend(room, id, { mark: ['a', 'b'], place: 3 })
    await world.noticeboard.amend(room, id, { place: null, cost: 12 })
    for (const who of [ann, bo]) await who.until('amended', () => amendedOf(who, 'long')?.['cost'] === 12)
    expect(amendedOf(bo, 'long')).toMatchObject({ mark: ['a', 'b'], cost: 12 })
    expect(bo.meter.bytes - bytes).toBeLessThan(700)

    ann.client.post(`[[words:30 hold after:10]] ${lane}`)
    await bo.until('ten words', (who) => said(who).split(' ').length >= 10)
    const reply = messageOf(bo, 'word1')
    await world.noticeboard.amend(room, reply.id, { why: 'mention' })
    for (const who of [ann, bo]) await who.until('amended', () => amendedOf(who, 'word1')?.['why'] === 'mention')
    const late = await world.join(driver, room, 'Late')
    await late.until('the words so far', (who) => said(who) === said(bo))
    expect(amendedOf(late, 'word1')).toEqual({ why: 'mention' })
    ann.client.stop()
    for (const who of [ann, bo, late]) await who.until('stopped', () => messageOf(who, 'word1').metadata.status === 'stopped')
    world.model.release()
    bo.client.retry(reply.id)
    for (const who of [ann, bo, late])
      await who.until('complete', () => {
        world.model.release()
        return who.messages().find((message) => message.id === reply.id)?.metadata.status === 'complete'
      })
    expect(amendedOf(late, 'word1')).toMatchObject({ why: 'mention' })
    await agreeing(room, [ann, bo, late])
  })

  it('[L13] [L6] brings whoever was away what changed, on older pages too, and takes away what was deleted', async () => {
    const [ann, bo, room] = await pair(driver)
    await world.fill(room, PAGE_SIZE + 10)
    await world.noticeboard.pin(room, 'kept', 1)
    await world.noticeboard.pin(room, 'deleted', 1)
    await bo.sees('000060.')
    await bo.until('a notice', hasNotice('deleted'))
    await bo.client.loadEarlier()
    await bo.until('everything', (who) => who.messages().length === PAGE_SIZE + 10)
    bo.client.close()
    await world.noticeboard.pin(room, 'kept', 2)
    await world.noticeboard.pin(room, 'deleted', null)
    await world.noticeboard.pin(room, 'brief', 1)
    await world.noticeboard.pin(room, 'brief', null)
    await world.noticeboard.pin(room, 'new', 1)
    for (const text of ['000002.', '000059.']) await world.noticeboard.amend(room, messageOf(bo, text).id, { mark: text })
    bo.client.start()
    await bo.until('what is new', hasNotice('new'))
    await bo.until('the older one', () => amendedOf(bo, '000002.')?.['mark'] === '000002.')
    expect(bo.messages()).toHaveLength(PAGE_SIZE + 10)
    await agreeing(room, [ann, bo])
    // And live, on a page that not everybody holds.
    await world.noticeboard.amend(room, messageOf(bo, '000003.').id, { mark: 'live' })
    await bo.until('the older one', () => amendedOf(bo, '000003.')?.['mark'] === 'live')
    const page = await world.join(driver, room, 'Reader')
    await page.until('a page', (who) => who.messages().length === PAGE_SIZE)
    await page.client.loadEarlier()
    await page.until('the older one', () => amendedOf(page, '000003.')?.['mark'] === 'live')
  })

  it('[L13] [L6] leaves nothing stale after a gap of more than a page', async () => {
    const [ann, bo, room] = await pair(driver)
    await world.fill(room, PAGE_SIZE + 5)
    await bo.sees('000055.')
    await bo.client.loadEarlier()
    await bo.until('everything', (who) => who.messages().length === PAGE_SIZE + 5)
    await world.noticeboard.pin(room, 'deleted', 1)
    await bo.until('a notice', hasNotice('deleted'))
    bo.client.close()
    const oldest = messageOf(bo, '000001.')
    for (const message of bo.messages()) await world.noticeboard.amend(room, message.id, { mark: message.metadata.seq })
    await world.noticeboard.pin(room, 'deleted', null)
    await world.noticeboard.pin(room, 'new', 1)
    bo.client.start()
    await bo.until('what is new', hasNotice('new'))
    await bo.until('the newest one', () => amendedOf(bo, '000055.')?.['mark'] === 55)
    if (!bo.messages().some(({ id }) => id === oldest.id)) await bo.client.loadEarlier()
    await bo.until('the oldest one', () => amendedOf(bo, '000001.')?.['mark'] === 1)
    await agreeing(room, [ann, bo])
  })

  it('[L13] begins with what its page held', async () => {
    const [ann, , room] = await pair(driver)
    ann.client.post(aside('hello'))
    await ann.settled()
    await world.noticeboard.amend(room, messageOf(ann, 'hello').id, { mark: 'a' })
    await world.noticeboard.pin(room, 'one', 1)
    const guest = await world.guest('Cy')
    const initial = await pageSnapshot(guest, room, lane)
    expect(initial.records.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['room', 'agent', NOTICE]))
    await world.noticeboard.pin(room, 'one', 2)
    await world.noticeboard.amend(room, messageOf(ann, 'hello').id, { mark: 'b' })
    const cy = await world.join(driver, room, guest, initial)
    await cy.until('what changed', () => noticesOf(cy)[0]?.value === 2 && amendedOf(cy, 'hello')?.['mark'] === 'b')
    await agreeing(room, [ann, cy])
  })
})

describe('all lanes together', () => {
  it('[L13] show the same records and amendments, through drops and a kill', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const everybody: Participant[] = []
    for (const lane of LANES) everybody.push(await world.join(DRIVERS[lane], room, lane === 'rsc' ? owner : `Person ${lane}`))
    const [rosa] = everybody
    if (!rosa) throw new Error('there are lanes')
    rosa.client.post('[[words:200 delay:5]] go')
    for (const who of everybody) await who.until('the reply has begun', () => said(who).length > 0)
    for (let n = 0; n < 20; n++) {
      await world.noticeboard.pin(room, `n${n % 7}`, n % 5 === 0 ? null : n)
      await world.noticeboard.amend(room, messageOf(rosa, 'word1').id, { [`at${n % 3}`]: n })
      if (n % 6 === 3) everybody[n % 3]?.drop()
    }
    const last = await world.noticeboard.pin(room, 'last', 'acknowledged')
    expect(last.ok).toBe(true)
    await world.server.kill9()
    await world.server.restart()
    for (const who of everybody) await who.connected()
    for (const who of everybody) {
      await who.until('the acknowledged notice', hasNotice('last'))
      await who.until('complete', () => messageOf(who, 'word1').metadata.status === 'complete')
      expect(amendedOf(who, 'word1')).toMatchObject({ at0: 18, at1: 19, at2: 17 })
    }
    await agreeing(room, everybody)
  })
})

describe('a lane', () => {
  const files = readdirSync('src/lanes', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))

  // Whoever would treat a kind in its own way has to ask for it by one of these.
  it.each(['recordsOf', 'useRecords', 'RecordKind', 'RecordValues', 'RecordOf', 'AgentProfile', 'records/kinds'])('[L13] asks for no kind: %s', (way) => {
    expect(files.filter((file) => readFileSync(join('src/lanes', file), 'utf8').includes(way))).toEqual([])
  })
})

/** The words of the room's newest reply. */
function said(who: Participant): string {
  return textOf(who.messages().findLast(({ role }) => role === 'assistant') ?? { parts: [] })
}
