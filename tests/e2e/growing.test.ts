// What grows, and how little is done for it: once per frame, at the end of the text, in one row; and rows that are out of
// sight, which cost nothing and are there all the same.
import type { CDPSession } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

/** Two whole pages and the beginning of the room; rows of very different heights. */
const PAST = PAGE_SIZE * 2 + 20
/** Between two frames of a browser that is slowed down for the test, ms. */
const FRAME = 80
/** A place kept to within this is kept, px. */
const STEADY = 4

let long: RoomId
beforeAll(async () => {
  const olga = await stage.guest('Olga')
  long = await stage.room(olga)
  const writers = await Promise.all([1, 2, 3].map((n) => stage.guest(`Writer ${n}`)))
  for (const [at, guest] of writers.entries()) {
    const writer = await stage.join(DRIVERS.agents, long, guest)
    for (let n = at * 40 + 1; n <= at * 40 + 40; n += 1) writer.client.post(`@${guest.name} message ${n}. ${'More to read. '.repeat((n % 7) ** 2)}`)
    await writer.settled()
    writer.close()
  }
})

describe.each(LANES)('%s lane', (lane) => {
  it('[R56] growth is drawn at most once per frame, and all of it in the end', async () => {
    const ann = await stage.guest('Ann')
    const room = await stage.room(ann)
    const writer = await stage.join(DRIVERS.agents, room, ann)
    const bo = await stage.person('Bo', { beforeScripts: slowFramesAndCountChanges })
    await bo.enter(room, lane)
    writer.client.post('[[words:150 delay:10]] go')
    await bo.seesReply('complete', 'word150')
    const { changes, ms } = await bo.page.evaluate(() => window.changesOfReply ?? { changes: 0, ms: 0 })
    expect(changes).toBeGreaterThan(3)
    // Ticks come every 25 ms or sooner. The first words and the end come with a message of their own.
    expect(changes).toBeLessThanOrEqual(ms / FRAME + 3)
  })

  it('[R56] a reply that grows changes its end only, and no other row', async () => {
    const ann = await stage.guest('Ann')
    const room = await stage.room(ann)
    const writer = await stage.join(DRIVERS.agents, room, ann)
    const bo = await stage.person('Bo')
    await bo.enter(room, lane)
    writer.client.post('@Ann said **before**')
    await bo.sees('said before')
    await bo.page.evaluate(watchChanges)
    const paragraphs = Array.from({ length: 30 }, (_, n) => `**Paragraph ${n}** of a reply, and \`code\`.`)
    writer.client.post(`[[echo]] [[delay:4]] ${paragraphs.join('\n\n')}`)
    await bo.seesReply('complete', 'Paragraph 29')
    const touched = await bo.page.evaluate(() => window.touched ?? { otherRows: ['nothing was watched'], farFromEnd: 0, seen: 0 })
    expect(touched.otherRows).toEqual([])
    expect(touched.farFromEnd).toBe(0)
    expect(touched.seen).toBeGreaterThan(10)
  })

  it('[R57] what is out of sight is not drawn, and is found and read aloud', async () => {
    const bo = await stage.person('Bo')
    await bo.enter(long, lane)
    // As for somebody whose screen reader runs.
    const cdp = await bo.context.newCDPSession(bo.page)
    await cdp.send('Accessibility.enable')
    await bo.until('the newest row is read aloud', () => isReadAloud(cdp, 'message 120.'))
    for (const articles of [PAGE_SIZE * 2, PAST]) {
      await bo.button('Load earlier messages').click()
      await bo.until(`${articles} messages`, async () => (await bo.articles.count()) === articles)
    }
    await toEnd(bo)
    const first = bo.message('message 1.').first()
    await bo.until('the first page is skipped', () => first.evaluate((article) => !article.checkVisibility({ contentVisibilityAuto: true })))
    expect(await bo.message('message 120.').evaluate((article) => article.checkVisibility({ contentVisibilityAuto: true }))).toBe(true)
    // Screen readers have every row.
    await bo.until('every row is read aloud', () => isReadAloud(cdp, 'message 1.'))
    // Find-in-page has every word.
    expect(await bo.page.evaluate(() => window.find('message 1. ', false, false, true))).toBe(true)
    expect(await first.evaluate((article) => article.contains(getSelection()?.anchorNode ?? null))).toBe(true)
  })

  it('[R57] nothing jumps under a reader who comes to pages that were never drawn', async () => {
    const bo = await stage.person('Bo')
    await bo.enter(long, lane)
    for (const articles of [PAGE_SIZE * 2, PAST]) {
      await bo.button('Load earlier messages').click()
      await bo.until(`${articles} messages`, async () => (await bo.articles.count()) === articles)
    }
    await toEnd(bo)
    await bo.log.hover()
    for (let step = 0; step < 40; step += 1) {
      const before = await firstInSight(bo)
      await bo.page.mouse.wheel(0, -200)
      await bo.until('it has moved', async () => Math.abs((await topOf(bo, before.id)) - before.top) > 1 || (await atBeginning(bo)))
      await twoFrames(bo)
      const moved = (await topOf(bo, before.id)) - before.top
      expect(moved, `step ${step}`).toBeLessThanOrEqual(200 + STEADY)
      expect(moved, `step ${step}`).toBeGreaterThanOrEqual(-STEADY)
    }
  })
})

declare global {
  interface Window {
    /** How often the words of the reply changed on the screen, and for how long it grew. */
    changesOfReply?: { readonly changes: number; readonly ms: number }
    touched?: { readonly otherRows: readonly string[]; readonly farFromEnd: number; readonly seen: number }
    find(text: string, matchCase: boolean, backwards: boolean, fromTheBeginning: boolean): boolean
  }
}

/** Runs before the page's scripts: its frames come slowly, which rooms know nothing of. */
function slowFramesAndCountChanges(): void {
  window.requestAnimationFrame = (draw) => window.setTimeout(() => draw(performance.now()), 80)
  window.cancelAnimationFrame = (frame) => window.clearTimeout(frame)
  let length = 0
  let begun = 0
  let changes = 0
  new MutationObserver(() => {
    const text = document.querySelector('article[data-author-kind="agent"] [data-part="text"]')?.textContent ?? ''
    if (text.length === length) return
    length = text.length
    begun ||= performance.now()
    changes += 1
    window.changesOfReply = { changes, ms: performance.now() - begun }
  }).observe(document, { subtree: true, childList: true, characterData: true })
}

/** Runs in the page: notes which rows change from now on, and how far from the end of the reply that grows. */
function watchChanges(): void {
  const otherRows: string[] = []
  let farFromEnd = 0
  /** Blocks that were there before the newest change. */
  let known = 0
  let seen = 0
  const note = (target: Node) => {
    const element = target instanceof Element ? target : target.parentElement
    const row = element?.closest('article')
    if (!element || !row) return
    if (row.dataset.authorKind !== 'agent') {
      // The question itself appears, and then is sent.
      if (!row.textContent.includes('[[echo]]')) otherRows.push(row.textContent.slice(0, 60))
      return
    }
    const text = row.querySelector('.prose-message')
    if (row.dataset.status !== 'streaming' || !text?.contains(element) || element === text) return
    seen += 1
    const block = [...text.children].findIndex((candidate) => candidate.contains(element))
    // The last two of them may still have turned out to be one.
    if (block >= 0 && block < known - 2) farFromEnd += 1
  }
  new MutationObserver((records) => {
    for (const { target } of records) note(target)
    known = document.querySelector('article[data-status="streaming"] .prose-message')?.children.length ?? 0
    window.touched = { otherRows, farFromEnd, seen }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
}

async function isReadAloud(cdp: CDPSession, words: string): Promise<boolean> {
  const { nodes } = await cdp.send('Accessibility.getFullAXTree')
  return nodes.some(({ ignored, name }) => !ignored && typeof name?.value === 'string' && name.value.includes(words))
}

function toEnd(who: Person): Promise<void> {
  return who.log.evaluate((log) => {
    log.scrollTop = log.scrollHeight
  })
}

function atBeginning(who: Person): Promise<boolean> {
  return who.log.evaluate((log) => log.scrollTop < 1)
}

function twoFrames(who: Person): Promise<void> {
  return who.page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))))
}

interface Place {
  readonly id: string
  readonly top: number
}

function firstInSight(who: Person): Promise<Place> {
  return who.log.evaluate((log) => {
    const top = log.getBoundingClientRect().top
    const article = [...log.querySelectorAll('article')].find((candidate) => candidate.getBoundingClientRect().top >= top)
    return { id: article?.dataset.messageId ?? '', top: article?.getBoundingClientRect().top ?? 0 }
  })
}

function topOf(who: Person, id: string): Promise<number> {
  return who.log.locator(`[data-message-id="${id}"]`).evaluate((article) => article.getBoundingClientRect().top)
}
