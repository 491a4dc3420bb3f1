// The same texts on a real screen: nothing runs, nothing is loaded, nobody is led away, and every lane draws the same.
import { expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Person } from '../e2e/stage/person'
import { useStage } from '../e2e/stage/stage'
import { HURTFUL } from './hurtful'
import { batches } from '../support/batches'

/** Half of them stand in the page's HTML, the others arrive while it is open; both fit into what one person may post at once. */
const AT_ONCE = 90
/** Of every batch, so many are said by an agent as well, word by word. */
const ECHOED = 10

declare global {
  interface Window {
    __pwned?: unknown
  }
}

const stage = useStage()
const troubles: string[] = []

it(`[L1] ${HURTFUL.length} texts run nothing and look the same in every lane`, { timeout: 240_000 }, async () => {
  const people = await Promise.all(LANES.map((lane) => stage.person(`Reader ${lane}`)))
  for (const who of people) watch(who)
  for (const texts of batches(HURTFUL, AT_ONCE)) await show(people, texts)
  expect(troubles).toEqual([])
})

async function show(people: readonly Person[], texts: readonly string[]): Promise<void> {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const writer = await stage.join(DRIVERS.agents, room, owner)
  const half = Math.ceil(texts.length / 2)
  // A line of its own, so that what must begin a line to mean something does.
  for (const text of texts.slice(0, half)) writer.client.post(`@Ann\n\n${text}`)
  await writer.settled()
  await Promise.all(people.map((who, at) => who.enter(room, LANES[at] ?? 'rsc')))
  for (const text of texts.slice(half)) writer.client.post(`@Ann\n\n${text}`)
  await writer.postEach(texts.slice(0, ECHOED).map((text) => `[[echo]]\n\n${text}`))
  const shown = texts.length + 2 * Math.min(ECHOED, texts.length)
  await writer.until('all of them', () => writer.messages().length === shown)
  const drawings = await Promise.all(people.map((who) => drawn(who, shown)))
  for (const text of texts) if (/^[\w ]{20,}$/.test(text)) expect(drawings[0]?.join('\n')).toContain(text)
  for (const [at, drawing] of drawings.entries()) expect(drawing, `${LANES[at]} beside ${LANES[0]}`).toEqual(drawings[0])
  for (const [at, { page }] of people.entries()) {
    expect(await page.evaluate(() => window.__pwned)).toBeUndefined()
    expect(new URL(page.url()).pathname).toBe(`/rooms/${room}/${LANES[at]}`)
  }
  writer.close()
}

/** What each message's words look like, once all have come and all are done. */
async function drawn(who: Person, messages: number): Promise<readonly string[]> {
  await who.until('everything', async () => (await who.articles.count()) === messages)
  await who.settled()
  // Code is coloured some time after it is drawn. HTML is the only language among these texts that is.
  await who.until('colours', async () => (await who.log.locator('figure:has([data-code-language="html"]) code:not(:has(span))').count()) === 0)
  // And so are formulas, all of which can be drawn.
  await who.until('formulas', async () => (await who.log.locator('[data-maths]:not([data-tex])').count()) === 0)
  return who.articles.evaluateAll((articles) =>
    articles.map((article) => `${article.dataset.messageId} ${article.querySelector('[data-part="text"]')?.innerHTML}`),
  )
}

function watch({ name, page }: Person): void {
  const origin = new URL(stage.server.url).origin
  page.on('dialog', (dialog) => {
    troubles.push(`${name}: a dialog says ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (protocol.startsWith('http') && asked !== origin) troubles.push(`${name}: asked for ${request.url()}`)
  })
  page.on('popup', (popup) => troubles.push(`${name}: opened ${popup.url()}`))
}
