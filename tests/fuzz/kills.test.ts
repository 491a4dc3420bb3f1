// Kills the server at moments drawn from a seed, while people in all lanes post, listen, stop and clear. What was
// acknowledged is there once, every reply ends, and everybody agrees.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import { waitFor } from '../support/wait-for'
import { Gathering } from './gathering'
import { Random } from './random'

/** A restart takes two seconds or more: `npm test` has time for some, `npm run fuzz` for more. */
const KILLS = Number(process.env['PARLEY_KILLS'] ?? 12)
const SEED = Number(process.env['PARLEY_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000))

let world: World

beforeAll(async () => {
  world = await World.withNotices()
})
afterAll(() => world.end())

it(`[L6] [L13] [R1] [R9] ${KILLS} kills from seed ${SEED} on lose nothing and double nothing`, { timeout: 300_000 }, async () => {
  const random = new Random(SEED)
  const gathering = await gather()
  for (let kill = 1; kill <= KILLS; kill++) {
    gathering.act(random, `${SEED}.${kill}`)
    const written = [pin(gathering, random, kill), mark(gathering, random, kill)]
    await moment(gathering, random.below(30))
    await world.server.kill9()
    await Promise.all(written)
    if (random.chance(0.3)) gathering.act(random, `${SEED}.${kill} in the dark`)
    await world.server.restart()
    // The next kill may meet some who have not found their way back from this one.
    await waitFor('half of them to be back', () => gathering.connected >= gathering.everybody.length / 2)
  }
  for (const who of gathering.everybody) await who.connected()
  await gathering.quiet(world)
  expect(await gathering.verdict(await world.join(DRIVERS.agents, gathering.room, 'Fresh'))).toEqual([])
})

/** Some notices, one after the other; a kill leaves the last of them unknown. */
async function pin(gathering: Gathering, random: Random, kill: number): Promise<void> {
  for (let n = random.below(6); n > 0; n--) await gathering.pin(world, `n${random.below(5)}`, random.chance(0.2) ? null : `${kill}.${n}`)
}

async function mark(gathering: Gathering, random: Random, kill: number): Promise<void> {
  const [who] = gathering.everybody
  if (!who) return
  for (let n = random.below(6); n > 0; n--) await gathering.mark(world, who, random.below(6), `${kill}.${n}`)
}

/** So many changes that people are shown, or as many looks in vain. */
async function moment(gathering: Gathering, changes: number): Promise<void> {
  let left = changes
  await waitFor(
    `${changes} changes`,
    () => {
      world.model.release()
      return left-- <= 0
    },
    (check) => gathering.onAnyChange(check),
  )
}

/** A room with two people in each lane. */
async function gather(): Promise<Gathering> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  const everybody: Participant[] = []
  for (const lane of [...LANES, ...LANES]) everybody.push(await world.join(DRIVERS[lane], room, everybody.length === 0 ? owner : `Person ${everybody.length}`))
  return new Gathering(room, everybody)
}
