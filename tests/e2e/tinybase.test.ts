// What only the tinybase lane promises: a page that opens with what this device saw last.
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { useStage } from './stage/stage'

const stage = useStage()

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
