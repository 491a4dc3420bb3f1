// Nothing moves while a page loads, however slow the machine: what is read or about to be pressed stays where it is.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeClaimCode } from '../../src/auth/claim'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { useStage } from './stage/stage'

const stage = useStage()

/** As a phone of some years ago. */
const SLOWER = 6

declare global {
  interface Window {
    shifts?: string[]
  }
}

/** Runs before the page's scripts. */
function watchShifts(): void {
  const shifts: string[] = []
  window.shifts = shifts
  type Shift = PerformanceEntry & {
    readonly value: number
    readonly hadRecentInput: boolean
    readonly sources: readonly { readonly node: Node | null; readonly previousRect: DOMRect; readonly currentRect: DOMRect }[]
  }
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries() as Shift[])
      if (!shift.hadRecentInput)
        shifts.push(
          `${shift.value}: ${shift.sources.map(({ node, previousRect, currentRect }) => `${node instanceof Element ? node.outerHTML.slice(0, 120) : node?.textContent} ${JSON.stringify(previousRect)} → ${JSON.stringify(currentRect)}`).join('; ')}`,
        )
  }).observe({ type: 'layout-shift', buffered: true })
}

describe.each([...LANES, 'compare'] as const)('%s', (view) => {
  it('[R52] nothing moves while a room of sixty messages loads on a slow machine', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.join(DRIVERS.agents, room, owner)
    for (let n = 1; n <= 60; n++) ann.client.post(`@Ann message ${n} ${'and so on '.repeat(n % 9)}`)
    await ann.settled()
    const bo = await stage.person('Bo', { beforeScripts: watchShifts })
    const cdp = await bo.context.newCDPSession(bo.page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await bo.page.goto(`/rooms/${room}/${view}`)
    await bo.page
      .getByRole('status')
      .filter({ hasText: 'Connected' })
      .nth(view === 'compare' ? 2 : 0)
      .waitFor()
    expect(await bo.page.evaluate(() => window.shifts)).toEqual([])
  })
})

describe.each(['instance', 'deleted room'] as const)('the page of the %s', (which) => {
  it.each([320, 412, 1_280])('[R52] [R109] nothing moves when days and numbers become the reader’s, at %i px', async (width) => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    await owner.fetch(new URL(`/rooms/${room}/delete`, owner.origin), { method: 'POST' })
    if (which === 'instance') await owner.fetch(new URL(await claimLink(), owner.origin))
    // Whose days are longer than everybody's.
    const options = { viewport: { width, height: 900 }, locale: 'en-US', timezoneId: 'Asia/Kolkata' }
    const ann = (await stage.person(owner, { options, beforeScripts: watchShifts })).expects(/status of 404/)
    const painted = Promise.withResolvers<void>()
    await ann.page.route(/\.js$/, async (route) => {
      await painted.promise
      await route.continue()
    })
    await ann.page.goto(which === 'instance' ? '/instance' : `/rooms/${room}/rsc`, { waitUntil: 'commit' })
    const day = ann.page.locator('time').first()
    await ann.page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
    const before = await day.textContent()
    expect(before).toMatch(/UTC$/)
    painted.resolve()
    await ann.until('the day is the reader’s', async () => (await day.textContent())?.endsWith('GMT+5:30') === true)
    await ann.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    expect(await ann.page.evaluate(() => window.shifts)).toEqual([])
  })
})

/** One for whoever comes next: each claim makes the one before it a guest again. */
async function claimLink(): Promise<string> {
  const secret = (await readFile(join(stage.server.dataDir, 'auth-secret'), 'utf8')).trim()
  claims += 1
  return `/claim/${await makeClaimCode(secret, Date.now() + claims * 60_000)}`
}

let claims = 0
