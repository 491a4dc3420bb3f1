// Names of every script, wherever they stand: each is laid out by its own direction, and the same everywhere.
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { useStage } from './stage/stage'

const stage = useStage()

const NAME = 'אבגד הוזח "טיכ" W(מ)'

it('[R70] a right-to-left name with quotation marks and brackets is laid out by itself on every page, in every button and header', async () => {
  const owner = await stage.guest(NAME)
  const made = await owner.fetch(new URL('/rooms', owner.origin), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ name: `${NAME} 7`, access: 'open' }),
  })
  const { location } = await made.json<{ location: string }>()
  const room = new URL(location, owner.origin).pathname
  const bo = await stage.person(await stage.guest(`${NAME} 2`))
  await bo.page.goto(room)
  await bo.is('Connected')
  await bo.say('Good morning')
  const ann = await stage.person(owner)
  const seen = []
  for (const path of [
    `${room}/rsc`,
    `${room}/agents`,
    `${room}/tinybase`,
    `${room}/compare`,
    `${room}/members`,
    `${room}/members?remove=${bo.guest.id}`,
    '/directory',
  ]) {
    await ann.page.goto(path)
    if (/rsc|agents|tinybase/.test(path)) await ann.sees('Good morning')
    seen.push({ path, turned: await turned(ann.page) })
  }
  expect(seen.filter(({ turned: those }) => those.length > 0)).toEqual([])
})

/** What shows a name as if it were a part of the text around it. */
function turned(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode
      if (!textContent?.includes('אבגד') || !parentElement || parentElement.closest('script, template, style, noscript')) continue
      const { unicodeBidi } = getComputedStyle(parentElement)
      if (!/isolate|plaintext/.test(unicodeBidi) && !textContent.includes('\u2068')) found.push(parentElement.outerHTML.slice(0, 200))
    }
    return found
  })
}
