// Kills the server while turns of several steps use tools, at moments drawn from a seed. Afterwards every turn goes on to its end, and has
// done each of its steps once, in their order.
import { setTimeout as pass } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Message } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import { Random } from './random'

const SEED = Number(process.env['PARLEY_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000))
const KILLS = 6
const ROOMS = 5
const STEPS = 8
/** A model takes so long for a step in the quickest room, ms; in each other that much more. */
const STEP_MS = 30

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const WHOLE = [...Array.from({ length: STEPS }, (_, at) => [`Step ${at + 1}.`, `calculate ${at + 1}`]).flat(), 'word1 word2 word3']

const replyIn = (who: Participant): Message | undefined => who.messages().find(({ role }) => role === 'assistant')
const shapeOf = (message: Message | undefined): readonly string[] =>
  (message?.parts ?? []).map((part) =>
    part.type === 'dynamic-tool' ? `${part.toolName} ${(part.output as { readonly result?: string } | undefined)?.result}` : part.text,
  )

it(`[R184] [R9] [L6] ${KILLS * ROOMS} turns killed from seed ${SEED} on do each of their steps once`, { timeout: 600_000 }, async () => {
  const random = new Random(SEED)
  for (let kill = 0; kill < KILLS; kill++) {
    const rooms = await Promise.all(Array.from({ length: ROOMS }, (_, at) => begin(STEP_MS * (at + 1), kill + at)))
    await pass(random.below(STEP_MS * ROOMS * STEPS))
    await world.server.kill9()
    await world.server.restart()
    for (const everybody of rooms) {
      for (const who of everybody) await who.until('the end of the turn', () => replyIn(who)?.metadata.status === 'complete')
      for (const who of everybody) expect(shapeOf(replyIn(who)), `${who.lane}, kill ${kill}`).toEqual(WHOLE)
    }
    world.leaveAll()
  }
})

/** Somebody asks, and somebody else looks on in another lane. */
async function begin(delay: number, at: number): Promise<readonly Participant[]> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  const driver = (more: number) => DRIVERS[LANES[(at + more) % LANES.length] ?? 'agents']
  const everybody = [await world.join(driver(0), room, owner), await world.join(driver(1), room, 'Bo')]
  const steps = Array.from({ length: STEPS }, (_, step) => `say:Step_${step + 1}. call:calculate({"sum":"0+${step + 1}"})`)
  everybody[0]?.client.post(`[[delay:${delay} words:3 ${steps.join(' then ')}]]`)
  await everybody[1]?.until('the turn', () => replyIn(everybody[1] ?? raise()) !== undefined)
  return everybody
}

function raise(): never {
  throw new Error('somebody looks on')
}
