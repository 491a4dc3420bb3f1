// Mathematics and diagrams as people have them: in a real browser, in every lane.
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { useStage } from '../e2e/stage/stage'

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
    // The hostile one brings a handler, which the frame's policy refuses; some versions of the browser say so, each in its own words.
    who.expects(/sandboxed|Blocked script|Executing inline event handler violates .*\/assets\/mermaid/)
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

/** Each wants to be endless, enormous, or somewhere else. */
const HOSTILE_MATHS: readonly string[] = [
  '$$\\def\\a{\\a\\a}\\a$$',
  '$$\\def\\a#1{#1#1#1#1}\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}$$',
  `$$${'{'.repeat(1_800)}x${'}'.repeat(1_800)}$$`,
  `$$${'\\frac{1}{'.repeat(300)}x${'}'.repeat(300)}$$`,
  `$$${'x^{'.repeat(900)}x${'}'.repeat(900)}$$`,
  `$$\\begin{matrix}${'&'.repeat(1_800)}x\\end{matrix}$$`,
  `$$\\begin{matrix}${'a\\\\'.repeat(900)}\\end{matrix}$$`,
  '$$\\rule{99999em}{99999em}$$ $\\kern99999em x$',
  '$x\\htmlStyle{position:fixed}{y}$ $\\htmlId{root}{y^2}$ $\\url{javascript:window.__pwned=1}$',
  '$a$ '.repeat(7_500),
]

it('[R40] [R83] formulas that want to be endless or enormous hold nobody up', { timeout: 120_000 }, async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  await bo.enter(room, 'agents')
  for (const text of HOSTILE_MATHS) await bo.say(`@Ann ${text}`)
  await bo.say('@Ann and $e^x$ at last')
  await bo.message('at last').locator('.katex').waitFor()
  await bo.settled()
  const sizes = await bo.articles.evaluateAll((articles) =>
    articles.map((one) => [one.querySelectorAll('*').length, one.getBoundingClientRect().width] as const),
  )
  for (const [elements, width] of sizes) {
    expect(elements).toBeLessThan(15_000)
    expect(width).toBeLessThanOrEqual(1_280)
  }
  expect(await bo.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(await bo.log.locator('.katex a, .katex [style*="fixed"], #root .katex #root').count()).toBe(0)
})

it('[R83] arrows above letters and tall brackets are seen, whatever the policy on styles says', async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  // The library sets these widths as attributes first, which the policy bars and the browser reports.
  bo.expects(/inline style/)
  await bo.enter(room, 'agents')
  await bo.say(`@Ann \\(\\vec{a}+\\left|\\begin{matrix}${'1\\\\'.repeat(8)}\\end{matrix}\\right|\\)`)
  const strokes = bo.message('matrix').locator('.katex-html svg')
  await strokes.first().waitFor({ state: 'attached' })
  const widths = await strokes.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
  expect(widths).toHaveLength(3)
  expect(Math.min(...widths)).toBeGreaterThan(2)
})

/** Each would hold a browser for seconds, or end it. */
const TOO_MUCH: readonly string[] = [
  `\\(${'{a_{'.repeat(200)}x${'}}'.repeat(200)}\\) `.repeat(20),
  `\\(${'\\frac{1}{'.repeat(40)}x${'}'.repeat(40)}\\) `.repeat(60),
  `\\[\\begin{matrix}${'a&'.repeat(1_930)}\\end{matrix}\\]`,
  '\\(\\def\\a{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}\\def\\b{\\a\\a\\a\\a\\a}\\b\\b\\b\\b\\b\\) '.repeat(100),
  '$x\\rule[-500em]{1000em}{1000em}$',
  `$$x${'\\\\[50em]x'.repeat(20)}$$`,
]

it('[R40] [R83] a formula that is too much says so beside its source, and a message has only so many elements', { timeout: 120_000 }, async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  await bo.enter(room, 'agents')
  for (const text of TOO_MUCH) await bo.say(`@Ann\n\n${text}`)
  await bo.say(`@Ann dense ${`\\(${'é'.repeat(45)}\\) `.repeat(150)}`)
  await bo.say('@Ann and $e^x$ at last')
  await bo.message('at last').locator('.katex').waitFor()
  await bo.settled()
  const found = await bo.articles.evaluateAll((articles) =>
    articles.map((one) => ({
      formulas: one.querySelectorAll('[data-maths]').length,
      drawn: one.querySelectorAll('.katex').length,
      noted: one.querySelectorAll('[data-maths-note]:not([data-tex])').length,
      elements: one.querySelectorAll('*').length,
    })),
  )
  for (const one of found.slice(0, TOO_MUCH.length)) expect(one).toMatchObject({ drawn: 0, noted: one.formulas })
  expect(found.slice(0, TOO_MUCH.length).every(({ formulas }) => formulas > 0)).toBe(true)
  const dense = found.at(-2)
  expect(dense?.drawn).toBeGreaterThan(5)
  expect(dense?.noted).toBeGreaterThan(20)
  expect(dense?.elements).toBeLessThan(15_000)
  expect(await bo.articles.first().innerText()).toContain('{a_{')
  const note = bo.articles.first().locator('[data-maths-note]').first()
  expect(await note.evaluate((element) => getComputedStyle(element, '::after').content)).toContain('too much to be drawn')
})

it('[R84] diagrams are drawn where nothing can be reached, by nobody else, and too large ones are not', async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo')
  const answer = await bo.page.request.get('/diagrams/frame')
  const policy = answer.headers()['content-security-policy'] ?? ''
  expect(policy).toMatch(/^sandbox allow-scripts; default-src 'none'; script-src 'nonce-[\w-]+' http:\/\/[^ ;]+\/assets\/;/)
  expect(policy).toContain("frame-ancestors 'self'")
  expect(policy).not.toMatch(/connect-src|img-src|allow-same-origin/)
  await bo.enter(room, 'agents')
  const edges = Array.from({ length: 240 }, (_, at) => `  N${at} --> N${(at * 7) % 240}`).join('\n')
  await bo.say(`@Ann large\n\n\`\`\`mermaid\nflowchart LR\n${edges}\n\`\`\``)
  const many = Array.from({ length: 220 }, (_, at) => `  N${at % 20} --> N${(at * 7) % 20}`).join('\n')
  await bo.say(`@Ann many\n\n\`\`\`mermaid\nflowchart LR\n${many}\n\`\`\``)
  await bo.say(`@Ann long\n\n\`\`\`mermaid\nflowchart LR\n  A[${'a'.repeat(8_000)}]\n\`\`\``)
  await bo.say(`@Ann broken\n\n${BROKEN}`)
  await bo.say('@Ann unknown\n\n```mermaid\nnosuchdiagram\n  a\n```')
  await bo.say(`@Ann small\n\n${FLOW}`)
  await bo.message('small').locator('figure[data-diagram] img').waitFor()
  for (const [words, why] of [
    ['large', 'too large'],
    ['many', 'too large'],
    ['long', 'too large'],
    ['broken', 'has a mistake in it'],
    ['unknown', 'has a mistake in it, or is of a kind that is not known here'],
  ] as const) {
    const source = bo.message(words).locator('figure:has([data-code-language="mermaid"])')
    await source.and(bo.page.locator(`[aria-label*="${why}"]`)).waitFor()
    const note = source.locator('[data-code-note]')
    expect(await note.getAttribute('data-code-note')).toContain(why)
    expect(await note.evaluate((element) => element.getBoundingClientRect().height), words).toBeGreaterThan(15)
  }
  const frame = bo.page.frames().find((one) => one.url().endsWith('/diagrams/frame'))
  expect(await frame?.evaluate(() => window.origin)).toBe('null')
})

const PIE = '```mermaid\npie showData\n  title Pets\n  "Dogs" : 40\n  "Cats" : 30\n  "Rats" : 20\n```'
const CHART = '```mermaid\nxychart-beta\n  title "Sales"\n  x-axis [jan, feb, mar]\n  y-axis "EUR" 0 --> 10\n  bar [3, 6, 9]\n```'

it.each(['dark', 'light'] as const)('[R84] pies and charts are read on the ground of the page: %s', async (colorScheme) => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await stage.person('Bo', { options: { colorScheme } })
  await bo.enter(room, 'agents')
  await bo.say(`@Ann pie\n\n${PIE}`)
  await bo.say(`@Ann chart\n\n${CHART}`)
  const svg = async (words: string) =>
    decodeURIComponent((await bo.message(words).locator('figure[data-diagram] img:not([data-paper])').getAttribute('src')) ?? '')
  const ground = await bo.message('pie').evaluate((article) => {
    let around: Element | null = article
    while (around && getComputedStyle(around).backgroundColor === 'rgba(0, 0, 0, 0)') around = around.parentElement
    return around ? getComputedStyle(around).backgroundColor : 'white'
  })
  const pie = await svg('pie')
  const slices = [...pie.matchAll(/class="pieCircle"[^>]*|<path[^>]*class="pieCircle[^>]*/g)].flatMap(([path]) => /fill="([^"]+)"/.exec(path)?.[1] ?? [])
  expect(slices).toHaveLength(3)
  const legend = [...pie.matchAll(/class="legend"[^]*?<rect[^>]*style="fill: ?([^;"]+)/g)].map(([, colour]) => colour ?? '')
  expect(legend).toHaveLength(3)
  for (const colour of [...slices, ...legend])
    expect(contrast(await rgb(bo.page, colour), await rgb(bo.page, ground)), colour).toBeGreaterThan(colorScheme === 'dark' ? 3 : 1.5)
  const words = /\.legend text\{[^}]*fill:([^;]+)/.exec(pie)?.[1] ?? ''
  expect(contrast(await rgb(bo.page, words), await rgb(bo.page, ground))).toBeGreaterThan(7)
  expect(await svg('chart')).toMatch(/class="background" fill="transparent"|fill="transparent"[^>]*class="background"/)
})

/** The red, green and blue of a colour of CSS. */
async function rgb(page: Page, colour: string): Promise<readonly number[]> {
  return page.evaluate((wanted) => {
    const context = document.createElement('canvas').getContext('2d')
    if (!context) return []
    context.fillStyle = wanted
    context.fillRect(0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }, colour)
}

/** As WCAG counts it. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => (part <= 10 ? part / 3_294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
