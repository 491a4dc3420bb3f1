// Kills the server at every state of an approval, at moments drawn from a seed. Whatever is killed: what acts outside is done at most once and
// never without its approval, no card and no vote is lost, and every turn comes to its end.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import type { Message } from '../../src/conversation/message'
import { type RecordOf, recordsOf } from '../../src/conversation/record'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import { Outside } from '../support/outside'
import { command } from '../support/room'
import { waitFor } from '../support/wait-for'
import { Random } from './random'

const SEED = Number(process.env['PARLEY_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000))
const KILLS = 6
/** Of each state, at each kill: thirty tries of each. */
const ROOMS = 5
const STATES = ['before the card', 'open', 'voted once of two', 'decided', 'running'] as const
type State = (typeof STATES)[number]

let world: World
let outside: Outside
/** Answers nobody until it is told to. */
let slow: Outside

beforeAll(async () => {
  world = await World.withTools()
})
beforeEach(async () => {
  outside = await Outside.open()
  slow = await Outside.open()
})
afterEach(async () => {
  world.leaveAll()
  await outside.close()
  await slow.close()
})
afterAll(() => world.end())

interface Try {
  readonly state: State
  readonly room: RoomId
  readonly ann: Participant
  readonly bo: Participant
  /** Brings it to its state, and a little further; waits for nothing. */
  readonly give: () => void
  /** The card as it was seen before the kill, if any was. */
  readonly seen: () => Card | undefined
}

type Card = RecordOf<'approval'>

const cardOf = (who: Participant): Card | undefined => recordsOf(who.client.getState().records, 'approval')[0]
const reply = (who: Participant): Message | undefined => who.messages().find(({ role }) => role === 'assistant')
const status = (who: Participant) => reply(who)?.metadata.status
const callOf = (who: Participant) => reply(who)?.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [part] : []))[0]
const approves = (who: Participant, { id, value }: Card) => who.client.decide({ type: 'approve', approval: id, hash: value.hash })
const deedsOf = (one: Try) => [...outside.deeds, ...slow.deeds].filter((deed) => deed.reply === reply(one.ann)?.id)

it(
  `[R204] [R205] ${KILLS * ROOMS * STATES.length} rooms killed from seed ${SEED} on: nothing is done twice or without its approval, and no card is lost`,
  { timeout: 900_000 },
  async () => {
    const random = new Random(SEED)
    for (let kill = 0; kill < KILLS; kill++) {
      slow.isHeld = true
      const tries = await Promise.all(Array.from({ length: ROOMS * STATES.length }, (_, at) => prepare(STATES[at % STATES.length] ?? 'open', kill + at)))
      for (const { give } of tries) give()
      let looks = random.below(8)
      await waitFor('the moment', () => looks-- <= 0)
      await world.server.kill9()
      slow.release()
      for (const one of tries) if (one.state !== 'decided' && one.state !== 'running') expect(deedsOf(one)).toEqual([])
      await world.server.restart()
      for (const one of tries) await goesOn(one)
      for (const one of tries) await isWhole(one)
      world.leaveAll()
    }
  },
)

async function prepare(state: State, at: number): Promise<Try> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  const lane = (more: number) => DRIVERS[LANES[(at + more) % LANES.length] ?? 'agents']
  const [ann, bo] = [await world.join(lane(0), room, owner), await world.join(lane(1), room, 'Bo')]
  if (state === 'voted once of two') await command(owner, room, { type: 'save-policy', tool: 'mail', mode: 'votes', needed: 2 })
  const { port } = state === 'running' ? slow : outside
  const post = () => void ann.client.post(`[[call:mail({"to":${port}})]] ${room}`)
  let seen: Card | undefined
  const keep = () => (seen = cardOf(ann))
  if (state === 'before the card') return { state, room, ann, bo, give: post, seen: () => undefined }
  post()
  await ann.until('a card', () => status(ann) === 'asking' && keep() !== undefined)
  const card = cardOf(ann)
  if (!card) throw new Error('there is a card')
  if (state === 'voted once of two') {
    approves(bo, card)
    await ann.until('a vote', () => keep()?.value.decisions.length === 1)
  }
  if (state === 'running') {
    approves(ann, card)
    await waitFor('the deed', () => slow.deeds.some((deed) => deed.reply === card.value.reply))
  }
  return { state, room, ann, bo, give: () => (state === 'decided' ? approves(ann, card) : undefined), seen: () => seen }
}

/** Whoever still has to decide does; what was decided stays decided. */
async function goesOn(one: Try): Promise<void> {
  const { ann, bo, state, seen } = one
  await Promise.all([ann.connected(), bo.connected()])
  await ann.until(
    'a card, or its end',
    () => cardOf(ann) !== undefined && (status(ann) === 'asking' || status(ann) === 'complete' || status(ann) === 'streaming'),
  )
  const card = cardOf(ann)
  if (!card) throw new Error('there is a card')
  const before = seen()
  if (before) expect([card.id, card.value.hash]).toEqual([before.id, before.value.hash])
  if (state === 'voted once of two') expect(card.value).toMatchObject({ state: 'open', decisions: [{ by: bo.guest.id, verdict: 'approve' }] })
  if (state === 'running') expect(card.value.state).toBe('approved')
  if (card.value.state === 'open') {
    expect(deedsOf(one)).toEqual([])
    approves(ann, card)
  }
}

async function isWhole(one: Try): Promise<void> {
  const { ann, bo, state } = one
  for (const who of [ann, bo]) await who.until(`the end of ${state}`, () => status(who) === 'complete' && cardOf(who)?.value.state === 'approved')
  const call = callOf(ann)
  const mayBeUnknown = state === 'running' || state === 'decided'
  expect(recordsOf(ann.client.getState().records, 'approval')).toHaveLength(1)
  if (mayBeUnknown && call?.state === 'output-error') {
    expect(call.errorText).toContain('may have happened')
    expect(deedsOf(one).length).toBeLessThanOrEqual(1)
    if (state === 'running') expect(deedsOf(one)).toHaveLength(1)
  } else {
    expect([state, call?.state]).toEqual([state, 'output-available'])
    expect(deedsOf(one)).toHaveLength(1)
  }
  await bo.until('the same', () => bo.shown().join() === ann.shown().join())
  expect(bo.records().filter((line) => line.startsWith('approval'))).toEqual(ann.records().filter((line) => line.startsWith('approval')))
}
