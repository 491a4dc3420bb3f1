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

const KILLS = 30
const SEED = Number(process.env['PARLEY_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000))

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterAll(() => world.end())

it(`[L6] [R1] [R9] ${KILLS} kills from seed ${SEED} on lose nothing and double nothing`, { timeout: 300_000 }, async () => {
  const random = new Random(SEED)
  const gatherings = await Promise.all([1, 2].map(() => gather()))
  for (let kill = 1; kill <= KILLS; kill++) {
    for (const gathering of gatherings) gathering.act(random, `${SEED}.${kill}`)
    const changes = random.below(60)
    const begun = gatherings.reduce((sum, gathering) => sum + gathering.changes, 0)
    // The moment is a number of changes that people saw; when all is said before it comes, that moment will do.
    await waitFor(`change ${changes} before kill ${kill}`, () => {
      const seen = gatherings.reduce((sum, gathering) => sum + gathering.changes, 0) - begun
      return seen >= changes || gatherings.every((gathering) => gathering.restless().length === 0)
    })
    await world.server.kill9()
    if (random.chance(0.3)) for (const gathering of gatherings) gathering.act(random, `${SEED}.${kill}.dark`)
    await world.server.restart()
    for (const gathering of gatherings) await Promise.all(gathering.everybody.map((who) => who.connected()))
  }
  for (const gathering of gatherings) {
    await gathering.quiet(world)
    expect(await gathering.verdict(await world.join(DRIVERS.agents, gathering.room, 'Fresh'))).toEqual([])
  }
})

/** A room with two people in each lane. */
async function gather(): Promise<Gathering> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  const everybody: Participant[] = []
  for (const lane of [...LANES, ...LANES]) everybody.push(await world.join(DRIVERS[lane], room, everybody.length === 0 ? owner : `Person ${everybody.length}`))
  return new Gathering(room, everybody)
}
