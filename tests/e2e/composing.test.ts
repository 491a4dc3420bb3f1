// Where people write, on every device: keys on glass and on a desk, drafts in several tabs, little room, and pictures.
import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { LANES } from '../../src/lanes/lanes'
import { usePair } from './stage/pair'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const SIX_LINES = '@Ann one\ntwo\nthree\nfour\nfive\nsix'

describe.each(LANES)('%s lane', (lane) => {
  const pair = usePair(stage, lane)

  it('[R100] on a phone Enter starts a line, and Send sends both', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.person(owner, { room, lane, options: PHONE })
    await ann.composer.tap()
    await ann.composer.pressSequentially('@Ann one')
    await ann.composer.press('Enter')
    await ann.composer.pressSequentially('two')
    expect(await ann.composer.inputValue()).toBe('@Ann one\ntwo')
    expect(await ann.composer.getAttribute('enterkeyhint')).toBe('enter')
    await ann.button('Send').tap()
    await ann.sees('two')
    expect(await ann.composer.inputValue()).toBe('')
    expect(await ann.articles.count()).toBe(1)
  })

  it('[R101] two tabs have a draft each: what is sent in one leaves the other’s, also after a reload', async () => {
    const { ann } = await pair()
    const other = await ann.tab()
    await other.page.goto(ann.page.url())
    await other.is('Connected')
    await ann.composer.fill('@Ann from the first')
    await other.composer.fill('still being written')
    await ann.composer.press('Enter')
    await ann.sees('from the first')
    expect(await other.composer.inputValue()).toBe('still being written')
    await other.reload()
    await other.until('the draft is back', async () => (await other.composer.inputValue()) === 'still being written')
    await ann.reload()
    expect(await ann.composer.inputValue()).toBe('')
    await other.page.close()
  })

  it('[R102] at 400 % a draft of six lines leaves two lines of messages to read, and takes no more than half', async () => {
    const { room } = await roomToRead()
    const bo = await stage.person('Bo', { room, lane, options: { viewport: { width: 320, height: 256 } } })
    await bo.composer.fill(SIX_LINES)
    await bo.until('two lines are in sight', async () => (await inSight(bo)).lines >= 2)
    const { foot, left } = await inSight(bo)
    expect(foot).toBeLessThanOrEqual(left / 2 + 1)
    expect(await overflows(bo.page)).toBe(false)
  })

  it('[R103] a picture that is pasted or dropped is refused in words, and the draft stays', async () => {
    const { ann } = await pair()
    await ann.composer.fill('look at')
    await ann.composer.evaluate(paste, { file: true, text: '' })
    await ann.page.getByRole('alert').filter({ hasText: 'cannot be attached yet' }).waitFor()
    expect(await ann.composer.inputValue()).toBe('look at')
    expect(await ann.log.evaluate(drop)).toBe(true)
    expect(await ann.composer.inputValue()).toBe('look at')
    await ann.composer.press('End')
    await ann.composer.pressSequentially(' this')
    await ann.page.getByRole('alert').filter({ hasText: 'cannot be attached yet' }).waitFor({ state: 'detached' })
  })
})

describe('[R100] keys', () => {
  it.each([
    ['Control+Enter', true],
    ['Meta+Enter', true],
    ['Shift+Enter', false],
    ['Alt+Enter', false],
    ['Enter', false],
  ])('%s on a phone', async (key, sent) => {
    const owner = await stage.guest('Ann')
    const ann = await stage.person(owner, { room: await stage.room(owner), lane: 'agents', options: PHONE })
    await ann.composer.pressSequentially('@Ann hello')
    await ann.composer.press(key)
    if (sent) await ann.sees('hello')
    else expect(await ann.articles.count()).toBe(0)
    expect((await ann.composer.inputValue()) === '').toBe(sent)
  })

  it('a tablet to which somebody put a keyboard is as a desk, until the keyboard on its screen comes back', async () => {
    const owner = await stage.guest('Ann')
    const options = { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true }
    const ann = await stage.person(owner, { room: await stage.room(owner), lane: 'agents', options })
    await ann.composer.pressSequentially('@Ann helo')
    await ann.composer.press('ArrowLeft')
    await ann.composer.pressSequentially('l')
    await ann.page.getByText('Enter sends, Shift + Enter starts a new line').waitFor()
    await ann.composer.press('Enter')
    await ann.sees('hello')
    await ann.page.setViewportSize({ width: 820, height: 700 })
    await ann.page.getByText('Enter starts a new line, Send sends').waitFor()
    await ann.composer.pressSequentially('@Ann one')
    await ann.composer.press('Enter')
    expect(await ann.composer.inputValue()).toBe('@Ann one\n')
  })

  it('an Enter that ends a composition sends nothing, on a phone neither', async () => {
    const owner = await stage.guest('Ann')
    const ann = await stage.person(owner, { room: await stage.room(owner), lane: 'agents', options: PHONE })
    await ann.composer.fill('@Ann にほん')
    await ann.composer.evaluate((box) => {
      for (const more of [{ isComposing: true }, { keyCode: 229 }])
        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true, ...more }))
    })
    expect(await ann.composer.inputValue()).toBe('@Ann にほん')
    expect(await ann.articles.count()).toBe(0)
  })
})

describe('[R101] drafts', () => {
  it('a tab that is closed leaves its draft to the next one, and each draft to one tab only', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const first = await stage.person(owner, { room, lane: 'agents' })
    const left = await (await first.tab()).enter(room, 'agents')
    await left.composer.fill('left behind')
    await left.page.close({ runBeforeUnload: true })
    await first.until('it is kept', () => first.page.evaluate(() => Object.values(localStorage).includes('left behind')))
    const next = await (await first.tab()).enter(room, 'rsc')
    await next.until('the draft is taken up', async () => (await next.composer.inputValue()) === 'left behind')
    const another = await (await first.tab()).enter(room, 'rsc')
    expect(await another.composer.inputValue()).toBe('')
    expect(await first.composer.inputValue()).toBe('')
  })

  it('each room has its own, and one that an older release kept is found', async () => {
    const owner = await stage.guest('Ann')
    const [one, two] = [await stage.room(owner), await stage.room(owner)]
    const ann = await stage.person(owner, { room: one, lane: 'agents' })
    await ann.composer.fill('for the one')
    await ann.page.evaluate(([id, room]) => localStorage.setItem(`parley:draft:${id}:${room}`, 'of old'), [owner.id, two])
    await ann.enter(two, 'agents')
    await ann.until('the old draft is here', async () => (await ann.composer.inputValue()) === 'of old')
    await ann.enter(one, 'tinybase')
    await ann.until('the other one is here', async () => (await ann.composer.inputValue()) === 'for the one')
  })

  it('nothing is lost, and nothing fails, where a browser keeps nothing', async () => {
    const owner = await stage.guest('Ann')
    const ann = await stage.person(owner, {
      room: await stage.room(owner),
      lane: 'agents',
      beforeScripts: () => {
        for (const name of ['localStorage', 'sessionStorage'] as const)
          Object.defineProperty(window, name, {
            get: () => {
              throw new DOMException('switched off', 'SecurityError')
            },
          })
      },
    })
    await ann.say('@Ann all the same')
    await ann.sees('all the same')
    await ann.composer.fill('a draft')
    expect(await ann.composer.inputValue()).toBe('a draft')
  })
})

describe('[R102] little room', () => {
  it.each([
    ['a phone of 320 px', 320, 568],
    ['the same on its side', 568, 320],
    ['200 %', 640, 400],
    ['a phone with its keyboard', 390, 450],
    ['a desk', 1280, 800],
  ])('%s: a draft of any length takes no more than half of what the header leaves', async (_, width, height) => {
    const { room } = await roomToRead()
    const bo = await stage.person('Bo', { room, lane: 'agents', options: { viewport: { width, height } } })
    await bo.composer.fill('line\n'.repeat(60))
    await bo.until('two lines are in sight', async () => (await inSight(bo)).lines >= 2)
    const { foot, left } = await inSight(bo)
    expect(foot).toBeLessThanOrEqual(left / 2 + 1)
    expect(await overflows(bo.page)).toBe(false)
    for (const name of ['Send', 'Room menu']) expect(await bo.button(name).isVisible(), name).toBe(true)
  })
})

it('[R102] where a keyboard covers the page instead of making it lower, the room takes the part that is seen', async () => {
  const { room } = await roomToRead()
  const bo = await stage.person('Bo', { room, lane: 'agents', options: PHONE })
  await bo.composer.fill('line\n'.repeat(60))
  // As Safari tells it: the window stays as high as it was.
  const cover = (height: number, offsetTop: number, scale: number) =>
    bo.page.evaluate(
      (seen) => {
        for (const [name, value] of Object.entries(seen)) Object.defineProperty(visualViewport, name, { value, configurable: true })
        visualViewport?.dispatchEvent(new Event('resize'))
      },
      { height, offsetTop, scale },
    )
  const place = () => bo.page.locator('.room').evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect)
  await cover(480, 200, 1)
  await bo.until('the room is above the keyboard', async () => (await place()).height === 480)
  expect((await place()).top).toBe(200)
  const { foot, left, lines } = await inSight(bo)
  expect(foot).toBeLessThanOrEqual(left / 2 + 1)
  expect(lines).toBeGreaterThanOrEqual(2)
  await cover(300, 0, 2.5)
  await bo.until('zooming changes nothing', async () => (await place()).height === 844)
  await cover(844, 0, 1)
  expect((await place()).top).toBe(0)
})

async function roomToRead() {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const ann = await stage.person(owner, { room, lane: 'agents' })
  for (const n of [1, 2, 3]) await ann.say(`@Ann number ${n}: words that take several lines on a screen as narrow as a hand, and are to be read beside a draft`)
  await ann.settled()
  return { owner, room }
}

/** Whole lines of text in sight, and how high the room's foot is, in what the header leaves, px. */
function inSight({ log }: Person) {
  return log.evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect()
    const foot = document.querySelector('.room-foot')?.getBoundingClientRect().height ?? 0
    const left = document.querySelector('.room-body')?.getBoundingClientRect().height ?? 0
    const words = document.createRange()
    const tops = new Set<number>()
    for (const text of list.querySelectorAll('[data-part="text"]')) {
      words.selectNodeContents(text)
      for (const line of words.getClientRects()) if (line.height > 0 && line.top >= top - 1 && line.bottom <= bottom + 1) tops.add(Math.round(line.top))
    }
    return { lines: tops.size, foot, left }
  })
}

function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight)
}

/** As a browser does it: a test cannot fill the clipboard with a picture everywhere. */
function paste(box: Element, { file, text }: { readonly file: boolean; readonly text: string }): void {
  const clipboardData = new DataTransfer()
  if (file) clipboardData.items.add(new File([new Uint8Array(8)], 'picture.png', { type: 'image/png' }))
  if (text) clipboardData.setData('text/plain', text)
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}

/** Whether the page keeps the browser from leaving for a file that is dropped on it. */
function drop(list: Element): boolean {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([new Uint8Array(8)], 'picture.png', { type: 'image/png' }))
  return ['dragover', 'drop'].every((type) => !list.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })))
}
