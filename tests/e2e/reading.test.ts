// A reader's place: older pages come when they are asked for, to whoever asked, and nothing moves under the eyes.
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES } from '../../src/lanes/lanes'
import { roomWithPast } from './stage/history'
import { usePair } from './stage/pair'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

/** Two whole pages and the beginning of the room. */
const PAST = PAGE_SIZE * 2 + 20

/** A place kept to within this is kept, px. */
const STEADY = 4

let room: RoomId
beforeAll(async () => {
  room = await roomWithPast(stage, await stage.guest('Olga'), PAST)
})

describe.each(LANES)('%s lane', (lane) => {
  const pair = usePair(stage, lane)

  it('[L7] older messages come to the one who asks, who keeps their place', async () => {
    const { ann: reader, bo: other } = await pair(room)
    await reader.say(`@Ann before ${lane}`)
    await reader.settled()
    // Whatever was on its way when they came has arrived before this.
    await other.sees(`before ${lane}`)
    const heard = other.sockets.count
    const seqs = await reader.articles.evaluateAll((articles) => articles.map((article) => Number(article.dataset.seq)))
    const last = Math.max(...seqs)
    for (const articles of [PAGE_SIZE * 2 + 1, last]) {
      const place = await firstInSight(reader)
      await earlier(reader).click()
      await reader.until(`${articles} messages`, async () => (await reader.articles.count()) === articles)
      expect(Math.abs((await topOf(reader, place.id)) - place.top)).toBeLessThanOrEqual(STEADY)
    }
    expect(await earlier(reader).count()).toBe(0)
    await reader.page.getByText('This is the beginning of').waitFor()
    expect(await reader.articles.evaluateAll((articles) => articles.map((article) => Number(article.dataset.seq)))).toEqual(
      Array.from({ length: last }, (_, at) => at + 1),
    )
    // A page that is measured late moves nothing, also when the list is told only then that it was scrolled to where it is.
    const place = await firstInSight(reader)
    await reader.log.evaluate((log) => {
      const above = log.querySelector<HTMLElement>('.rows-page')
      if (!above) throw new Error('there is no page above')
      above.style.paddingTop = '300px'
      log.dispatchEvent(new Event('scroll'))
    })
    expect(Math.abs((await topOf(reader, place.id)) - place.top)).toBeLessThanOrEqual(STEADY)
    // What is said next reaches the other, and nothing older came before it.
    await reader.say(`@Ann after ${lane}`)
    await other.sees(`after ${lane}`)
    expect(other.sockets.heard('message 60.', heard)).toBe(false)
    expect(other.sockets.heard('message 10.', heard)).toBe(false)
    expect(other.sockets.bytesSince(heard)).toBeLessThan(2_500)
    expect(await other.articles.count()).toBe(PAGE_SIZE + 2)
  })

  it('what one says oneself is in sight once it is said, however much higher the box was, and the end is followed on', async () => {
    const { ann: writer, bo: other } = await pair(room)
    for (const lines of [12, 2, 30]) {
      await writer.say(`@Ann ${lines} lines of ${lane}${'\nand one more'.repeat(lines - 1)}`)
      await writer.settled()
      await other.say(`@Ann heard the ${lines} of ${lane}`)
      await writer.sees(`heard the ${lines} of ${lane}`)
      await writer.until('the end is in sight', () =>
        writer.message(`heard the ${lines} of ${lane}`).evaluate((article) => {
          const log = article.closest('[role="log"]')
          return log !== null && article.getBoundingClientRect().bottom <= log.getBoundingClientRect().bottom + 1
        }),
      )
      expect(await writer.button('Jump to latest').count()).toBe(0)
    }
  })

  it('what comes while one reads further up is counted, and a click away', async () => {
    const { ann: reader, bo: writer } = await pair(room)
    await reader.log.hover()
    await reader.page.mouse.wheel(0, -2_000)
    await reader.button('Jump to latest').waitFor()
    const place = await firstInSight(reader)
    await writer.say(`@Ann first ${lane}`)
    await writer.say(`@Ann second ${lane}`)
    await reader.button('Jump to latest 2 new').waitFor()
    expect(Math.abs((await topOf(reader, place.id)) - place.top)).toBeLessThanOrEqual(STEADY)
    await reader.button('Jump to latest 2 new').click()
    await reader.button('Jump to latest').waitFor({ state: 'detached' })
    await reader.until('the end is in sight', () =>
      reader.message(`second ${lane}`).evaluate((article) => article.getBoundingClientRect().bottom <= innerHeight),
    )
  })
})

function earlier(reader: Person) {
  return reader.button('Load earlier messages')
}

interface Place {
  readonly id: string
  readonly top: number
}

/** The top row on the screen, once the button for older ones has been scrolled to. */
async function firstInSight(reader: Person): Promise<Place> {
  if (await earlier(reader).isVisible()) await earlier(reader).scrollIntoViewIfNeeded()
  return reader.log.evaluate((log) => {
    const top = log.getBoundingClientRect().top
    const article = [...log.querySelectorAll('article')].find((candidate) => candidate.getBoundingClientRect().top >= top)
    return { id: article?.dataset.messageId ?? '', top: article?.getBoundingClientRect().top ?? 0 }
  })
}

function topOf(reader: Person, id: string): Promise<number> {
  return reader.log.locator(`[data-message-id="${id}"]`).evaluate((article) => article.getBoundingClientRect().top)
}
