// The disk has an end: one guest with several rooms posts the longest there is, in the widest letters, and what is kept
// of it stays within a day's measure, while somebody else is heard.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { MAX_MESSAGE_LENGTH } from '../../src/conversation/message'
import { PER_DAY } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'

let world: World

beforeAll(async () => {
  world = await World.begin({ REQUEST_LIMITS: '' })
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const WIDE = '語'.repeat(MAX_MESSAGE_LENGTH - 20)
const BYTES = WIDE.length * 3
/** Fewer than a room takes at once from one person. */
const IN_A_ROOM = 80
const AT_ONCE = 10

/** Posts what fits into a room's pace; answers how many were taken. */
async function flood(who: Participant): Promise<number> {
  for (let n = 0; n < IN_A_ROOM; n += AT_ONCE) {
    for (let more = 0; more < AT_ONCE; more++) who.client.post(`@Mallory ${WIDE}`)
    await who.until('every post answered', ({ client }) => client.getState().pending.every(({ refusal }) => refusal !== undefined))
  }
  return IN_A_ROOM - who.client.getState().pending.length
}

it('[R64] one guest fills no disk: what is taken in a day is bounded over all rooms and lanes, also after a restart', async () => {
  const [mallory, ann] = await Promise.all([world.guest('Mallory'), world.guest('Ann')])
  const rooms = await Promise.all(['agents', 'tinybase', 'rsc', 'agents'].map(async (lane) => ({ lane, room: await world.room(mallory) }) as const))
  let taken = 0
  for (const { lane, room } of rooms) {
    const who = await world.join(DRIVERS[lane as keyof typeof DRIVERS], room, mallory)
    taken += await flood(who)
    who.close()
  }
  expect(taken * BYTES).toBeGreaterThan(PER_DAY.posted.person * 0.9)
  expect(taken * BYTES).toBeLessThanOrEqual(PER_DAY.posted.person)

  const [{ room }] = rooms as [(typeof rooms)[number]]
  const refused = async () => {
    const who = await world.join(DRIVERS.agents, room, mallory)
    who.client.post(`@Mallory ${WIDE}`)
    await who.until('a refusal', ({ client }) => client.getState().pending[0]?.refusal?.message.includes('00:00 UTC') === true)
    expect(who.client.getState().pending[0]?.refusal).toMatchObject({ code: 'too_fast' })
    who.close()
  }
  await refused()
  await world.server.restart({ REQUEST_LIMITS: '' })
  await refused()
  const honest = await world.join(DRIVERS.agents, room, ann)
  honest.client.post('@Ann still heard')
  await honest.sees('still heard')
})
