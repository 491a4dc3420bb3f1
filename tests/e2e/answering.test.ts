// Who will answer, who waits and for what: at the box and on the rows, on a phone and at a desk, in every lane.
import { describe, expect, it } from 'vitest'
import { MERGE_WITHIN_MS } from '../../src/agents/queue/enqueue'
import type { RoomId } from '../../src/conversation/ids'
import { LANES } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { command } from '../support/room'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

/** A room of Ann's: Parley, who answers what is plainly meant for it, and Scout and Critic, who are to be mentioned. */
async function roomOfThree(ann: Guest, atOnce = 1): Promise<RoomId> {
  const room = await stage.room(ann)
  const saved = [await command(ann, room, { type: 'save-agent', agent: 'parley', profile: { mode: 'auto', atOnce } })]
  for (const [handle, name, emoji, colour] of [
    ['scout', 'Scout', '🔭', 'teal'],
    ['critic', 'Critic', '', 'violet'],
  ] as const) {
    saved.push(await command(ann, room, { type: 'save-agent', profile: { handle, name, emoji, colour, instruction: 'Be brief.', mode: 'mention', atOnce } }))
  }
  expect(saved.map(({ status }) => status)).toEqual([200, 200, 200])
  return room
}

const forecast = (person: Person, words: string) => person.page.locator('[data-part="forecast"]', { hasText: words }).waitFor()
const waiting = (person: Person) => person.log.locator('article[data-status="waiting"]')

describe.each(LANES)('%s lane', (lane) => {
  it('[R170] the box says who will answer and why, as one types, and the room does the same', async () => {
    const ann = await stage.guest('Ann')
    const room = await roomOfThree(ann)
    const person = await stage.person(ann, { room, lane })
    await forecast(person, 'Parley will answer: alone with you')
    const before = await person.composer.boundingBox()
    await person.composer.fill('@Scout what is new?')
    await forecast(person, 'Scout will answer: mentioned')
    await person.composer.fill('@Scout and @critic, what is new? [[words:4]]')
    await forecast(person, 'Scout and Critic will answer: mentioned')
    expect((await person.composer.boundingBox())?.y).toBe(before?.y)
    await person.composer.press('Enter')
    await person.until('two answers', async () => (await person.replies.count()) === 2)
    expect(await person.replies.evaluateAll((all) => all.map((one) => `${one.getAttribute('aria-label')} ${one.dataset['why']}`))).toEqual([
      'Scout, AI mention',
      'Critic, AI mention',
    ])
    await person.settled()
    // A second person is here: nobody is alone any more.
    const bo = await stage.person('Bo', { room, lane })
    await forecast(bo, 'Nobody will answer: no agent is addressed')
    await bo.composer.fill('@Ann, have you seen it?')
    await forecast(bo, 'Nobody will answer: somebody else is addressed')
  })

  it('[R179] a reply that was cancelled says once how it ended, also after a reload', async () => {
    const ann = await stage.guest('Ann')
    const room = await roomOfThree(ann)
    const person = await stage.person(ann, { room, lane })
    await person.say('@Parley begin [[hold]]')
    await person.seesReply('streaming')
    // By somebody else it would be answered together.
    const bo = await stage.person('Bo', { room, lane })
    await bo.say('@Parley and this')
    await waiting(bo).getByRole('button', { name: 'Cancel' }).click()
    for (const one of [person, bo, await bo.reload()]) {
      const ended = one.log.locator('article[data-status="stopped"]')
      await ended.getByText('cancelled by Bo').waitFor()
      await ended.getByRole('button', { name: 'Retry' }).waitFor()
      expect(await ended.getByText('This reply was stopped.').count()).toBe(0)
    }
    // What is stopped by its button says so.
    await person.button('Stop').click()
    await person.log.getByText('This reply was stopped.').waitFor()
    stage.model.release()
  })

  it('[R171] a message replies to another: chosen on it, shown above the box, taken back by Escape', async () => {
    const ann = await stage.guest('Ann')
    const room = await roomOfThree(ann)
    const [person, bo] = [await stage.person(ann, { room, lane }), await stage.person('Bo', { room, lane })]
    await person.say('@Scout say something [[words:4]]')
    await bo.seesReply('complete')
    const chip = bo.page.locator('[data-part="replying"]')
    const reply = bo.replies.first().getByRole('button', { name: 'Reply', exact: true })
    await reply.click()
    await chip.getByText('Replying to Scout').waitFor()
    await forecast(bo, 'Scout will answer: replied to')
    await bo.composer.press('Escape')
    await chip.waitFor({ state: 'detached' })
    await reply.focus()
    await bo.page.keyboard.press('Enter')
    await chip.waitFor()
    await bo.say('and then?')
    await chip.waitFor({ state: 'detached' })
    await bo.log.locator('article[aria-label="Scout, AI"][data-why="reply-to"]').waitFor()
  })

  it('[R172] what is said to an agent that is speaking waits for its end, or is heard now', async () => {
    const ann = await stage.guest('Ann')
    const room = await roomOfThree(ann, 8)
    const person = await stage.person(ann, { room, lane })
    await person.say('begin [[words:30 hold after:5]]')
    await person.seesReply('streaming')
    await person.composer.fill('something else')
    const after = person.page.getByRole('radio', { name: 'after this' })
    const now = person.page.getByRole('radio', { name: 'now' })
    expect([await after.isChecked(), await now.isChecked()]).toEqual([true, false])
    await person.composer.press('Enter')
    await waiting(person).waitFor()
    await person.composer.fill('rather this')
    await now.check()
    await person.composer.press('Enter')
    await person.log.locator('[data-part="why"]', { hasText: 'steered by Ann' }).waitFor()
    await person.seesReply('stopped')
    expect(await person.log.getByText('This reply was stopped.').count()).toBe(0)
    stage.model.release()
    // What was said close behind each other is one turn: it answers both.
    await person.until('all answers', async () => (await person.replies.count()) === 2 && (await waiting(person).count()) === 0)
  })

  it('[R173] two of one’s own that wait for one agent become one by Merge', async () => {
    const ann = await stage.guest('Ann')
    const room = await roomOfThree(ann)
    const [person, bo] = [await stage.person(ann, { room, lane }), await stage.person('Bo', { room, lane })]
    await person.say('@Parley begin [[hold]]')
    await bo.seesReply('streaming')
    await bo.say('@Parley first of Bo')
    await waiting(bo).first().waitFor()
    expect(await bo.button('Merge').count()).toBe(0)
    await person.say('@Parley between')
    await person.until('two wait', async () => (await waiting(person).count()) === 2)
    // What comes close behind the first is answered with it, without being asked.
    const first = Date.now()
    await bo.until('the time for that to be over', async () => Date.now() - first > MERGE_WITHIN_MS + 200)
    await bo.say('@Parley and more of Bo')
    await bo.until('three wait', async () => (await waiting(bo).count()) === 3)
    await bo.button('Merge').first().click()
    await bo.until('one is left', async () => (await waiting(bo).count()) === 2)
    expect(await person.button('Merge').count()).toBe(0)
    stage.model.release()
  })

  it('[R174] an agent has its colour and its picture on what it says, from the page’s first paint on, and among those here', async () => {
    const ann = await stage.guest('Ann')
    const room = await roomOfThree(ann)
    const person = await stage.person(ann, { room, lane })
    await person.say('@Scout hello')
    await person.seesReply('complete')
    const face = person.replies.first().locator('[data-initials]')
    const seen = async () => [await face.getAttribute('data-colour'), await face.getAttribute('data-initials')]
    expect(await seen()).toEqual(['teal', '🔭'])
    const page = await (await ann.fetch(new URL(`/rooms/${room}/${lane}`, ann.origin))).text()
    expect(page).toMatch(/data-initials="🔭" data-picture="" data-colour="teal"/)
    await person.button(/Who is here/).click()
    await person.page.locator('.here-name [data-colour="violet"]').waitFor()
    const scout = (await person.replies.first().getAttribute('data-author')) ?? ''
    await command(ann, room, { type: 'save-agent', agent: scout, profile: { colour: 'red', emoji: '' } })
    await person.until('the new look', async () => (await seen()).join() === 'red,S')
    expect((await person.reload()) && (await seen())).toEqual(['red', 'S'])
  })
})

// What a list of the held back looks like is decided from what every lane holds alike.
it('[R170] [R179] an agent that is off and spoken to is said to be off, stands first among those held back, and may be asked', async () => {
  const ann = await stage.guest('Ann')
  const room = await roomOfThree(ann)
  const scout = await command(ann, room, {
    type: 'save-agent',
    profile: { handle: 'shy', name: 'Shy', emoji: '', colour: 'red', instruction: 'Be brief.', mode: 'off', atOnce: 1 },
  })
  expect(scout.status).toBe(200)
  const person = await stage.person(ann, { room, lane: 'agents' })
  await person.composer.fill('@Shy, are you there?')
  await forecast(person, 'Shy is off: “Ask Shy” under your message asks it')
  await person.composer.press('Enter')
  const held = person.log.locator('[data-part="held"]')
  await held.waitFor()
  expect(await held.textContent()).toMatch(/^Shy: never speaks by itself/)
  await person.button('Ask Shy').click()
  await person.log.locator('article[aria-label="Shy, AI"][data-status="complete"]').waitFor()
})

it.each([
  ['on a phone', 'tinybase', PHONE],
  ['at a desk', 'rsc', {}],
] as const)('[R179] all that were held back are reached from one line, by the keyboard too, and nothing of it is cut: %s', async (_where, lane, options) => {
  const ann = await stage.guest('Ann')
  const room = await roomOfThree(ann)
  for (const name of ['Scribe', 'Ada', 'Hildegard von Bingen'])
    await command(ann, room, {
      type: 'save-agent',
      profile: { name, handle: name.slice(0, 3).toLowerCase(), emoji: '', colour: 'red', instruction: 'Be brief.', mode: 'mention', atOnce: 1 },
    })
  const person = await stage.person(ann, { room, lane, options: { ...options, ...WITH_AXE } })
  await person.composer.fill('@Ann a note')
  await person.button('Send').click()
  const held = person.log.locator('[data-part="held"]')
  const more = held.getByRole('button', { name: /^and \d more$/ })
  await more.waitFor()
  // Beside a button that opens it, words may end in dots; no button is cut, and nothing leaves the line.
  const isWhole = () =>
    held.evaluate((list) => {
      const end = list.getBoundingClientRect().right + 1
      return [...list.querySelectorAll('button')].every((one) => one.scrollWidth <= one.clientWidth + 1 && one.getBoundingClientRect().right <= end)
    })
  expect(await isWhole()).toBe(true)
  const asks = held.getByRole('button', { name: /^Ask / })
  const shown = await asks.count()
  expect(await more.textContent()).toBe(`and ${6 - shown} more`)
  expect((await held.boundingBox())?.height).toBeLessThanOrEqual(44)
  await more.focus()
  await person.page.keyboard.press('Enter')
  await held.getByRole('button', { name: 'Less', exact: true }).waitFor()
  expect(await asks.count()).toBe(6)
  expect(await isWhole()).toBe(true)
  expect(await barriers(person, '[data-part="held"]')).toEqual([])
  expect(await held.getByRole('button', { name: 'Less', exact: true }).evaluate((button) => button === document.activeElement)).toBe(true)
  await asks.last().click()
  await person.until('five are left', async () => (await asks.count()) === 5)
  stage.model.release()
})

it.each([
  ['on a phone', PHONE],
  ['at a desk', {}],
])(
  '[R116] a queue with its buttons, a reply chosen and a choice of when have no barrier, and the page is taken over as it stands: %s',
  async (_where, options) => {
    const ann = await stage.guest('Ann')
    const room = await roomOfThree(ann)
    const person = await stage.person(ann, { room, lane: 'rsc', options: { ...options, ...WITH_AXE } })
    await person.composer.fill('@Parley begin [[hold]]')
    await person.button('Send').click()
    await person.seesReply('streaming')
    await command(ann, room, { type: 'post', id: crypto.randomUUID(), text: '@Parley and this' })
    await waiting(person).waitFor()
    // What React draws anew because it differs is said in the console, which fails the test.
    await person.reload()
    await waiting(person).getByRole('button', { name: 'Cancel' }).waitFor()
    await person.articles.first().getByRole('button', { name: 'Reply', exact: true }).click()
    await person.composer.fill('@Parley more')
    await person.page.getByRole('radio', { name: 'after this' }).waitFor()
    expect(await barriers(person)).toEqual([])
    stage.model.release()
  },
)
