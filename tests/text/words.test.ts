// What people's words mean and what can be done with them: as typed, mentions, selections, copies and footnotes, in a real
// browser, in every lane where the lane matters.
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { textOf } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Person } from '../e2e/stage/person'
import { PLAIN_HOST, useStage } from '../e2e/stage/stage'
import { AS_TYPED, SIGNS_ALONE } from './own-words'

const stage = useStage()

/** A page begins with fifty messages. */
const HALF = Math.ceil(AS_TYPED.length / 2)

it.each([AS_TYPED.slice(0, HALF), AS_TYPED.slice(HALF)].map((texts) => [texts.length, texts] as const))(
  '[R80] %i texts of people stand as they were typed, in every lane',
  { timeout: 120_000 },
  async (_number, texts) => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const writer = await stage.join(DRIVERS.agents, room, owner)
    for (const text of texts) writer.client.post(`@Ann\n\n${text}`)
    await writer.settled()
    for (const lane of LANES) {
      const who = await stage.person(`Reader ${lane}`)
      await who.enter(room, lane)
      expect(
        (await shownIn(who, texts.length)).map((text) => text.replace(/^@Ann\n+/, '')),
        lane,
      ).toEqual(texts)
    }
    writer.close()
  },
)

it.each([
  ['posted', 'person', ''],
  ['said by an agent', 'agent', '[[echo]]\n\n'],
])(`[R80] ${SIGNS_ALONE.length} signs alone stand as they were typed, %s, in every lane`, { timeout: 120_000 }, async (_how, kind, before) => {
  const room = await stage.room(await stage.guest('Ann'))
  const writer = await stage.join(DRIVERS.agents, room, await stage.guest('Bo'))
  await writer.postEach(SIGNS_ALONE.map((text) => before + text))
  for (const lane of LANES) {
    const who = await stage.person(`Reader ${lane}`)
    await who.enter(room, lane)
    expect((await shownIn(who, 2 * SIGNS_ALONE.length, kind)).toSorted(), lane).toEqual(SIGNS_ALONE.toSorted())
  }
  writer.close()
})

it.each(LANES)('[R80] the first line keeps its indentation when it is sent: %s', async (lane) => {
  const ann = await stage.guest('Ann')
  const room = await stage.room(ann)
  const writer = await stage.join(DRIVERS[lane], room, ann)
  const bo = await stage.person('Bo')
  await bo.enter(room, lane)
  await bo.say('\n\n    def f():\n        return 1\n\n    x = 2  \n')
  await bo.say('  two in\nand none')
  await bo.until('both answered', async () => (await bo.replies.count()) === 2)
  await writer.settled()
  expect(writer.messages().flatMap((message) => (message.role === 'user' ? [textOf(message)] : []))).toEqual([
    '    def f():\n        return 1\n\n    x = 2',
    '  two in\nand none',
  ])
  expect(await bo.articles.first().locator('pre').textContent()).toBe('def f():\n    return 1\n\nx = 2')
  writer.close()
})

/** What the words of each message look like, once there are so many messages and all are done. */
async function shownIn(who: Person, messages: number, kind = 'person'): Promise<readonly string[]> {
  await who.until('everything', async () => (await who.articles.count()) === messages)
  await who.settled()
  return who.log.locator(`article[data-author-kind="${kind}"] [data-part="text"]`).evaluateAll((texts: HTMLElement[]) => texts.map((text) => text.innerText))
}

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

it('[R81] a column of a table stands on one side: where the table begins, or as its marks say', async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const bo = await stage.person('Bo')
  await bo.enter(room, 'agents')
  const table = (heading: string, words: string) => `|${heading}|${heading}|${heading}|\n|-|-:|:-:|\n|5|6|7|\n|${words}|${words}|${words}|\n|שלום|a b|ق|`
  await bo.say(`@Ann rtl\n\n${table('العمود الأول الطويل', 'أحمد')}`)
  await bo.say(`@Ann ltr\n\n${table('a rather long heading', 'Ann')}`)
  // A row of a post that is on its way is replaced by the one of its message, which may be while it is measured.
  await bo.settled()
  const sides = async (words: string) => {
    const shown = bo.message(words).locator('tr')
    // What reads Markdown may still be on its way.
    await bo.until('a heading and three rows', async () => (await shown.count()) === 4)
    return shown.evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].map((cell) => {
          const range = document.createRange()
          range.selectNodeContents(cell)
          const [words, whole, { paddingLeft, paddingRight }] = [range.getBoundingClientRect(), cell.getBoundingClientRect(), getComputedStyle(cell)]
          const left = words.left - whole.left - Number.parseFloat(paddingLeft)
          const right = whole.right - words.right - Number.parseFloat(paddingRight)
          return Math.abs(left - right) < 2 ? 'middle' : left < right ? 'left' : 'right'
        }),
      ),
    )
  }
  const [, ...rtl] = await sides('rtl')
  const [, ...ltr] = await sides('ltr')
  expect(rtl).toEqual(rtl.map(() => ['right', 'right', 'middle']))
  expect(ltr).toEqual(ltr.map(() => ['left', 'right', 'middle']))
  expect([rtl.length, ltr.length]).toEqual([3, 3])
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
  expect(await clipboard(bo.page, 'text/html')).toContain('and $x^2$</p>')
  expect(await clipboard(bo.page, 'text/plain')).toBe(said)
})

it('[R85] rich text has footnotes by their numbers, formulas as TeX, and diagrams as code, drawn or not', async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  await bo.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await bo.enter(room, 'agents')
  const broken = '```mermaid\nflowchart LR\n  C[ --> D\n```'
  await bo.say(`[[echo]] blue[^1]\n\n[^1]: *note*\n\n\\[\nx < y\n\\]\n\n\`\`\`mermaid\nflowchart LR\n  A --> B\n\`\`\`\n\n${broken}`)
  await bo.seesReply('complete')
  await bo.replies.locator('figure[data-diagram] img').waitFor()
  await bo.replies.locator('.katex').waitFor()
  await bo.replies.locator('figure[aria-label*="cannot be drawn"]').waitFor()
  await bo.button('Copy as rich text').click()
  await bo.until('rich text', async () => (await clipboard(bo.page, 'text/html')).includes('note'))
  const html = (await clipboard(bo.page, 'text/html')).replace(/^<meta[^>]*>/, '')
  expect(html).toContain('<p>blue<sup>1</sup></p>')
  expect(html).toContain('<sup>1</sup> <em>note</em>')
  expect(html).toContain('<p>\\[\nx &lt; y\n\\]</p>')
  expect(html).toContain('<pre><code>flowchart LR\n  A --&gt; B</code></pre><pre><code>flowchart LR\n  C[ --&gt; D</code></pre>')
  expect(html).not.toMatch(/Source|drawn|button|class=|Diagram:/)
})

it('[R83] a selection with a formula in it is copied as one without, the formula as its TeX', async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  await bo.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await bo.enter(room, 'agents')
  for (const text of SELECTED) await bo.say(`@Ann ${text.replaceAll('%', 'QQQ')}`)
  for (const text of SELECTED) await bo.say(`@Ann ${text.replaceAll('%', '$x^2$')}`)
  await bo.until('all formulas', async () => (await bo.log.locator('.katex').count()) === SELECTED.join().split('%').length - 1)
  for (const at of SELECTED.keys()) {
    const without = await copied(bo.page, at, at)
    expect(without).toContain('QQQ')
    expect(await copied(bo.page, SELECTED.length + at, SELECTED.length + at), SELECTED[at]).toBe(without.replaceAll('QQQ', '$x^2$'))
  }
  expect(await clipboard(bo.page, 'text/html')).toMatch(/<pre><code>.*<\/code><\/pre>/s)
  expect(await clipboard(bo.page, 'text/html')).not.toMatch(/katex|<math|button|class=/)
  // Over several messages, and from the middle of a formula to the middle of another.
  const several = await copied(bo.page, SELECTED.length, SELECTED.length + 2)
  expect(several).toMatch(/First \$x\^2\$\.\n\nSecond\.\n\none\ntwo\nLast\n[^]*line 2\n[^]*a\tb\n/)
  expect(await copied(bo.page, SELECTED.length, SELECTED.length + 1, '.katex')).toMatch(/^\$x\^2\$\.\n[^]*\$x\^2\$$/)
  // Without a formula, and in a field, it is the browser's business.
  expect(await copied(bo.page, 0, 1)).toContain('QQQ')
  await bo.composer.fill('in a field')
  await bo.composer.press('ControlOrMeta+a')
  await bo.page.keyboard.press('ControlOrMeta+c')
  await bo.until('the field', async () => (await clipboard(bo.page, 'text/plain')) === 'in a field')
})

/** Texts with a formula wherever `%` stands. */
const SELECTED: readonly string[] = [
  'First %.\n\nSecond.\n\n- one\n- two\n\nLast',
  'line 1 with %\nline 2',
  'cells\n\n|a|b|\n|-|-|\n|%|2|\n|3|**%**|\n\nend',
  '> said %\n\n1. one %\n   - two\n2. three\n\n## Head %\n\nend',
  'a\n   in  here %\n\n```\ncode\n\n  more\n```\n\nend',
]

/** What the clipboard holds when the words from one message to another were selected and copied: or from its first such element. */
async function copied(page: Page, first: number, last: number, within = '.prose-message'): Promise<string> {
  await page.evaluate(
    ([from, to, inside]) => {
      const texts = [...document.querySelectorAll('article [data-part="text"]')]
      const nodes = (element: Element | null | undefined) => {
        const walker = element && document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
        const found: Node[] = []
        for (let node = walker?.nextNode(); node; node = walker?.nextNode()) found.push(node)
        return found
      }
      const start = nodes(texts[from]?.querySelector(inside)).at(0)
      const end = nodes(texts[to]?.querySelector(inside)).at(-1)
      if (start && end) document.getSelection()?.setBaseAndExtent(start, 0, end, end.textContent?.length ?? 0)
    },
    [first, last, within] as const,
  )
  await page.keyboard.press('ControlOrMeta+c')
  return clipboard(page, 'text/plain')
}

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

/** What is on the clipboard in this form. What changes while it is read, because a press is still being answered, is nothing yet. */
async function clipboard(page: Page, type: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const items = await navigator.clipboard.read()
    for (const item of items) {
      if (!item.types.includes(wanted)) continue
      const form = await item.getType(wanted).catch((cause: unknown) => {
        if (cause instanceof DOMException && cause.name === 'DataError') return null
        throw cause
      })
      return form === null ? '' : form.text()
    }
    return ''
  }, type)
}
