// Whom one may mean by an @: a list above the box, for keys, pointers, fingers and input methods, in every lane.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { command } from '../support/room'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

const list = ({ page }: Person) => page.getByRole('listbox', { name: 'Whom to mention' })
const options = (person: Person) => list(person).getByRole('option')
const active = async (person: Person) => {
  const id = await person.composer.getAttribute('aria-activedescendant')
  return id === null ? null : person.page.evaluate((option) => document.getElementById(option)?.querySelector('[dir]')?.textContent ?? null, id)
}

/** A room of Ann's with Parley, and Scout, who is off. */
async function roomOfTwo() {
  const ann = await stage.guest('Ann')
  const room = await stage.room(ann)
  await command(ann, room, {
    type: 'save-agent',
    profile: { handle: 'scout', name: 'Scout', emoji: '🔭', colour: 'teal', instruction: 'Be brief.', mode: 'off', atOnce: 1 },
  })
  return { ann, room }
}

describe.each(LANES)('%s lane', (lane) => {
  it('[R178] an @ lists the agents and the people who are here; arrows choose, Enter takes and does not send, Escape closes', async () => {
    const { ann, room } = await roomOfTwo()
    const person = await stage.person(ann, { room, lane })
    const bo = await stage.person('Bo', { room, lane })
    await bo.composer.pressSequentially('Hello @')
    await list(bo).waitFor()
    expect(await options(bo).locator('[dir]').allTextContents()).toEqual(['Parley', 'Scout', 'Ann'])
    expect(await active(bo)).toBe('Parley')
    await bo.composer.press('ArrowUp')
    expect(await active(bo)).toBe('Ann')
    await bo.composer.press('ArrowDown')
    await bo.composer.press('ArrowDown')
    await bo.composer.press('Enter')
    await list(bo).waitFor({ state: 'detached' })
    expect(await bo.composer.inputValue()).toBe('Hello @Scout ')
    expect(await bo.articles.count()).toBe(0)
    await bo.composer.pressSequentially('and @a')
    await list(bo).waitFor()
    await bo.composer.press('Tab')
    expect(await bo.composer.inputValue()).toBe('Hello @Scout and @Ann ')
    // What is typed further is no name, and goes as it is.
    await bo.composer.pressSequentially('and @sc')
    await list(bo).waitFor()
    await bo.composer.press('Escape')
    await list(bo).waitFor({ state: 'detached' })
    await bo.composer.press('Enter')
    await person.sees('Hello @Scout and @Ann and @sc')
    expect(await bo.page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  })

  it('[R178] who comes is on the list, and a whole name leaves Enter to sending', async () => {
    const { ann, room } = await roomOfTwo()
    const person = await stage.person(ann, { room, lane })
    await person.composer.pressSequentially('@')
    await list(person).waitFor()
    await stage.person('Zoë', { room, lane })
    await person.until('Zoë is on the list', async () => (await options(person).allTextContents()).some((option) => option.includes('Zoë')))
    await person.composer.pressSequentially('zoe')
    expect(await active(person)).toBe('Zoë')
    await person.composer.fill('@ann')
    await person.composer.press('Enter')
    await person.sees('@ann')
  })
})

it('[R178] undoing takes a suggestion back, and Shift+Enter begins a line beside an open list', async () => {
  const { ann, room } = await roomOfTwo()
  const person = await stage.person(ann, { room, lane: 'agents' })
  await person.composer.pressSequentially('@par')
  await list(person).waitFor()
  await person.composer.press('Enter')
  expect(await person.composer.inputValue()).toBe('@Parley ')
  await person.composer.press('Control+z')
  expect(await person.composer.inputValue()).toBe('@par')
  await person.composer.press('End')
  await list(person).waitFor()
  await person.composer.press('Shift+Enter')
  expect(await person.composer.inputValue()).toBe('@par\n')
  await list(person).waitFor({ state: 'detached' })
})

it('[R178] nothing happens while an input method composes, and code and e-mail addresses open no list', async () => {
  const { ann, room } = await roomOfTwo()
  const person = await stage.person(ann, { room, lane: 'agents' })
  await person.composer.pressSequentially('@')
  await list(person).waitFor()
  const compose = (type: string) => person.composer.evaluate((box, event) => box.dispatchEvent(new CompositionEvent(event, { bubbles: true })), type)
  await compose('compositionstart')
  await list(person).waitFor({ state: 'detached' })
  const before = await person.composer.inputValue()
  await person.composer.evaluate((box) => {
    for (const key of ['Enter', 'Tab', 'ArrowDown', 'Escape'])
      box.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }))
  })
  expect(await person.composer.inputValue()).toBe(before)
  await compose('compositionend')
  await list(person).waitFor()
  for (const text of ['`@', '```\n@', 'me@', 'https://example.com/@']) {
    await person.composer.fill(text)
    await person.composer.press('s')
    expect(await list(person).count(), text).toBe(0)
  }
})

it.each([
  ['on a phone', PHONE],
  ['with a keyboard on it', { ...PHONE, viewport: { width: 390, height: 450 } }],
  ['at 400 %', { viewport: { width: 320, height: 256 } }],
  ['at a desk', {}],
])('[R178] [R116] the list stands above the box and within the room, takes a tap, and has no barrier: %s', async (_where, device) => {
  const { ann, room } = await roomOfTwo()
  for (let n = 1; n <= 9; n++) {
    const profile = { handle: `helper-${n}`, name: `Helper ${n}`, emoji: '', colour: 'teal', instruction: 'Be brief.', mode: 'mention', atOnce: 1 }
    await command(ann, room, { type: 'save-agent', profile })
  }
  const person = await stage.person(ann, { room, lane: 'agents', options: { ...device, ...WITH_AXE } })
  await person.composer.pressSequentially('@')
  await list(person).waitFor()
  const place = await list(person).boundingBox()
  const box = await person.page.locator('.composer').boundingBox()
  const body = await person.page.locator('.room-body').boundingBox()
  expect((place?.y ?? 0) + (place?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0)
  expect(place?.y ?? 0).toBeGreaterThanOrEqual((body?.y ?? 0) - 1)
  expect(await barriers(person)).toEqual([])
  await person.composer.press('ArrowUp')
  expect(await active(person)).toBe('Helper 9')
  await person.until('the one that is chosen is in sight', () =>
    list(person).evaluate((all) => {
      const chosen = all.querySelector('[aria-selected="true"]')?.getBoundingClientRect()
      return chosen !== undefined && chosen.bottom <= all.getBoundingClientRect().bottom + 1
    }),
  )
  const second = options(person).last()
  await ('hasTouch' in device ? second.tap() : second.click())
  expect(await person.composer.inputValue()).toBe('@Helper 9 ')
  expect(await person.composer.evaluate((element) => element === document.activeElement)).toBe(true)
})
