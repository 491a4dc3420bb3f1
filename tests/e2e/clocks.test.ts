// What time it is for whom: by the server's clock, in the reader's language and zone, and written in the order of writing.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { useStage } from './stage/stage'

const stage = useStage()

const NO_NETWORK = /net::ERR_|WebSocket connection to .* failed/
const HOUR = 3_600_000

declare global {
  interface Window {
    clockAhead?: number
  }
}

/** A device whose clock is so many ms ahead. Runs before the page's scripts. */
function setClock(ahead: number): void {
  const Real = Date
  window.clockAhead = ahead
  const now = () => Real.now() + (window.clockAhead ?? 0)
  // As `new Date(…)` and `Date.now()` are used; a Proxy keeps everything else as it is.
  window.Date = new Proxy(Real, {
    construct: (Made, given) => Reflect.construct(Made, given.length === 0 ? [now()] : given) as Date,
    get: (Made, name) => (name === 'now' ? now : Reflect.get(Made, name)),
  })
}

describe.each(LANES)('%s lane', (lane) => {
  it.each([
    ['25 h ahead', 25 * HOUR],
    ['3 h behind', -3 * HOUR],
    ['a year behind', -365 * 24 * HOUR],
  ])('[R107] what is said now is said now on a device whose clock is %s', async (_, ahead) => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.person(owner, { room, lane })
    await ann.say('@Ann before they come')
    await ann.sees('before they come')
    const bo = await stage.person('Bo', { options: { locale: 'en-GB' } })
    await bo.context.addInitScript(setClock, ahead)
    await bo.enter(room, lane)
    expect(Math.abs((await bo.page.evaluate(() => new Date().getTime())) - Date.now() - ahead)).toBeLessThan(60_000)
    await ann.say('@Bo and after')
    await bo.sees('and after')
    await bo.until('the times are sensible', async () =>
      (await bo.log.locator('time').allTextContents()).every((said) => /^(just now|[1-5] min ago)$/.test(said)),
    )
    await bo.say('@Ann mine too')
    await bo.sees('mine too')
    await bo.settled()
    expect((await bo.log.locator('time').allTextContents()).filter((said) => !/^(just now|[1-5] min ago)$/.test(said))).toEqual([])
  })
})

const LANGUAGES = [
  ['de-DE', 'Europe/Berlin', /^(jetzt|vor \d+ Min\.)$/, 'de-DE'],
  ['ja-JP', 'Asia/Tokyo', /^(今|\d+ 分前)$/, 'ja-JP'],
  ['ar-EG', 'Africa/Cairo', /^(الآن|قبل .+)$/, 'ar-EG'],
  ['en-US', 'America/New_York', /^(just now|\d+ min\. ago)$/, null],
] as const

/** One component says the times of every lane: each lane shows it once, in turn, and the first of them every language. */
const IN_LANES = LANGUAGES.flatMap((language, at) =>
  [LANES[0], ...LANES.slice(1).filter((_, other) => other === at)].map((lane) => [lane, ...language] as const),
)

it.each(IN_LANES)('[R109] times are said in the reader’s language: %s lane, %s', async (lane, locale, timezoneId, words, lang) => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const ann = await stage.person(owner, { room, lane, options: { locale, timezoneId } })
  await ann.say('@Ann now')
  await ann.settled()
  await ann.reload()
  const time = ann.log.locator('time').first()
  await ann.until('the time is theirs', async () => words.test((await time.textContent()) ?? ''))
  expect(await time.getAttribute('lang')).toBe(lang)
  await ann.composer.fill('x'.repeat(33_234))
  await ann.page
    .getByRole('alert')
    .filter({ hasText: `Too long by ${(1234).toLocaleString(locale)} characters` })
    .waitFor()
})

it('[R108] what is written offline keeps its order when the device’s clock is set back in between', async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const ann = (await stage.person(owner)).expects(NO_NETWORK)
  await ann.context.addInitScript(setClock, 0)
  await ann.enter(room, 'tinybase')
  await stage.server.kill9()
  await ann.is('Reconnecting')
  for (const [at, text] of ['first', 'second', 'third'].entries()) {
    await ann.page.evaluate((ahead) => (window.clockAhead = ahead), -2 * HOUR * at)
    await ann.say(`@Ann ${text}`)
  }
  await ann.until('all of them wait', async () => (await ann.articles.count()) === 3)
  await ann.page.goto('about:blank')
  await stage.server.restart()
  await ann.enter(room, 'tinybase')
  await ann.until('all of them are posted', async () => (await ann.articles.and(ann.page.locator('[data-status="complete"]')).count()) === 3)
  expect(await ann.articles.locator('[data-part="text"]').allTextContents()).toEqual(['@Ann first', '@Ann second', '@Ann third'])
})
