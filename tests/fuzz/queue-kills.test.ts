// Kills the server while replies are written, wait and are ordered, at moments drawn from a seed. Afterwards the queue is the one
// before what was ordered last or the one after it, and whatever anybody asked has one reply of each agent that was asked.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { placeOf, promptsOf } from '../../src/conversation/engaged'
import type { MessageId } from '../../src/conversation/ids'
import { textOf, type Message } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import { command } from '../support/room'
import { waitFor } from '../support/wait-for'
import { Random } from './random'

const SEED = Number(process.env['PARLEY_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000))
const KILLS = 6
/** Five rooms meet each kill, each with another order on its way: thirty tries. */
const ORDERS = ['nothing', 'cancel', 'move-up', 'now', 'post'] as const
type Order = (typeof ORDERS)[number]

const WHOLE = Array.from({ length: 12 }, (_, at) => `word${at + 1}`).join(' ')

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

interface Try {
  readonly order: Order
  readonly ann: Participant
  readonly everybody: readonly Participant[]
  /** The reply to each question, by who asked it. */
  readonly replies: Readonly<Record<string, MessageId>>
  readonly before: readonly string[]
  /** Gives the order, and waits for nothing. */
  readonly give: () => void
}

it(
  `[R124] [R127] [L6] ${KILLS * ORDERS.length} rooms killed from seed ${SEED} on keep their queues, and answer everything once`,
  { timeout: 600_000 },
  async () => {
    const random = new Random(SEED)
    for (let kill = 0; kill < KILLS; kill++) {
      const tries = await Promise.all(ORDERS.map((order, at) => prepare(order, kill + at)))
      for (const { give } of tries) give()
      let looks = random.below(8)
      await waitFor('the moment', () => looks-- <= 0)
      await world.server.kill9()
      await world.server.restart()
      for (const one of tries) await keptIts(one)
      for (const one of tries) await answeredOnce(one)
      world.leaveAll()
    }
  },
)

const repliesSeen = (who: Participant): readonly Message[] => who.messages().filter(({ role }) => role === 'assistant')
const queueOf = (who: Participant): readonly string[] => repliesSeen(who).map(({ id, metadata }) => line(id, metadata.status, placeOf(metadata)))
const line = (id: MessageId, status: string, place: number | null): string => `${id} ${status} ${place ?? '-'}`

/** One reply of Parley's is written and three wait, and so of Scout's one and one. */
async function prepare(order: Order, at: number): Promise<Try> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  await command(owner, room, { type: 'save-agent', agent: 'parley', profile: { mode: 'mention', atOnce: 1 } })
  await command(owner, room, { type: 'save-agent', profile: { handle: 'scout', name: 'Scout', instruction: 'Look.', mode: 'mention', atOnce: 1 } })
  const drivers = LANES.map((_, more) => DRIVERS[LANES[(at + more) % LANES.length] ?? 'agents'])
  const join = (place: number, who: Parameters<World['join']>[2]) => world.join(drivers[place % drivers.length] ?? DRIVERS.agents, room, who)
  const [ann, bo, cy, dee] = [await join(0, owner), await join(1, 'Bo'), await join(2, 'Cy'), await join(3, 'Dee')]
  const replies: Record<string, MessageId> = {}
  const asks = async (name: string, who: Participant, agent: string) => {
    const before = repliesSeen(ann).length
    who.client.post(`@${agent} [[words:12 hold after:4]] ${name} ${room}`)
    await ann.until(`a reply to ${name}`, () => repliesSeen(ann).length === before + 1)
    replies[name] = repliesSeen(ann).at(-1)?.id ?? ('' as MessageId)
  }
  await asks('first', ann, 'Parley')
  await asks('bo', bo, 'Parley')
  await asks('ann', ann, 'Parley')
  await asks('cy', cy, 'Parley')
  await asks('scouts', bo, 'Scout')
  await asks('next', cy, 'Scout')
  await ann.until('words of both that are written', () => repliesSeen(ann).filter((reply) => textOf(reply) !== '').length === 2)
  const give = () => {
    const { bo: bos = '' as MessageId, cy: cys = '' as MessageId } = replies
    if (order === 'cancel') bo.client.order('cancel', bos)
    if (order === 'move-up') ann.client.order('move-up', cys)
    if (order === 'now') cy.client.order('now', cys)
    if (order === 'post') dee.client.post(`@Parley [[words:12 hold after:4]] dee ${room}`)
  }
  return { order, ann, everybody: [ann, bo, cy, dee], replies, before: queueOf(ann), give }
}

/** The queue as it is once the order was carried out; what was posted meanwhile is at its end. */
function carriedOut({ order, before, replies }: Try): readonly string[] {
  const now = (lines: Readonly<Record<string, readonly [status: string, place: number | null]>>) =>
    before.map((known) => {
      const [, changed] = Object.entries(lines).find(([name]) => known.startsWith(replies[name] ?? '?')) ?? []
      return changed ? line(known.split(' ')[0] as MessageId, ...changed) : known
    })
  if (order === 'cancel') return now({ bo: ['stopped', null], ann: ['waiting', 1], cy: ['waiting', 2] })
  if (order === 'move-up') return now({ cy: ['waiting', 2], ann: ['waiting', 3] })
  if (order === 'now') return now({ first: ['stopped', null], cy: ['streaming', null] })
  return before
}

async function keptIts(one: Try): Promise<void> {
  const possible = [one.before, carriedOut(one)].map((lines) => lines.join('\n'))
  const kept = (who: Participant) => queueOf(who).slice(0, one.before.length).join('\n')
  for (const who of one.everybody) {
    await who.connected()
    // Nothing moves on: each answer is held. A client may still catch up.
    await who
      .until('a queue that there was', () => possible.includes(kept(who)))
      .catch(() => expect(possible, `${one.order}, ${who.lane}`).toContain(kept(who)))
  }
}

async function answeredOnce({ order, ann, everybody, replies }: Try): Promise<void> {
  const isOpen = ({ metadata: { status } }: Message) => status === 'streaming' || status === 'waiting'
  for (const who of everybody)
    await who.until('the end of all of it', () => {
      world.model.release()
      const asked = who.messages().filter(({ role }) => role === 'user').length
      return who.client.getState().pending.length === 0 && repliesSeen(who).length === asked && !repliesSeen(who).some(isOpen)
    })
  for (const who of everybody) expect(who.shown()).toEqual(ann.shown())
  const answered = repliesSeen(ann).flatMap(({ metadata }) => promptsOf(metadata))
  const asked = ann.messages().flatMap(({ id, role }) => (role === 'user' ? [id] : []))
  expect(answered.toSorted()).toEqual(asked.toSorted())
  expect(asked).toHaveLength(order === 'post' ? 7 : 6)
  for (const reply of repliesSeen(ann)) {
    const mayBeStopped = (order === 'cancel' && reply.id === replies['bo']) || (order === 'now' && reply.id === replies['first'])
    if (mayBeStopped && reply.metadata.status === 'stopped') expect(WHOLE.startsWith(textOf(reply))).toBe(true)
    else expect([reply.metadata.status, textOf(reply)]).toEqual(['complete', WHOLE])
  }
}
