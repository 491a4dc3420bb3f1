// Rooms whose messages are as long and as dear as a message may be, and many who open them: a page is bounded, holds every
// word, is rendered once for all who wait for it, and is paid for before it is made.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { MAX_MESSAGE_LENGTH } from '../../src/conversation/message'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES } from '../../src/lanes/lanes'
import { COST, costOfReading, REQUESTS } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { at, CROWD, LIMITS_LATER, LIMITS_ON, outcomeOf, tally } from './visitor'

/** All that fifty of the longest messages say, in characters. */
const SAID = PAGE_SIZE * MAX_MESSAGE_LENGTH
/** A list of rows: markup for so much, and what is said. */
const ROWS = 1_000_000 + SAID
/** Frames of rows, and the page around. */
const AROUND = 150_000

let world: World
let ann: Guest
beforeAll(async () => {
  world = await World.begin(LIMITS_LATER)
  ann = await world.guest('Ann')
})
afterAll(() => world.end())

async function roomOf(text: string): Promise<{ readonly room: RoomId; readonly texts: readonly string[] }> {
  const room = await world.room(ann)
  const who = await world.join(DRIVERS.agents, room, ann)
  const texts = Array.from({ length: PAGE_SIZE }, (_, n) => `@Ann ${n} ${text.repeat(MAX_MESSAGE_LENGTH)}`.slice(0, 31_900).trimEnd())
  for (const each of texts) who.client.post(each)
  await who.settled()
  who.close()
  return { room, texts }
}

function wordsOf(article: string): string {
  const text = article
    .slice(article.indexOf('data-part="text"'))
    .replace(/^[^>]*>/, '')
    .replace(/<[^>]*>/g, '')
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'")
}

describe('[R50] a page of fifty messages of', () => {
  it.each(['a@b.c ', 'http://a.b ', '@Ann ', '"&amp; '])('%j is bounded in every view, and holds all of their words', async (text) => {
    const { room, texts } = await roomOf(text)
    for (const view of [...LANES, 'compare']) {
      const html = await (await ann.fetch(`${ann.origin}/rooms/${room}/${view}`)).text()
      const lists = view === 'compare' ? 3 : 1
      // A quotation mark takes two characters as data.
      expect(html.length, view).toBeLessThan(lists * (ROWS + AROUND) + 1.3 * SAID)
      const articles = html.split('<article ').flatMap((part, at) => (at > 0 ? [part.slice(0, part.indexOf('</article>'))] : []))
      expect(articles).toHaveLength(lists * PAGE_SIZE)
      const plain = articles.filter((article) => article.includes('<p class="whitespace-pre-wrap">'))
      for (const [n, article] of articles.entries()) {
        // What is marked up is read: `&amp;` is an & there.
        if (text.includes('&') && !plain.includes(article)) continue
        expect(wordsOf(article) === texts[n % PAGE_SIZE], `words of ${n}`).toBe(true)
      }
      // The newest are as they were meant.
      expect(articles[PAGE_SIZE - 1]).not.toContain('<p class="whitespace-pre-wrap">')
      expect(plain.length, view).toBeLessThan(lists * PAGE_SIZE)
      for (const article of plain) expect(article).toMatch(/^data-message-id="[^"]+" data-seq="\d+" data-author="[^"]+"/)
    }
  })
})

describe('[R60] many who open such a page at once', () => {
  let room: RoomId
  let crowd: readonly Guest[]
  beforeAll(async () => {
    ;({ room } = await roomOf('a@b.c '))
    crowd = await Promise.all(Array.from({ length: 20 }, (_, n) => world.guest(`Reader ${n}`)))
  })

  it('from one network have only so many of them, and somebody elsewhere is served', async () => {
    await world.server.restart(LIMITS_ON)
    const outcomes = await Promise.all(crowd.map((guest) => at(CROWD, guest).fetch(`${ann.origin}/rooms/${room}/compare`).then(outcomeOf)))
    const page = COST.comparison + costOfReading(4 * PAGE_SIZE * 31_800)
    // Refused as a page at the door, or in the room's own words.
    const [shown = 0, refused = 0] = [200, 429].map((status) => outcomes.filter((outcome) => outcome.status === status).length)
    expect(shown).toBeGreaterThan(0)
    expect(shown).toBeLessThanOrEqual(Math.ceil(REQUESTS.address.burst / page) + 2)
    expect(shown + refused, JSON.stringify(tally(outcomes))).toBe(20)
    expect((await ann.fetch(`${ann.origin}/rooms/lobby/rsc`)).status).toBe(200)
  })

  it('by one person have one or two, and the next after a wait', async () => {
    await world.server.restart(LIMITS_ON)
    const [guest = ann] = crowd
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => at(CROWD, guest).fetch(`${ann.origin}/rooms/${room}/compare`).then(outcomeOf)))
    const [shown = 0, refused = 0] = [200, 429].map((status) => outcomes.filter((outcome) => outcome.status === status).length)
    expect(shown).toBeGreaterThan(0)
    // Whoever is let in while it is rendered has paid for what it says; after that, for what it became.
    expect(shown).toBeLessThanOrEqual(2)
    expect(shown + refused).toBe(12)
    expect(outcomes.find(({ status }) => status === 429)?.retryAfter).toMatch(/^\d+$/)
  })
})
