// Whatever somebody writes is stored, streamed and shown as they wrote it, in every lane.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { isBlank, textOf } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { answerTo } from '../fuzz/expected'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import { EMPTY, HURTFUL } from './hurtful'
import { batches } from '../support/batches'

/** Within what one person may post at once. */
const AT_ONCE = 90
/** Rooms at the same time: each waits for its ticks and its model most of the time. */
const ROOMS = 4
/** Each wait gives up by itself when nothing goes on for long; how long all of it takes is the machine's business, ms. */
const ALL_OF_IT = { timeout: 600_000 }

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

it(`[L1] [L4] ${HURTFUL.length} texts, posted in every lane, arrive in every lane as they were written`, ALL_OF_IT, async () => {
  await roomForEach(batches(HURTFUL, AT_ONCE), async (texts, room, everybody) => {
    // To oneself: nobody answers.
    const posted = everybody.map((who) => texts.map((text) => `@${who.guest.name} ${text}`))
    everybody.forEach((who, at) => posted[at]?.forEach((text) => who.client.post(text)))
    await agreed(everybody, texts.length * everybody.length)
    everybody.forEach((who, at) => {
      for (const watcher of everybody) expect(said(watcher, who.guest.id)).toEqual(posted[at])
    })
    await freshAgrees(room, everybody)
  })
})

it('[L1] [L5] each, when an agent says it, streams in every lane to what the model said', ALL_OF_IT, async () => {
  await roomForEach(batches(HURTFUL, AT_ONCE), async (texts, room, everybody, at) => {
    const author = everybody[at % everybody.length]
    const posted = texts.map((text) => `[[echo]] ${text}`)
    await author?.postEach(posted)
    await agreed(everybody, texts.length * 2)
    for (const watcher of everybody) {
      const byId = new Map(watcher.messages().map((message) => [message.id, message]))
      const replies = watcher.messages().filter(({ role }) => role === 'assistant')
      expect(replies).toHaveLength(texts.length)
      for (const reply of replies) {
        const prompt = byId.get(reply.metadata.replyTo ?? reply.id)
        expect(textOf(reply)).toBe(answerTo(textOf(prompt ?? reply)))
        // An answer of which nothing is seen is none, and says so.
        expect([reply.metadata.status, reply.metadata.failure?.code]).toEqual(isBlank(textOf(reply)) ? ['failed', 'empty'] : ['complete', undefined])
      }
    }
    await freshAgrees(room, everybody)
  })
})

it('[R13] what holds nothing but white space is refused, and kept for its author', async () => {
  const { everybody } = await gather()
  for (const text of ['', ' ', '\n\t', '\u3000', '\uFEFF', ...EMPTY]) {
    for (const { client } of everybody) {
      const id = client.post(text)
      await everybody[0]?.until('all refused', () => client.getState().pending.find((pending) => pending.id === id)?.refusal?.code === 'empty')
      expect(client.getState().pending.find((pending) => pending.id === id)?.text).toBe(text)
      client.discard(id)
    }
  }
  for (const who of everybody) expect(who.messages()).toEqual([])
})

/** Some rooms at a time, each with one person in each lane. */
async function roomForEach<T>(
  items: readonly T[],
  act: (item: T, room: RoomId, everybody: readonly Participant[], at: number) => Promise<void>,
): Promise<void> {
  const left = [...items.entries()]
  const next = async (): Promise<void> => {
    const item = left.shift()
    if (!item) return
    const { room, everybody } = await gather()
    await act(item[1], room, everybody, item[0])
    for (const who of everybody) who.close()
    return next()
  }
  await Promise.all(Array.from({ length: ROOMS }, next))
}

/** A room with one person in each lane. */
async function gather(): Promise<{ readonly room: RoomId; readonly everybody: readonly Participant[] }> {
  const owner = await world.guest('Person 0')
  const room = await world.room(owner)
  return { room, everybody: await Promise.all(LANES.map((lane, at) => world.join(DRIVERS[lane], room, at === 0 ? owner : `Person ${at}`))) }
}

async function agreed(everybody: readonly Participant[], messages: number): Promise<void> {
  for (const who of everybody) {
    await who.until(`${messages} messages`, () => who.messages().length === messages)
    await who.settled()
    expect(who.shown()).toEqual(everybody[0]?.shown())
  }
}

/** Whoever comes now, in any lane, sees the newest page of the same. */
async function freshAgrees(room: RoomId, [first]: readonly Participant[]): Promise<void> {
  if (!first) throw new Error('a room with people in it')
  for (const lane of LANES) {
    const fresh = await world.join(DRIVERS[lane], room, 'Fresh')
    await fresh.until('the newest message', () => fresh.messages().at(-1)?.id === first.messages().at(-1)?.id)
    expect(fresh.shown()).toEqual(first.shown().slice(-fresh.shown().length))
  }
}

function said(watcher: Participant, author: string): readonly string[] {
  return watcher
    .messages()
    .filter(({ metadata }) => metadata.author.id === author)
    .map(textOf)
}
