// The page that shows all lanes at once, with what each of them costs the browser; and the same figures on a room's own page.
import type { Locator } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { LANES } from '../../src/lanes/lanes'
import { command } from '../support/room'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

/** The standard reply alone takes some eight seconds, ms. */
const PATIENCE_MS = 60_000

const LABELS = ['RSC', 'Agents', 'TinyBase'] as const

/** The guide is the model that everybody has, and it knows the standard reply by heart. */
beforeAll(() => stage.server.restart({ MODEL: '', OPENAI_BASE_URL: '' }))

const LOOKS = [
  { look: 'on a desk', viewport: { width: 1280, height: 800 } },
  { look: 'on a phone', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
] as const

describe.each(LOOKS)('the compare page, $look', ({ look: _look, ...options }) => {
  it(
    'one press streams one reply to all lanes, and says what each took',
    async () => {
      const ann = await stage.person('Ann', { options: { ...options, ...WITH_AXE } })
      const room = await stage.room(ann.guest)
      await openCompare(ann, room)
      expect(await barriers(ann), 'before').toEqual([])

      await button(ann, 'Run the standard reply').click()
      await ann.until('the reply is complete in every lane', async () => (await ann.page.locator(`${REPLY}[data-status="complete"]`).count()) === LANES.length)
      await outcome(ann).filter({ hasText: 'fewest bytes' }).waitFor()

      const texts = await ann.page.locator(`${REPLY} [data-part="text"]`).allTextContents()
      expect(texts[0]).toMatch(/^Two rivers met below a town.* Some came by$/)
      expect(new Set(texts)).toEqual(new Set([texts[0]]))

      // The text in its frames: never less than itself, and a frame around every word costs several times a word.
      const ratios = await figures(ann, 'Size on the wire')
      for (const ratio of ratios) expect(ratio).toBeGreaterThan(0.9)
      for (const ratio of ratios) expect(ratio).toBeLessThan(8)
      for (const name of ['Received', 'Frames', 'First word', 'Script time']) {
        for (const figure of await figures(ann, name)) expect(figure, name).toBeGreaterThan(0)
      }
      for (const lag of await figures(ann, 'Behind the fastest')) expect(lag).toBeGreaterThanOrEqual(0)
      expect(await ann.page.locator('td[data-best="true"]').count()).toBeGreaterThan(0)
      expect(await barriers(ann), 'after').toEqual([])

      await button(ann, 'Reset').click()
      for (const name of ['Frames', 'Size on the wire']) expect(await cells(ann, name).allTextContents(), name).toEqual(['–', '–', '–'])
    },
    PATIENCE_MS,
  )
})

it(
  'three agents of a room answer at once, each whole in every lane, and the figures are of all three',
  async () => {
    const ann = await stage.person('Ann')
    const room = await stage.room(ann.guest)
    await openCompare(ann, room)
    expect(await button(ann, 'Run three agents at once').count()).toBe(0)
    for (const name of ['Scout', 'Critic']) {
      const profile = { handle: name.toLowerCase(), name, instruction: 'Be brief.', mode: 'mention' }
      expect((await command(ann.guest, room, { type: 'save-agent', profile })).status).toBe(200)
    }
    await openCompare(ann, room)
    await button(ann, 'Run three agents at once').click()
    const complete = ann.page.locator(`${REPLY}[data-status="complete"]`)
    await ann.until('three replies are complete in every lane', async () => (await complete.count()) === 3 * LANES.length)
    await outcome(ann).filter({ hasText: 'fewest bytes' }).waitFor()
    const texts = await ann.page.locator(`${REPLY} [data-part="text"]`).allTextContents()
    expect(new Set(texts.slice(0, 3))).toEqual(new Set(texts))
    for (const ratio of await figures(ann, 'Size on the wire')) {
      expect(ratio).toBeGreaterThan(0.9)
      expect(ratio).toBeLessThan(8)
    }
    for (const name of ['Received', 'Frames', 'First word']) for (const figure of await figures(ann, name)) expect(figure, name).toBeGreaterThan(0)
  },
  PATIENCE_MS,
)

it('the page shows the room before any script runs, three times', async () => {
  const ann = await stage.person('Ann')
  const room = await stage.room(ann.guest)
  await ann.enter(room, 'agents')
  await ann.say('@Ann good morning to all lanes')
  await ann.settled()
  const reader = await stage.person(ann.guest, { options: { javaScriptEnabled: false } })
  await reader.page.goto(`/rooms/${room}/compare`)
  for (const label of LABELS) {
    const log = reader.page.getByRole('log', { name: `Messages, ${label} lane`, exact: true })
    expect(await log.getByRole('article').count(), label).toBe(1)
  }
})

it('what somebody says elsewhere arrives in every pane', async () => {
  const [ann, bo] = await Promise.all([stage.person('Ann'), stage.person('Bo')])
  const room = await stage.room(ann.guest)
  await openCompare(ann, room)
  await bo.enter(room, 'tinybase')
  await bo.say('@Ann do you see this three times?')
  for (const label of LABELS)
    await ann.page
      .getByRole('log', { name: `Messages, ${label} lane` })
      .getByText('do you see this three times?')
      .waitFor()
})

it('a stranger is asked for a name, and a private room stays private', async () => {
  const ann = await stage.guest('Ann')
  const made = await ann.fetch(new URL('/rooms', ann.origin), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ name: `secret ${crypto.randomUUID().slice(0, 8)}`, access: 'private' }),
  })
  const { location } = await made.json<{ location: string }>()
  const stranger = await stage.stranger()
  await stranger.page.goto(`${location}/compare`)
  await stranger.page.getByRole('textbox', { name: 'Your name' }).waitFor()
  const bo = await stage.person('Bo')
  bo.expects(/status of 403/)
  expect((await bo.page.goto(`${location}/compare`))?.status()).toBe(403)
})

describe.each(LANES)('?debug in the %s lane', (lane) => {
  it('shows the figures of that lane, beside the composer', async () => {
    const ann = await stage.person('Ann')
    const room = await stage.room(ann.guest)
    await ann.page.goto(`/rooms/${room}/${lane}?debug`)
    await ann.is('Connected')
    await ann.say('count to 60')
    await ann.seesReply('complete')
    const panel = ann.page.locator('details[data-lane]')
    const figure = (name: string) => panel.locator('dt', { hasText: name }).locator('+ dd')
    await ann.until('the last figures are shown', async () => numberIn(await figure('Size on the wire').textContent()) > 0.9)
    for (const name of ['Received', 'Frames', 'First word', 'Script time']) expect(numberIn(await figure(name).textContent()), name).toBeGreaterThan(0)
    expect(await overlap(panel, ann.composer)).toBe(false)
    await panel.locator('summary').click()
    expect(await figure('Frames').isVisible()).toBe(false)
  })
})

it('without ?debug nothing is measured', async () => {
  const ann = await stage.person('Ann')
  await ann.enter(await stage.room(ann.guest), 'agents')
  expect(await ann.page.locator('details[data-lane]').count()).toBe(0)
})

it('the way there is in the room menu', async () => {
  const ann = await stage.person('Ann')
  const room = await stage.room(ann.guest)
  await ann.enter(room, 'rsc')
  await ann.button('Room menu').click()
  await ann.page.getByRole('link', { name: 'Compare live' }).click()
  await ann.page.getByRole('heading', { level: 1, name: 'One room, three sync engines' }).waitFor()
  expect(new URL(ann.page.url()).pathname).toBe(`/rooms/${room}/compare`)
})

const REPLY = 'article[data-author-kind="agent"]'

/** Opens the page, and waits until every lane is live. */
async function openCompare(person: Person, room: RoomId): Promise<void> {
  await person.page.goto(`/rooms/${room}/compare`)
  await button(person, 'Run the standard reply').and(person.page.locator(':enabled')).waitFor()
}

function button({ page }: Person, name: string): Locator {
  return page.getByRole('button', { name })
}

function outcome({ page }: Person): Locator {
  return page.getByRole('status', { name: 'Outcome' })
}

function cells({ page }: Person, row: string): Locator {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${row}`) }) })
    .getByRole('cell')
}

/** One figure per lane. */
async function figures(person: Person, row: string): Promise<readonly number[]> {
  return (await cells(person, row).allTextContents()).map(numberIn)
}

/** The first number of a text such as `1,240 ms`; NaN when there is none. */
function numberIn(text: string | null): number {
  return Number.parseFloat((text ?? '').replaceAll(/[,\u2068]/g, ''))
}

async function overlap(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()])
  if (!a || !b) throw new Error('one of them is not on the page')
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
