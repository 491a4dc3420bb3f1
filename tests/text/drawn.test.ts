// Mathematics, diagrams, mentions, copies and selections as people have them: in a real browser, in every lane.
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { PLAIN_HOST, useStage } from '../e2e/stage/stage'
import { AS_TYPED } from './own-words'

const stage = useStage()

/** A text, and how many formulas are drawn in it. */
const MATHS: readonly (readonly [text: string, formulas: number])[] = [
  ['\\(E=mc^2\\) and $a^2$', 2],
  ['\\[\n\\sum_{i=1}^n i = \\frac{n(n+1)}{2}\n\\]', 1],
  ['$$\n\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}\n$$', 1],
  ['$$\na\n- b\n= c\n$$', 1],
  ['- $x_1$\n- \\(y\\)\n\n|a|b|\n|-|-|\n|$\\alpha$|**$\\beta$**|', 4],
  ['它是$x^2$的，\\(n\\)。', 2],
  ['$5 and $10, $5-$10, $20 (or $30), costs $5, not US$', 0],
  ['$HOME/bin:$PATH, echo "$a/$b", df$x + df$y', 0],
  // Drawn as the words that they are: nothing leads anywhere, nothing is loaded.
  ['\\(\\href{javascript:alert(1)}{x}\\) $\\includegraphics{https://evil.example/x.png}$', 2],
  ['$\\notacommand{x}^2$', 0],
]

const FLOW = '```mermaid\nflowchart LR\n  A[Ask] --> B{Known?}\n  B -->|yes| C[Answer]\n  B -->|no| D[Look up]\n  D --> C\n```'
const SEQUENCE = '```mermaid\nsequenceDiagram\n  Ann->>Parley: a question\n  Parley-->>Ann: an answer\n```'
const BROKEN = '```mermaid\nflowchart LR\n  A[ --> B\n```'
const HOSTILE =
  '```mermaid\nflowchart LR\n  A["<img src=x onerror=parent.__pwned=1>"] --> B\n  click A "javascript:window.__pwned=1"\n  %%{init: {"securityLevel":"loose","htmlLabels":true}}%%\n```'

it('[R83] formulas are drawn in every lane, with their source for screen readers; prices and shells stay', { timeout: 120_000 }, async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const writer = await stage.join(DRIVERS.agents, room, owner)
  for (const [text] of MATHS) writer.client.post(`@Ann\n\n${text}`)
  for (const [text] of MATHS.slice(0, 4)) writer.client.post(`[[echo]]\n\n${text}`)
  await writer.settled()
  const drawn: readonly number[] = [...MATHS.map(([, formulas]) => formulas), ...MATHS.slice(0, 4).flatMap(([, formulas]) => [formulas, formulas])]
  for (const lane of LANES) {
    const who = await stage.person(`Reader ${lane}`)
    await who.enter(room, lane)
    await who.until('all formulas', async () => (await who.log.locator('.katex math annotation').count()) === drawn.reduce((sum, one) => sum + one, 0))
    const counts = await who.articles.evaluateAll((articles) => articles.map((article) => article.querySelectorAll('.katex').length))
    expect(counts, lane).toEqual(drawn)
    expect(await who.log.locator('annotation').first().textContent(), lane).toBe('E=mc^2')
    expect(await who.log.locator('a[href^="javascript"], img').count(), lane).toBe(0)
  }
  writer.close()
})

it('[R83] what draws formulas and diagrams is fetched by no page that shows none', async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const ann = await stage.person('Bo')
  const fetched: string[] = []
  ann.page.on('request', (request) => fetched.push(request.url()))
  await ann.enter(room, 'agents')
  await ann.say('@Ann it is $5 and **bold**')
  await ann.sees('it is')
  expect(fetched.filter((url) => /katex|mermaid|draw-|diagrams/i.test(url))).toEqual([])
  await ann.say('@Ann $x^2$')
  await ann.log.locator('.katex').first().waitFor()
  expect(fetched.some((url) => /draw-formula/.test(url))).toBe(true)
  expect(fetched.filter((url) => /mermaid|diagrams/i.test(url))).toEqual([])
})

it('[R84] diagrams are drawn as pictures in every lane, and a source that is none stays', { timeout: 120_000 }, async () => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  const writer = await stage.join(DRIVERS.agents, room, owner)
  for (const text of [FLOW, SEQUENCE, BROKEN, HOSTILE]) writer.client.post(`@Ann\n\n${text}`)
  await writer.settled()
  for (const lane of LANES) {
    const who = await stage.person(`Reader ${lane}`)
    who.expects(/sandboxed|Blocked script/)
    await who.enter(room, lane)
    await who.until('three pictures', async () => (await who.log.locator('figure[data-diagram] img').count()) === 3)
    const flow = who.log.locator('figure[data-diagram]').first()
    expect(await flow.locator('img').getAttribute('alt'), lane).toContain('flowchart LR')
    expect(await flow.locator('img').evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 50), lane).toBe(true)
    await flow.getByRole('button', { name: 'Source' }).click()
    await flow.locator('pre').filter({ hasText: 'A[Ask]' }).waitFor()
    expect(await who.page.evaluate(() => window.__pwned), lane).toBeUndefined()
    expect(await who.log.locator('pre').filter({ hasText: 'A[ --> B' }).count(), lane).toBe(1)
  }
  writer.close()
})

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
      articles.map((one) => [...one.querySelectorAll('[data-mention]')].map((mark) => mark.textContent)),
    )
    expect(marked, lane).toEqual(cases.map(([, marks]) => marks))
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
