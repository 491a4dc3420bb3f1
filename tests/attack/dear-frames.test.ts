// Frames and bodies that cost far more than they are long: deep, of many values, never meant. Each ends its own socket, or
// is refused before it is read; many rooms are no more than one; somebody elsewhere is acknowledged meanwhile.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import type { LaneName } from '../../src/lanes/lanes'
import { COST, costOfBody, OF_ADDRESS, OF_PERSON, REQUESTS } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { allowedSince } from './allowed'
import { RawTcp } from './raw-tcp'
import { at, CROWD, ELSEWHERE, LIMITS_LATER, LIMITS_ON, outcomeOf, tally, upgradeFrom } from './visitor'

const ASK = `?${new URLSearchParams({ __rsc: '', __rsc_action_id: '/src/lanes/rsc/server-functions.ts#ask' })}`

let world: World
let ann: Guest
let room: RoomId

beforeAll(async () => {
  world = await World.begin(LIMITS_LATER)
  ann = await world.guest('Ann')
  room = await world.room(ann)
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const deep = '['.repeat(32_000) + ']'.repeat(32_000)
const wide = `[${'0,'.repeat(32_000)}0]`
const growthOfNothing = JSON.stringify({
  type: 'growth',
  held: Array.from({ length: 50 }, () => [newMessageId(), Array.from({ length: 100 }, () => -1)]),
})
const longQuestion = JSON.stringify({ type: 'since', version: 0, more: 'x'.repeat(5_000) })
const longTyping = JSON.stringify({ type: 'typing', more: 'x'.repeat(5_000) })

it.each(
  (['agents', 'tinybase'] as const).flatMap((lane): [string, LaneName, string][] => [
    ['nested deeply', lane, deep],
    ['of many values', lane, wide],
    ['that asks about growth of less than nothing', lane, growthOfNothing],
    ['that is long and no post', lane, longQuestion],
    ['that is a long command', lane, longTyping],
  ]),
)('[R16] [R60] the first frame %s, in the %s lane, closes its socket with 1007', async (_what, lane, frame) => {
  const raw = await RawTcp.join(await world.guest('Mallory'), room, lane)
  raw.text(frame)
  expect(await raw.closed()).toBe(1007)
  raw.destroy()
})

it('[R60] frames that no room knows, from one guest in many rooms, end with 1013 as soon as in one', async () => {
  const mallory = await world.guest('Mallory')
  const rooms = await Promise.all(Array.from({ length: 8 }, () => world.room(ann)))
  const raws = await Promise.all(rooms.map((each) => RawTcp.join(mallory, each, 'agents')))
  const honest = await speaker()
  const began = Date.now()
  for (const raw of raws) for (let n = 0; n < 120; n++) raw.text('{"type":"nothing"}')
  await acknowledged(honest)
  expect(await Promise.all(raws.map((raw) => raw.closed()))).toEqual(raws.map(() => 1013))
  // Each costs eleven: its own unit, and ten for what it is.
  const most = allowedSince(began, OF_PERSON.frames) / 11 + raws.length
  expect(raws.reduce((sum, raw) => sum + raw.count('unknown_command'), 0)).toBeLessThanOrEqual(Math.ceil(most))
  await acknowledged(honest)
})

it('[R60] so do those of five guests at one address, who have together what an address has', async () => {
  const crowd = await Promise.all(Array.from({ length: 5 }, (_, n) => world.guest(`Mallory ${n}`)))
  await world.server.restart(LIMITS_ON)
  const raws = await Promise.all(crowd.map((guest) => upgradeFrom(CROWD, guest, room, 'agents')))
  expect(await Promise.all(raws.map((raw) => raw.status()))).toEqual(raws.map(() => 101))
  const honest = await speaker()
  const began = Date.now()
  for (const raw of raws) for (let n = 0; n < 500; n++) raw.text('{"type":"nothing"}')
  await acknowledged(honest)
  expect(await Promise.all(raws.map((raw) => raw.closed()))).toEqual(raws.map(() => 1013))
  const most = allowedSince(began, OF_ADDRESS.frames) / 11 + raws.length
  expect(raws.reduce((sum, raw) => sum + raw.count('unknown_command'), 0)).toBeLessThanOrEqual(Math.ceil(most))
  await acknowledged(honest)
})

it('[R16] [R60] a server function is told few values, and the length of what it is told is paid before it is read', async () => {
  const mallory = at(CROWD, await world.guest('Mallory'))
  await world.server.restart(LIMITS_ON)
  const ask = (body: string, who = mallory) =>
    who.fetch(`${ann.origin}/rooms/${room}/rsc${ASK}`, { method: 'POST', body, headers: { 'x-rsc-data-only': 'true' } })
  for (const body of [`["${room}",${wide}]`, `["${room}",${deep.slice(16_000, 48_000)}]`, `["${room}",${longTyping}]`]) {
    const { status, refusal } = await ask(body).then(outcomeOf)
    expect({ status, code: refusal?.code }).toEqual({ status: 400, code: 'malformed' })
  }
  const body = `["${room}",${wide.slice(0, 60_000)}0]]`
  const began = Date.now()
  const outcomes = await Promise.all(Array.from({ length: 150 }, () => ask(body).then(outcomeOf)))
  const most = allowedSince(began, REQUESTS.person) / (COST.command + costOfBody(body.length))
  const counts = tally(outcomes)
  expect(Object.keys(counts).sort()).toEqual(['400 malformed', '429 too_fast'])
  expect(counts['400 malformed']).toBeLessThanOrEqual(Math.ceil(most))
  expect((await ask(`["${room}",{"type":"typing"}]`, at(ELSEWHERE, ann))).status).toBe(200)
})

async function speaker(): Promise<Participant> {
  return world.join(DRIVERS.agents, room, ann)
}

/** What they post is acknowledged. */
async function acknowledged(who: Participant): Promise<void> {
  who.client.post(`@Ann ${newMessageId()}`)
  await who.settled()
}
