// A message that replies to another: what it replies to is kept with the draft, and shown above what was sent, in every lane.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { command } from '../support/room'
import { DRIVERS } from '../lane-contract/drivers'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

const chip = ({ page }: Person) => page.locator('[data-part="replying"]')
const quotes = ({ log }: Person) => log.locator('[data-part="reply-to"]')

async function choose(person: Person, words: string): Promise<void> {
  const message = person.message(words)
  await message.hover()
  await message.getByRole('button', { name: 'Reply', exact: true }).click()
  await chip(person).waitFor()
}

describe.each(LANES)('%s lane', (lane) => {
  it('[R171] what was chosen to reply to comes back with the draft, and goes once its message is gone', async () => {
    const ann = await stage.guest('Ann')
    const room = await stage.room(ann)
    const person = await stage.person(ann, { room, lane })
    await person.say('@Ann first')
    await person.say('@Ann second')
    await choose(person, 'first')
    // The choice alone, and beside a draft.
    await person.reload()
    await chip(person).getByText('Replying to Ann').waitFor()
    await person.composer.fill('@Ann an answer')
    await person.reload()
    await chip(person).getByText('@Ann first').waitFor()
    await person.composer.press('Enter')
    await quotes(person).getByText('@Ann first').waitFor()
    await person.reload()
    expect(await chip(person).count()).toBe(0)
    await choose(person, 'second')
    await person.reload()
    await chip(person).waitFor()
    await command(ann, room, { type: 'clear' })
    await chip(person).waitFor({ state: 'detached' })
    await person.reload()
    expect(await chip(person).count()).toBe(0)
  })

  it('[R171] a message shows what it replies to, in one plain line that leads there, to everybody and after a reload', async () => {
    const ann = await stage.guest('Ann')
    const room = await stage.room(ann)
    const [person, bo] = [await stage.person(ann, { room, lane }), await stage.person('Bo', { room, lane })]
    await person.say(`@Ann **where** <b>from</b>\n${'and so on '.repeat(60)}`)
    await person.say('@Ann something in between')
    await bo.sees('something in between')
    await choose(bo, 'and so on')
    await bo.say('@Ann from here')
    for (const one of [bo, person]) {
      const quote = quotes(one)
      await quote.waitFor()
      expect(await quote.textContent()).toMatch(/^In reply to Ann: @Ann \*\*where\*\* <b>from<\/b> and so on/)
      expect(await quote.locator('b').count()).toBe(0)
      expect((await quote.textContent())?.length).toBeLessThan(200)
    }
    await bo.settled()
    const before = (await bo.message('from here').boundingBox())?.height
    expect(before).toBeGreaterThan(0)
    await bo.reload()
    await quotes(bo).waitFor()
    expect((await bo.message('from here').boundingBox())?.height).toBe(before)
    await bo.page.getByRole('link', { name: /^In reply to Ann: @Ann/ }).focus()
    await bo.page.keyboard.press('Enter')
    await bo.until('the message that it replies to has the focus', () => bo.message('and so on').evaluate((message) => message === document.activeElement))
    expect(new URL(bo.page.url()).hash).toBe('')
  })
})

it('[R171] what replies to a message that is not loaded says so, and shows it once it is', async () => {
  const ann = await stage.guest('Ann')
  const room = await stage.room(ann)
  const writer = await stage.join(DRIVERS.agents, room, ann)
  const first = writer.client.post('@Ann the first of many')
  for (let n = 1; n < 50; n++) writer.client.post(`@Ann message ${n}.`)
  await writer.settled()
  writer.client.post('@Ann an answer to that', undefined, { replyTo: first })
  await writer.sees('an answer to that')
  const bo = await stage.person('Bo', { room, lane: 'agents' })
  await quotes(bo).getByText('In reply to an earlier message').waitFor()
  await bo.button('Load earlier messages').click()
  await quotes(bo).getByText('the first of many').waitFor()
})

it.each([
  ['on a phone', PHONE],
  ['at a desk', {}],
])('[R116] a message with what it replies to has no barrier, and nothing of it is cut or moves: %s', async (_where, options) => {
  const ann = await stage.guest('Ann')
  const room = await stage.room(ann)
  const person = await stage.person(ann, { room, lane: 'rsc', options: { ...options, ...WITH_AXE } })
  await person.composer.fill(`@Ann ${'long'.repeat(80)}`)
  await person.button('Send').click()
  await choose(person, 'long')
  await person.composer.fill('@Ann yes')
  await person.button('Send').click()
  await quotes(person).waitFor()
  expect(await person.log.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0)
  expect(await barriers(person)).toEqual([])
})
