// Every flow by keyboard alone: nothing here presses a mouse button.
import { expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

it.each(LANES)(
  '[R112] sign in, write, answer, stop, ask again, read back, invite, clear, rename, change rooms and sign out by keyboard alone: %s lane',
  async (lane) => {
    const owner = await stage.guest('Olga')
    const room = await stage.room(owner)
    const olga = await stage.person(owner, { room, lane })
    const ann = await stage.stranger()
    const { page } = ann
    const press = (key: string) => page.keyboard.press(key)
    await page.goto(`/rooms/${room}/${lane}`)
    // The name is asked for with the focus in its box, once the browser has drawn it.
    await ann.until('the focus is in the box', async () => (await focus(ann)).includes('name'))
    await page.keyboard.type('Ann')
    await press('Enter')
    await ann.is('Connected')
    await ann.until('the focus is in the composer', () => ann.composer.evaluate((box) => box === document.activeElement))
    await page.keyboard.type('@Olga hello')
    await press('Enter')
    await olga.sees('hello')

    await page.keyboard.type('[[words:60 hold after:20]] go on')
    await press('Enter')
    await ann.sees('word20')
    await reach(ann, 'Stop')
    await press('Enter')
    await ann.seesReply('stopped')
    await reach(ann, 'Retry', 'Shift+Tab')
    await press('Space')
    await ann.button('Retry').waitFor({ state: 'detached' })
    await reach(ann, 'Stop')
    await press('Enter')
    await ann.seesReply('stopped')
    // The list is scrolled with keys.
    await reach(ann, 'Messages', 'Shift+Tab')
    await press('Home')
    await ann.until('the beginning is in sight', () => ann.log.evaluate((list) => list.scrollTop === 0))

    await reach(ann, /^Who is here: /, 'Shift+Tab')
    await press('Enter')
    await page.getByRole('dialog', { name: 'Who is here' }).waitFor()
    await press('Escape')
    await page.getByRole('dialog', { name: 'Who is here' }).waitFor({ state: 'hidden' })
    expect(await focus(ann)).toMatch(/^Who is here: /)

    await reach(ann, /^Your account, Ann/, 'Shift+Tab')
    await press('Enter')
    await reach(ann, 'Name')
    await press('ControlOrMeta+a')
    await page.keyboard.type('Anna')
    await press('Enter')
    await page.getByRole('button', { name: 'Your account, Anna' }).waitFor()
    await ann.is('Connected')

    await reach(ann, lane === 'rsc' ? 'TinyBase' : 'RSC')
    await press('Enter')
    await page.waitForURL(`**/${lane === 'rsc' ? 'tinybase' : 'rsc'}`)
    await ann.is('Connected')
    await reach(ann, 'New room')
    await press('Enter')
    await reach(ann, 'Room name')
    await page.keyboard.type(`of ${lane} ${room}`)
    await reach(ann, 'Private, by invitation only')
    await press('Space')
    await press('Enter')
    await page.getByText('Nothing said in').waitFor()
    await ann.is('Connected')

    await page.keyboard.type('@nobody to be cleared')
    await press('Enter')
    await ann.sees('to be cleared')
    await reach(ann, 'Room menu', 'Shift+Tab')
    await press('Enter')
    await reach(ann, 'Copy invitation')
    await press('Enter')
    await page.getByText('Copied.').or(page.getByText('This browser does not let pages copy')).waitFor()
    await reach(ann, 'Clear')
    await press('Enter')
    await page.getByRole('dialog', { name: /^Clear / }).waitFor()
    await reach(ann, 'Clear all messages')
    await press('Enter')
    await page.getByText('Nothing said in').waitFor()
    expect(await focus(ann)).not.toBe('body')

    await reach(ann, /^Your account, Anna/, 'Shift+Tab')
    await press('Enter')
    await reach(ann, 'Sign out')
    await press('Enter')
    await page.getByRole('textbox', { name: 'Your name' }).waitFor()
  },
)

it('[R112] an owner removes somebody, and thinks better of it, by keyboard alone', async () => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  const bo = await stage.person('Bo', { room, lane: 'agents' })
  const olga = await stage.person(owner)
  await olga.page.goto(`/rooms/${room}/members`)
  for (const answer of ['Cancel', 'Remove Bo']) {
    await reach(olga, 'Remove Bo')
    await olga.page.keyboard.press('Enter')
    await olga.page.getByRole('heading', { name: /^Remove somebody from / }).waitFor()
    await reach(olga, answer)
    await olga.page.keyboard.press('Enter')
    await olga.page.getByRole('heading', { name: /^Members of / }).waitFor()
  }
  await bo.page.getByText('You are not in this room any more.').waitFor()
  expect(await olga.button('Remove Bo').count()).toBe(0)
})

it('[R112] an owner deletes a room and has it back by keyboard alone', async () => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  const olga = (await stage.person(owner)).expects(/status of 404/)
  await olga.page.goto(`/rooms/${room}/members`)
  await reach(olga, 'Delete this room')
  await olga.page.keyboard.press('Enter')
  await reach(olga, 'Delete room')
  await olga.page.keyboard.press('Enter')
  await olga.page.getByRole('heading', { name: /was deleted$/ }).waitFor()
  await reach(olga, 'Restore room')
  await olga.page.keyboard.press('Enter')
  await olga.is('Connected')
})

it('[R104] [R112] the comparison is run by keyboard alone, and its button keeps the focus', async () => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  const olga = await stage.person(owner)
  await olga.page.goto(`/rooms/${room}/compare`)
  await olga.button('Run the standard reply').and(olga.page.locator(':enabled:not([aria-disabled="true"])')).waitFor()
  await reach(olga, 'Run the standard reply')
  await olga.page.keyboard.press('Enter')
  await olga.until(
    'the reply is complete in every lane',
    async () => (await olga.page.locator('article[data-author-kind="agent"][data-status="complete"]').count()) === LANES.length,
  )
  expect(await focus(olga)).toBe('Run the standard reply')
  await reach(olga, 'Reset')
  await olga.page.keyboard.press('Enter')
  expect(await focus(olga)).toBe('Reset')
})

/** How many stops there are on a page, at most. */
const STOPS = 60

/** Presses Tab until this has the focus. What has it is always on the screen, and shows that it has it. */
async function reach(person: Person, name: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let stop = 0; stop < STOPS; stop++) {
    const now = await focus(person)
    if (typeof name === 'string' ? now === name : name.test(now)) return
    passed.push(now)
    await person.page.keyboard.press(key)
  }
  throw new Error(`${person.name} did not reach ${String(name)}, but: ${passed.join(' | ')}`)
}

function focus({ page }: Person): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return 'body'
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null
    const words = element.getAttribute('aria-label') ?? label ?? element.textContent ?? ''
    return words.trim() || element.localName
  })
}
