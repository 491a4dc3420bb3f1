// What was written and not acknowledged, in a real browser: through reloads, closed tabs and a dead server, in every lane.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

/** What Chromium logs when it cannot reach the server. */
const NO_NETWORK = /net::ERR_|WebSocket connection to .* failed|Failed to fetch/

const texts = (who: Person) => who.log.locator('article [data-part="text"]').allTextContents()
const pending = (who: Person) => who.articles.and(who.page.locator('[data-status="pending"]'))

describe.each(LANES)('%s lane', (lane) => {
  it('[L3] [R117] what is written offline outlives a reload, and arrives once, in order', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = (await stage.person(owner, { room, lane })).expects(NO_NETWORK)
    await ann.say('@Ann before')
    await ann.settled()
    await ann.context.setOffline(true)
    await ann.is('Offline')
    await ann.say('@Ann first')
    await ann.say('@Ann second')
    await ann.until('both wait', async () => (await pending(ann).count()) === 2)
    await ann.page.goto('about:blank')
    await ann.context.setOffline(false)
    await ann.enter(room, lane)
    await ann.sees('second')
    await ann.settled()
    expect(await texts(ann)).toEqual(['@Ann before', '@Ann first', '@Ann second'])
    await ann.reload()
    expect(await texts(ann)).toEqual(['@Ann before', '@Ann first', '@Ann second'])
  })

  it('[L3] [R117] it outlives its tab and the server, too, and another tab sends it', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = (await stage.person(owner, { room, lane })).expects(NO_NETWORK)
    await stage.server.kill9()
    await ann.is('Reconnecting')
    await ann.say('@Ann kept on this device')
    await pending(ann).waitFor()
    const other = await ann.tab()
    await ann.page.close()
    await stage.server.restart()
    await other.enter(room, lane)
    await other.sees('kept on this device')
    await other.settled()
    const bo = await stage.person('Bo', { room, lane: 'rsc' })
    expect(await bo.message('kept on this device').count()).toBe(1)
  })

  it('[L3] two tabs of one person do not disturb each other', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const left = (await stage.person(owner, { room, lane })).expects(NO_NETWORK)
    const right = await (await left.tab()).enter(room, lane)
    const both = [left, right]
    await right.composer.fill('still typing')
    await left.say('@Ann from the left')
    for (const tab of both) await tab.sees('from the left')
    expect(await right.composer.inputValue()).toBe('still typing')
    await left.context.setOffline(true)
    for (const tab of both) await tab.is('Offline')
    await right.say('@Ann offline from the right')
    await left.say('@Ann offline from the left')
    for (const tab of both) await tab.sees('offline from the right')
    await left.context.setOffline(false)
    for (const tab of both) {
      await tab.is('Connected')
      for (const side of ['left', 'right']) await tab.sees(`offline from the ${side}`)
      await tab.settled()
    }
    expect(await left.log.locator('article[data-author-kind="person"]').count()).toBe(3)
    expect(await left.shown()).toEqual(await right.shown())
  })

  it('[R117] where nothing can be kept it is sent all the same, and says that it is not kept', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const full = () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    }
    const ann = (await stage.person(owner, { room, lane, beforeScripts: full })).expects(NO_NETWORK)
    await ann.context.setOffline(true)
    await ann.is('Offline')
    await ann.say('@Ann not kept')
    await pending(ann).filter({ hasText: 'leave this page open until it is sent' }).waitFor()
    await ann.context.setOffline(false)
    await ann.is('Connected')
    await ann.settled()
    expect(await texts(ann)).toEqual(['@Ann not kept'])
  })

  it('[R117] whoever signs out leaves nothing behind that the next one would say', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = (await stage.person(owner, { room, lane })).expects(NO_NETWORK)
    await ann.context.setOffline(true)
    await ann.is('Offline')
    await ann.say('@Ann never said')
    await pending(ann).waitFor()
    const kept = () => ann.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('parley:outbox:')))
    expect(await kept()).toHaveLength(1)
    // The page stays, so that it can be asked.
    await ann.page.route('**/sign-out', (route) => route.fulfill({ status: 204 }))
    await ann.page.evaluate(() => document.querySelector<HTMLFormElement>('form[action="/sign-out"]')?.requestSubmit())
    await ann.until('nothing is kept', async () => (await kept()).length === 0)
  })
})
