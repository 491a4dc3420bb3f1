// Texts that are made to cost: posted, mentioned, put to the guide and loaded, they arrive, and nobody else waits for them.
// What they cost is counted in CPU, so that a machine that does something else beside is no attacker.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { textOf } from '../../src/conversation/message'
import { DRIVERS } from '../lane-contract/drivers'
import { World } from '../lane-contract/world'
import { HOSTILE } from '../support/hostile'
import { makeRoom } from '../support/room'
import { startServer, type TestServer } from '../support/server'
import { signInAsGuest } from '../support/guest'
import { Participant } from '../lane-contract/participant'
import { spentBy } from './workerd'

/** The longest text that anybody may post, with room for whom it speaks to. */
const LENGTH = 31_900
/** Pages hold a message once as HTML and once as data. */
const MOST_PAGE = 1_300_000
/** Ten times what a load takes of the server's CPU, ms: before it was bounded, the first of these took 23 s. */
const PATIENCE_MS = 4_000

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterAll(() => world.end())

const named = (name: string) => {
  const hostile = HOSTILE.find((text) => text.name === name)
  if (!hostile) throw new Error(`no hostile text is called ${name}`)
  return hostile.make(LENGTH)
}

describe('a page that shows a hostile text is bounded, and comes soon', () => {
  it.each([
    ['A1: a table of 40 columns, then thousands of rows', named('a table of 40 columns with empty rows')],
    ['A3: 31,000 letters and an @', named('letters before an @')],
    ['A3: an address with ?!', named('an address with ?!')],
    ['A3: thousands of &amp;', named('"&amp;"')],
    ['words joined by hyphens', named('words joined by hyphens before an @')],
    ['a host in foreign letters', named('a host in many letters')],
    ['code blocks', named('"```\\n"')],
    ['bullets', named('"- *a*\\n"')],
    ['addresses', named('"a@b.c "')],
    ['line ends', named('"\\\\\\n"')],
    ['deep lists', named('ever deeper lists')],
  ])('[R40] %s', async (_name, text) => {
    const mallory = await world.guest('Mallory')
    const room = await world.room(mallory)
    const author = await world.join(DRIVERS.agents, room, mallory)
    const posted = `@Mallory\n\n${text}`
    author.client.post(posted)
    await author.settled()
    for (const lane of LANES) {
      const before = spentBy(world.server.pid)
      const html = await (await mallory.fetch(new URL(`/rooms/${room}/${lane}`, mallory.origin))).text()
      expect(spentBy(world.server.pid) - before, lane).toBeLessThan(PATIENCE_MS)
      expect(Buffer.byteLength(html), lane).toBeLessThan(MOST_PAGE)
      const watcher = await world.join(DRIVERS[lane], room, 'Watcher')
      await watcher.until('the text', () => watcher.messages().map(textOf).at(-1) === posted)
    }
  })
})

it('[R41] A5: 16,000 @s are looked at a hundred times, and the first of them still name who is asked', async () => {
  const ann = await world.guest('Ann')
  const room = await world.room(ann)
  const author = await world.join(DRIVERS.agents, room, ann)
  const before = spentBy(world.server.pid)
  for (let n = 0; n < 20; n += 1) author.client.post(`@Ann ${'@Ann @'.repeat(5_000)}`)
  author.client.post(`@Parley ${'@ '.repeat(15_000)}`)
  await author.until('taken', ({ client }) => client.getState().pending.length === 0)
  expect(spentBy(world.server.pid) - before).toBeLessThan(PATIENCE_MS)
  await author.until('an answer to the last only', (who) => who.messages().filter(({ role }) => role === 'assistant').length === 1)
})

it('[R41] names of forty lengths and pieces of text that stand for eighteen letters each: nobody waits', async () => {
  const ann = await world.guest('Ann')
  const room = await world.room(ann)
  const author = await world.join(DRIVERS.agents, room, ann)
  for (let n = 1; n <= 40; n += 1) {
    const guest = await world.guest('👨‍👩‍👧‍👦'.repeat(n % 4) + 'é'.repeat(n - (n % 4)))
    expect((await guest.fetch(new URL(`/rooms/${room}/agents`, ann.origin))).status).toBe(200)
  }
  const before = spentBy(world.server.pid)
  for (const piece of ['ﷺ'.repeat(165), 'ﷺ '.repeat(82), 'ж '.repeat(82)]) {
    for (let n = 0; n < 5; n += 1) author.client.post(`@Ann ${`@${piece} `.repeat(90)}`)
  }
  await author.until('taken', ({ client }) => client.getState().pending.length === 0)
  expect(spentBy(world.server.pid) - before).toBeLessThan(PATIENCE_MS)
})

it('[R42] A9: an answer of 6 MB is kept to 1 MB in every lane, says so, and offers no more', async () => {
  const ann = await world.guest('Ann')
  const room = await world.room(ann)
  const watchers = await Promise.all(LANES.map((lane) => world.join(DRIVERS[lane], room, ann)))
  watchers[0]?.client.post('[[words:60 width:100000]] go')
  for (const who of watchers) {
    await who.until('the end', () => who.messages().at(-1)?.metadata.status === 'stopped')
    const reply = who.messages().at(-1)
    expect(reply?.metadata.failure).toEqual({ code: 'limit', text: 'This answer was cut off at the limit. No more of it can be kept.' })
    const bytes = Buffer.byteLength(JSON.stringify(reply?.parts))
    expect(bytes).toBeLessThanOrEqual(1_000_000)
    expect(bytes).toBeGreaterThan(999_000)
  }
  watchers[0]?.client.continueReply(watchers[0].messages().at(-1)?.id ?? watchers[0].client.post('never'))
  await watchers[0]?.until('refused', (who) => who.client.getState().refusal?.code === 'not_retryable')
})

describe('the built-in guide', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  it.each([
    ['spaces within a word', `x${' '.repeat(31_900)}x`],
    ['calc and =', `calc ${'='.repeat(31_900)}x`],
    ['what', 'what '.repeat(6_380)],
    ['question marks', `search for ${'?'.repeat(31_800)}x`],
  ])('[R41] A4: answers %s at once, and another room does not wait', async (_name, text) => {
    const [mallory, ann] = await Promise.all([signInAsGuest(server.url, 'Mallory'), signInAsGuest(server.url, 'Ann')])
    const attacker = await new Participant(DRIVERS.agents, mallory, await makeRoom(mallory)).connected()
    const neighbour = await new Participant(DRIVERS.agents, ann, await makeRoom(ann)).connected()
    const before = spentBy(server.pid)
    attacker.client.post(text)
    neighbour.client.post('@Ann hello')
    await neighbour.until('taken', ({ client }) => client.getState().pending.length === 0)
    await attacker.until('an answer', (who) => who.messages().some(({ role, parts }) => role === 'assistant' && parts.length > 0))
    expect(spentBy(server.pid) - before).toBeLessThan(PATIENCE_MS)
    attacker.close()
    neighbour.close()
  })
})
