// What people's words mean and what can be done with them: as typed, mentions, selections, copies and footnotes, in a real
// browser, in every lane where the lane matters.
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { PLAIN_HOST, useStage } from '../e2e/stage/stage'
import { AS_TYPED } from './own-words'

const stage = useStage()

it(`[R80] ${AS_TYPED.length} texts of people stand as they were typed, in every lane`, { timeout: 120_000 }, async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const writer = await stage.join(DRIVERS.agents, room, owner)
  const posted = AS_TYPED.slice(0, 48)
  for (const text of posted) writer.client.post(`@Ann\n\n${text}`)
  await writer.settled()
  for (const lane of LANES) {
    const who = await stage.person(`Reader ${lane}`)
    await who.enter(room, lane)
    await who.until('everything', async () => (await who.articles.count()) === posted.length)
    const shown = await who.articles
      .locator('[data-part="text"]')
      .evaluateAll((texts: HTMLElement[]) => texts.map((text) => text.innerText.replace(/^@Ann\n+/, '')))
    expect(shown, lane).toEqual(posted)
  }
  writer.close()
})

it('[R82] a mention speaks to that person and is marked exactly, in every lane', async () => {
  const owner = await stage.guest('李雷')
  const room = await stage.room(owner)
  const writer = await stage.join(DRIVERS.agents, room, owner)
  await stage.join(DRIVERS.agents, room, await stage.guest('Zoë'))
  await stage.join(DRIVERS.agents, room, await stage.guest('Ann Lee'))
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['＠李雷 你好', ['＠李雷']],
    ['@李雷你好', ['@李雷']],
    ['@Zoe\u0308 hello', ['@Zoe\u0308']],
    ['@Ann Lee, @media print, @Annie, @क', ['@Ann Lee']],
  ]
  for (const [text] of cases) writer.client.post(text)
  await writer.settled()
  expect(writer.messages().map(({ role }) => role)).toEqual(cases.map(() => 'user'))
  for (const lane of LANES) {
    const who = await stage.person(`Reader ${lane}`)
    await who.enter(room, lane)
    await who.until('everything', async () => (await who.articles.count()) === cases.length)
    const marked = await who.articles.evaluateAll((articles) =>
      articles.map((one) => [...one.querySelectorAll('[data-part="text"] b')].map((mark) => mark.textContent)),
    )
    expect(marked, lane).toEqual(cases.map(([, marks]) => marks))
  }
  writer.close()
})

it('[R81] what is written from right to left stands at the right, block by block, in every lane', async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const writer = await stage.join(DRIVERS.agents, room, owner)
  writer.client.post('@Ann\n\nشكرا\n\nthanks\n\n- خبز\n- ماء\n\n> קרא\n\n## الطبخ\n\n|سعر|\n|-|\n|خبز|\n\nتودة, ok')
  await writer.settled()
  for (const lane of LANES) {
    const who = await stage.person(`Reader ${lane}`)
    await who.enter(room, lane)
    await who.message('شكرا').waitFor()
    const sides = await who.log.locator('.prose-message').evaluate((prose) => {
      const whole = prose.getBoundingClientRect()
      return [...prose.querySelectorAll('p, li, h2, td')].map((block) => {
        const range = document.createRange()
        range.selectNodeContents(block)
        const words = range.getBoundingClientRect()
        return whole.right - words.right < words.left - whole.left ? 'right' : 'left'
      })
    })
    expect(sides, lane).toEqual(['left', 'right', 'left', 'right', 'right', 'right', 'right', 'right', 'right'])
  }
  writer.close()
})

it.each(LANES)('[R86] what is selected in a block that grows stays selected: %s', async (lane) => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  await bo.enter(room, lane)
  await bo.say('[[words:400 delay:25]] go on')
  await bo.until('some words', async () => ((await bo.replies.locator('[data-part="text"]').textContent()) ?? '').length > 60)
  const select = () =>
    bo.page.evaluate(() => {
      const text = document.querySelector('article[data-author-kind="agent"] [data-part="text"]')
      const node = text && document.createTreeWalker(text, NodeFilter.SHOW_TEXT).nextNode()
      if (!node) return ''
      document.getSelection()?.setBaseAndExtent(node, 3, node, 20)
      return document.getSelection()?.toString() ?? ''
    })
  const selected = await select()
  const length = async () => ((await bo.replies.locator('[data-part="text"]').textContent()) ?? '').length
  const before = await length()
  await bo.until('it grew', async () => (await length()) > before + 60)
  expect(selected).toHaveLength(17)
  expect(await bo.page.evaluate(() => document.getSelection()?.toString())).toBe(selected)
})

it('[R85] a reply is copied as Markdown exactly as it was said, and as rich text', async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  await bo.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await bo.enter(room, 'agents')
  await bo.say('[[echo]] **bold** and $x^2$\n\n- one\n- `two`')
  await bo.seesReply('complete')
  await bo.log.locator('.katex').nth(1).waitFor()
  await bo.button('Copy as Markdown').click()
  await bo.button('Copied').waitFor()
  const said = '**bold** and $x^2$\n\n- one\n- `two`'
  expect(await clipboard(bo.page, 'text/plain')).toBe(said)
  await bo.button('Copy as rich text').click()
  await bo.until('both forms', async () => (await clipboard(bo.page, 'text/html')).includes('<strong>bold</strong>'))
  expect(await clipboard(bo.page, 'text/html')).toMatch(/<li>one<\/li><li><code>two<\/code><\/li>/)
  expect(await clipboard(bo.page, 'text/html')).toContain('<math')
  expect(await clipboard(bo.page, 'text/plain')).toBe(said)
})

it('[R32] [R85] and over plain HTTP, where there is no clipboard', async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.stranger({ options: { baseURL: `http://${PLAIN_HOST}:${stage.server.port}` } })
  await bo.page.goto(`/rooms/${room}/agents`)
  await bo.page.getByRole('textbox', { name: 'Your name' }).fill('Bo')
  await bo.button('Continue').click()
  await bo.is('Connected')
  await bo.say('[[echo]] **bold**')
  await bo.seesReply('complete')
  await bo.button('Copy as rich text').click()
  await bo.button('Copied').waitFor()
  await bo.composer.press('ControlOrMeta+v')
  await bo.until('it is pasted', async () => (await bo.composer.inputValue()) === '**bold**')
})

it('[R81] a footnote leads to its note and back', async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  await bo.enter(room, 'agents')
  await bo.say('@Ann blue[^1]\n\n[^1]: Rayleigh')
  await bo.button('Footnote 1').first().click()
  expect(await bo.page.evaluate(() => document.activeElement?.textContent)).toContain('Rayleigh')
  await bo.button('Back to footnote 1').click()
  expect(await bo.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Footnote 1')
})

async function clipboard(page: Page, type: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const items = await navigator.clipboard.read()
    for (const item of items) if (item.types.includes(wanted)) return (await item.getType(wanted)).text()
    return ''
  }, type)
}
