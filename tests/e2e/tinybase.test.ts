// What only the tinybase lane promises: writing without a network, several tabs, and a page that opens with what this
// device saw last.
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { useStage } from './stage/stage'

const stage = useStage()

/** What Chromium logs when it cannot reach the server. */
const NO_NETWORK = /net::ERR_|WebSocket connection to .* failed/

it('[L3] what is written offline outlives a reload, and arrives once', async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const ann = (await stage.person(owner, { room, lane: 'tinybase' })).expects(NO_NETWORK)
  await stage.server.kill9()
  await ann.is('Reconnecting')
  await ann.say('@Ann kept on this device')
  await ann.articles.and(ann.page.locator('[data-status="pending"]')).waitFor()
  await ann.page.goto('about:blank')
  await stage.server.restart()
  await ann.enter(room, 'tinybase')
  await ann.sees('kept on this device')
  await ann.settled()
  const bo = await stage.person('Bo', { room, lane: 'rsc' })
  expect(await bo.message('kept on this device').count()).toBe(1)
  expect(await ann.message('kept on this device').count()).toBe(1)
})

it('[L3] two tabs of one person do not disturb each other', async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const left = (await stage.person(owner, { room, lane: 'tinybase' })).expects(NO_NETWORK)
  const right = await (await left.tab()).enter(room, 'tinybase')
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
    await tab.settled()
    for (const side of ['left', 'right']) await tab.sees(`offline from the ${side}`)
    await tab.settled()
  }
  const people = left.log.locator('article[data-author-kind="person"]')
  expect(await people.count()).toBe(3)
  expect(await left.shown()).toEqual(await right.shown())
})

it('a page that is older than this device opens with what the device saw', async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const ann = await stage.person(owner)
  const response = await ann.page.goto(`/rooms/${room}/tinybase`)
  const old = { headers: (await response?.allHeaders()) ?? {}, body: (await response?.text()) ?? '' }
  await ann.is('Connected')
  await ann.say('@Ann seen before')
  await ann.settled()
  await ann.until('the device keeps it', async () => (await kept(ann.page)).includes('seen before'))
  // As a proxy or a tab put to sleep would have it: the page of before, and a room that does not answer.
  await ann.page.route('**/tinybase', (route) => route.fulfill(old))
  await ann.page.routeWebSocket(/socket/, () => {})
  await ann.page.reload()
  await ann.sees('seen before')
  expect(old.body).not.toContain('seen before')
})

/** What the page's database holds. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('the database refused')))
      })
    const database = await done(indexedDB.open('parley'))
    try {
      return JSON.stringify(await done(database.transaction('windows').objectStore('windows').getAll()))
    } finally {
      database.close()
    }
  })
}
