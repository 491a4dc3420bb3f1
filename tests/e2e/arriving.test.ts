// Coming in: the name that a room asks for, the page that needs no script, and the moment in which it comes alive.
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { growthIn, onlyGrew, watchGrowth } from './stage/growth'
import { roomWithPast } from './stage/history'
import { pauseBetweenTurns, survivors, watchArticles } from './stage/hydration'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

let long: RoomId
/** Its page has no room for all that its messages could become. */
let dear: RoomId
/** Every answer in it used a tool. */
let tooled: RoomId
const TOOLED = 6
beforeAll(async () => {
  const ann = await stage.guest('Ann')
  dear = await stage.room(ann)
  const writer = await stage.join(DRIVERS.agents, dear, ann)
  for (let n = 0; n < PAGE_SIZE; n++) writer.client.post(`@Ann **${n}** <"'&amp; &\n> ${'a@b.c '.repeat(1_000)}end`)
  await writer.settled()
  writer.close()
  tooled = await stage.room(ann)
  const asker = await stage.join(DRIVERS.agents, tooled, ann)
  await asker.postEach(Array.from({ length: TOOLED }, (_, n) => `[[call:calculate({"sum":"6*${n}"})]] go`))
  asker.close()
  long = await roomWithPast(stage, await stage.guest('Ann'), 60)
})

describe.each(LANES)('%s lane', (lane) => {
  it('a room asks for a name first, then shows itself', async () => {
    const room = await stage.room(await stage.guest('Ann'))
    const bo = await stage.stranger()
    await bo.page.goto(`/rooms/${room}/${lane}`)
    await bo.page.getByRole('textbox', { name: 'Your name' }).fill('Bo')
    await bo.button('Continue').click()
    await bo.is('Connected')
    expect(new URL(bo.page.url()).pathname).toBe(`/rooms/${room}/${lane}`)
    await bo.button(/Your account, Bo/).waitFor()
  })

  it('the newest page is in the HTML, and needs no script', async () => {
    const bo = await stage.person('Bo', { options: { javaScriptEnabled: false } })
    await bo.page.goto(`/rooms/${long}/${lane}`)
    expect(await bo.articles.count()).toBe(PAGE_SIZE)
    await bo.message('message 11.').waitFor()
    expect(await bo.message('message 60.').isVisible()).toBe(true)
    expect(await bo.message('message 60.').evaluate(isInSight)).toBe(true)
  })

  it('scripts take the page over as it stands, and fetch nothing that it holds', async () => {
    const bo = await stage.person('Bo', { beforeScripts: watchArticles })
    const asked = requestsOfScripts(bo)
    await bo.enter(long, lane)
    await bo.sees('message 60.')
    // The agent and Bo: he has been told that he is here, which follows the greeting.
    await bo
      .button(/Who is here/)
      .filter({ hasText: '2' })
      .waitFor()
    expect(await survivors(bo.page)).toEqual({ shown: PAGE_SIZE, fromHtml: PAGE_SIZE, kept: PAGE_SIZE })
    expect(asked).toEqual([])
    // Fifty messages are some 15 kB in any lane; a greeting is not.
    expect(bo.sockets.bytesSince()).toBeLessThan(1_500)
    expect(bo.sockets.heard('message 40.')).toBe(false)
  })

  it('[R51] rows that had no room for markup are plain words in the HTML, and the same elements with it once scripts run', async () => {
    const bo = await stage.person('Bo', { beforeScripts: watchArticles })
    const html = await (await bo.page.goto(`/rooms/${dear}/${lane}`))?.text()
    expect(html?.match(/<p class="whitespace-pre-wrap">/g)?.length).toBeGreaterThan(10)
    await bo.is('Connected')
    await expect.poll(() => bo.page.locator('article p.whitespace-pre-wrap').count()).toBe(0)
    expect(await bo.page.locator('article').first().locator('strong').count()).toBe(1)
    expect(await survivors(bo.page)).toEqual({ shown: PAGE_SIZE, fromHtml: PAGE_SIZE, kept: PAGE_SIZE })
  })

  it('[R55] a room is in use before what reads Markdown has come: meanwhile rows stand as they are, and what is said is plain words', async () => {
    const ann = await stage.guest('Ann')
    const room = await stage.room(ann)
    const writer = await stage.join(DRIVERS.agents, room, ann)
    for (let n = 1; n <= 3; n++) writer.client.post(`@Ann **bold ${n}** and more`)
    await writer.settled()
    const bo = await stage.person('Bo', { beforeScripts: watchArticles })
    const reader = Promise.withResolvers<void>()
    let asked = 0
    await bo.page.route(/\/assets\/Markdown-[^/]*\.js$/, async (route) => {
      asked += 1
      await reader.promise
      await route.continue()
    })
    await bo.enter(room, lane)
    await bo.say('@Ann **said** <b>meanwhile</b>')
    const said = bo.message('meanwhile').locator('[data-part="text"]')
    await bo.page.locator('article[data-status="complete"]').filter({ hasText: 'meanwhile' }).waitFor()
    expect(asked).toBe(1)
    expect(await said.textContent()).toBe('@Ann **said** <b>meanwhile</b>')
    expect(await bo.message('bold 3').locator('strong').textContent()).toBe('bold 3')
    reader.resolve()
    await said.locator('strong').waitFor()
    expect(await said.textContent()).toBe('@Ann said <b>meanwhile</b>')
    const { shown, fromHtml, kept } = await survivors(bo.page)
    expect({ shown, fromHtml }).toEqual({ shown: 4, fromHtml: 3 })
    expect(kept).toBeGreaterThanOrEqual(3)
  })

  it('[R298] what is typed while a room’s first message and its first failure come is all there, on a slow device', async () => {
    const ann = await stage.guest('Ann')
    const room = await stage.room(ann)
    const writer = await stage.join(DRIVERS.agents, room, ann)
    const bo = await stage.person('Bo', { room, lane })
    const devtools = await bo.context.newCDPSession(bo.page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await bo.composer.focus()
    await bo.page.keyboard.type('@Ann first')
    await bo.page.keyboard.press('Enter')
    await writer.sees('first')
    const typed = ['typed while the first message is on its way, ', 'and while an answer fails']
    await bo.page.keyboard.type(typed[0] ?? '')
    await bo.sees('first')
    expect(await bo.composer.inputValue()).toBe(typed[0])
    writer.client.post('@Parley [[fault:503]] second')
    await writer.until('the reply failed', (one) => one.messages().some(({ metadata }) => metadata.status === 'failed'))
    const reply = await bo.replies.first().elementHandle()
    await bo.page.keyboard.type(typed[1] ?? '')
    await bo.seesReply('failed')
    expect(await bo.composer.inputValue()).toBe(typed.join(''))
    // What was on the screen is on it still: whoever presses a button of it presses that one.
    expect(await reply?.evaluate((element) => element.isConnected && element === document.querySelector('article[data-author-kind="agent"]'))).toBe(true)
  })

  it('[R51] [R282] rows with tools are taken over as they are, also when what draws them comes in between', async () => {
    const bo = await stage.person('Bo', { beforeScripts: watchArticles })
    await bo.context.addInitScript(pauseBetweenTurns)
    await bo.enter(tooled, lane)
    // A time that scripts have taken over is one to programs, too.
    await bo.until('every row taken over', async () => (await bo.articles.locator('time:not([datetime])').count()) === 0)
    expect(await bo.log.locator('[data-part="tool"]').count()).toBe(TOOLED)
    // An error of React's that it recovered from fails it as well: the guard hears those.
    expect(await survivors(bo.page)).toEqual({ shown: 2 * TOOLED, fromHtml: 2 * TOOLED, kept: 2 * TOOLED })
  })

  it('[L11] a reload in mid-reply shows the words so far, then the rest as it comes, once', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.person(owner, { room, lane, beforeScripts: watchGrowth })
    await ann.say('[[words:40 delay:20]] [[hold after:20]] go')
    await ann.sees('word20')
    const html = await (await ann.page.reload())?.text()
    expect(html).toContain('word19')
    expect(html).not.toContain('word21')
    await ann.is('Connected')
    await ann.sees('word20')
    stage.model.release()
    await ann.seesReply('complete')
    expect(await ann.spoken()).toEqual([Array.from({ length: 40 }, (_, at) => `word${at + 1}`).join(' ')])
    const [lengths = []] = await growthIn(ann.page)
    expect(onlyGrew(lengths)).toBe(true)
    expect(lengths.length).toBeGreaterThan(3)
  })

  it('the header leads to the same room in every other lane', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.person(owner, { room, lane })
    await ann.say('[[echo]] here I am')
    await ann.seesReply('complete')
    const before = await ann.shown()
    for (const other of LANES.filter((name) => name !== lane)) {
      await switchTo(ann, other)
      expect(await ann.shown()).toEqual(before)
      await ann.page.goto(`/rooms/${room}`)
      expect(new URL(ann.page.url()).pathname).toBe(`/rooms/${room}/${other}`)
    }
  })
})

it('somebody takes another name, speaks under it, and signs out', async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const ann = await stage.person(owner, { room, lane: 'agents' })
  const bo = await stage.person('Bo', { room, lane: 'rsc' })
  await bo.button(/Your account/).click()
  await bo.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Beau')
  await bo.button('Rename').click()
  await bo.button(/Your account, Beau/).waitFor()
  await bo.is('Connected')
  await bo.say('@Ann my new name')
  await ann.log.getByRole('article', { name: 'Beau' }).waitFor()
  await bo.button(/Your account, Beau/).click()
  await bo.button('Sign out').click()
  await bo.page.getByRole('textbox', { name: 'Your name' }).waitFor()
  await bo.page.goto(`/rooms/${room}/rsc`)
  await bo.page.getByRole('textbox', { name: 'Your name' }).waitFor()
  expect(await bo.page.getByText('my new name').count()).toBe(0)
})

it('scripts run by the nonce of their page only, and the page is nobody else’s to frame', async () => {
  const bo = await stage.guest('Bo')
  const pages = await Promise.all([1, 2].map(() => bo.fetch(`${bo.origin}/rooms/lobby/rsc`)))
  const nonces = pages.map(({ headers }) => /script-src [^;]*'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1])
  expect(nonces[0]).toBeTruthy()
  expect(nonces[0]).not.toBe(nonces[1])
  for (const [index, page] of pages.entries()) {
    const html = await page.text()
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
    expect(scripts.length).toBeGreaterThan(0)
    // What is JSON runs nothing.
    for (const tag of scripts.filter((tag) => !tag.includes('type="application/json"'))) expect(tag).toContain(`nonce="${nonces[index]}"`)
    expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/)
    expect(page.headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/)
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('cache-control')).toBe('no-store')
  }
})

async function switchTo(person: Person, lane: LaneName): Promise<void> {
  await person.page.getByRole('navigation', { name: 'Sync engine' }).getByRole('link', { name: lane }).click()
  await person.page.waitForURL(new RegExp(`/${lane}$`))
  await person.is('Connected')
}

/** What the page's scripts ask for over HTTP, beyond the scripts themselves. */
function requestsOfScripts({ page }: Person): readonly string[] {
  const asked: string[] = []
  page.on('request', (request) => ['fetch', 'xhr'].includes(request.resourceType()) && asked.push(request.url()))
  return asked
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}
