// Where the focus and the eyes are: kept, or moved with reason, in every lane.
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES } from '../../src/lanes/lanes'
import { roomWithPast } from './stage/history'
import { usePair } from './stage/pair'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

/** A place kept to within this is kept, px. */
const STEADY = 4

let past: RoomId
beforeAll(async () => {
  past = await roomWithPast(stage, await stage.guest('Olga'), PAGE_SIZE + 30)
})

describe.each(LANES)('%s lane', (lane) => {
  const pair = usePair(stage, lane)

  it('[R104] Stop and Retry, pressed from the keyboard, leave the focus where one goes on', async () => {
    const { ann } = await pair()
    await ann.say('[[words:60 hold after:20]] go on')
    await ann.sees('word20')
    await ann.button('Stop').focus()
    await ann.page.keyboard.press('Enter')
    await ann.seesReply('stopped')
    await ann.until('the focus is in the composer', async () => (await focused(ann)) === 'Message')
    await ann.button('Retry').focus()
    await ann.page.keyboard.press('Enter')
    await ann.button('Retry').waitFor({ state: 'detached' })
    expect(await ann.page.evaluate(() => document.activeElement?.closest('[data-message-id]')?.getAttribute('data-author-kind'))).toBe('agent')
    await ann.button('Stop').click()
    await ann.seesReply('stopped')
    stage.model.release()
  })

  it('[R104] so do a Stop that its reply ends, and Continue', async () => {
    const { ann } = await pair()
    await ann.say('[[words:30 fault:length after:20]] go')
    await ann.button('Continue').focus()
    await ann.page.keyboard.press('Space')
    await ann.button('Continue').waitFor({ state: 'detached' })
    expect(await focused(ann)).not.toBe('body')
    await ann.settled()
    await ann.say('[[words:30 hold after:20]] wait')
    await stage.model.held()
    await ann.button('Stop').focus()
    stage.model.release()
    await ann.button('Stop').waitFor({ state: 'detached' })
    await ann.until('the focus is in the composer', async () => (await focused(ann)) === 'Message')
  })

  it('[R104] Jump to latest and the last Load earlier do as well', async () => {
    const { ann } = await pair(past)
    await ann.log.hover()
    await ann.page.mouse.wheel(0, -2_000)
    await ann.button('Jump to latest').focus()
    await ann.page.keyboard.press('Enter')
    await ann.until('the focus is in the composer', async () => (await focused(ann)) === 'Message')
    await ann.button('Load earlier messages').focus()
    await ann.page.keyboard.press('Enter')
    await ann.button('Load earlier messages').waitFor({ state: 'detached' })
    expect(await focused(ann)).toBe('Messages')
  })

  it('[R104] so does a composer that is taken away', async () => {
    const { ann } = await pair()
    const room = await stage.room(ann.guest)
    const cy = await stage.person('Cy', { room, lane })
    await cy.composer.fill('about to')
    await cy.composer.focus()
    await ann.guest.fetch(new URL(`/rooms/${room}/members`, ann.guest.origin), { method: 'POST', body: new URLSearchParams({ remove: cy.guest.id }) })
    await cy.page.getByRole('link', { name: 'Other rooms' }).waitFor()
    expect(await focused(cy)).toBe('Messages')
  })

  it('[R105] long reasoning that is opened at the end stays under the pointer, and the end is one press away', async () => {
    const { ann } = await pair()
    for (const n of [1, 2, 3, 4, 5, 6]) await ann.say(`@Ann ${n}\n\nof\n\nsome\n\nheight`)
    await ann.say('[[reasoning thoughts:200]] think')
    await ann.seesReply('complete')
    const summary = ann.replies.locator('summary')
    const before = await top(summary)
    await summary.click()
    await ann.replies.getByText('Let me think about that').waitFor()
    await ann.button('Jump to latest').waitFor()
    expect(Math.abs((await top(summary)) - before)).toBeLessThanOrEqual(STEADY)
    await summary.click()
    await ann.button('Jump to latest').waitFor({ state: 'detached' })
    await ann.say('@Ann at the end again')
    await ann.until('the list follows', () => ann.message('at the end again').evaluate((article) => article.getBoundingClientRect().bottom <= innerHeight))
  })

  it('[R106] a place further up is kept through a reload, another room and back, and an older page', async () => {
    const { ann } = await pair(past)
    const reader = await ann.tab()
    await reader.enter(past, lane)
    const other = await stage.room(ann.guest)
    await readUpTo(reader, 60)
    await kept(reader, 60, () => reader.reload())
    await kept(reader, 60, async () => {
      await reader.enter(other, lane)
      await reader.page.goBack()
      await reader.is('Connected')
    })
    await reader.button('Load earlier messages').click()
    await reader.button('Load earlier messages').waitFor({ state: 'detached' })
    await readUpTo(reader, 12)
    await kept(reader, 12, () => reader.reload())
    expect(await reader.articles.count()).toBeGreaterThanOrEqual(PAGE_SIZE + 30)
    await reader.button('Jump to latest').click()
    await reader.button('Jump to latest').waitFor({ state: 'detached' })
    await reader.until('the end is kept', async () => (await reader.page.evaluate((room) => sessionStorage.getItem(`parley:place:${room}`), past)) === null)
    await reader.reload()
    expect(await reader.button('Jump to latest').count()).toBe(0)
    await reader.page.close()
  })
})

/** What has the focus: its name or its text, or its kind of element. */
function focused({ page }: Person): Promise<string> {
  return page
    .evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? (element?.textContent?.trim() || element?.localName || 'nothing')
    })
    .then((name) => (name.length > 200 ? 'body' : name))
}

function top(locator: ReturnType<Person['button']>): Promise<number> {
  return locator.evaluate((element) => element.getBoundingClientRect().top)
}

/** Scrolls so that this message begins a little below the top of the list, as a person does. */
async function readUpTo(reader: Person, seq: number): Promise<void> {
  const article = reader.log.locator(`[data-seq="${seq}"]`)
  await reader.log.hover()
  await reader.until(`message ${seq} is at the top`, async () => {
    const off = (await top(article)) - (await top(reader.log)) - 20
    if (Math.abs(off) < 2) return true
    await reader.page.mouse.wheel(0, off)
    return false
  })
  await reader.until('the place is written', async () => {
    const written = await reader.page.evaluate((room) => sessionStorage.getItem(`parley:place:${room}`), past)
    return written !== null && Math.abs((JSON.parse(written) as { seq: number }).seq - seq) <= 1
  })
}

async function kept(reader: Person, seq: number, leave: () => Promise<unknown>): Promise<void> {
  const article = reader.log.locator(`[data-seq="${seq}"]`)
  const before = (await top(article)) - (await top(reader.log))
  await leave()
  await reader.until(
    `message ${seq} is where it was`,
    async () => (await article.count()) === 1 && Math.abs((await top(article)) - (await top(reader.log)) - before) <= STEADY,
  )
}
