// Whatever somebody posts, showing it is bounded: as HTML and in what is read for it, whole and while it grows. The
// elements are those that server and browser draw alike.
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Markdown } from '../../src/ui/parts/Markdown'
import { MarkdownReader } from '../../src/ui/parts/markdown/reader'
import { costOfAll, WHOLE_BUDGET } from '../../src/ui/parts/markdown/reading'
import { Random } from '../fuzz/random'
import { HOSTILE, LONGEST, randomHostile } from '../support/hostile'

/** The same texts every time, so that a failure is of the change at hand; `PARLEY_TEXT_SEED=$RANDOM npm test -- text` looks for others. */
const SEED = Number(process.env['PARLEY_TEXT_SEED'] ?? 731_148)
/** HTML of one message, in bytes. */
const MOST_HTML = 1_000_000
/** Twenty times what it may take, because React's development build draws these: only what is quadratic takes longer, ms of CPU. */
const PATIENCE = 2_000

const random = new Random(SEED)

describe('every text of 32,000 characters', () => {
  it.each(HOSTILE.map(({ name, make }) => [name, make] as const))('[R40] is bounded: %s', (_name, make) => {
    const text = make(LONGEST)
    const html = bounded(text, false)
    bounded(text.slice(0, random.below(LONGEST)), true)
    bounded(text, true)
    // What half of it takes, twice, and some for what stands around it.
    expect(html.length).toBeLessThan(2.2 * Math.max(bounded(make(LONGEST / 2), false).length, 20_000))
  })

  it(`[R40] and 60 more by chance (seed ${SEED})`, () => {
    for (let run = 0; run < 60; run += 1) {
      const text = randomHostile(() => random.next(), LONGEST)
      bounded(text, false)
      bounded(text.slice(0, random.below(LONGEST)), true)
    }
  })
})

describe('a hostile text that grows', () => {
  it.each(HOSTILE.filter(({ name }, at) => at % 4 === SEED % 4 && !/\]:|definitions/.test(name)).map(({ name, make }) => [name, make] as const))(
    '%s',
    (_name, make) => {
      const text = make(LONGEST)
      const reader = new MarkdownReader()
      let made = 0
      for (let end = 4_000; end <= LONGEST; end += 4_000) {
        const now = costOfAll(reader.blocksOf(text.slice(0, end), true).flatMap(({ tokens }) => tokens)).blocks
        // The last block may turn into another kind; nothing before it is lost. (Definitions are hidden once something refers to them, and left out here.)
        expect(now).toBeGreaterThanOrEqual(Math.min(made, WHOLE_BUDGET.blocks) * 0.9 - 300)
        made = now
      }
      // Eight steps that read all of it would read eight times the half of it, and once more for each definition.
      expect(reader.read).toBeLessThan(LONGEST * 60)
    },
  )
})

/** Draws it, and answers with the HTML. */
function bounded(text: string, streaming: boolean): string {
  const cost = costOfAll(new MarkdownReader().blocksOf(text, streaming).flatMap(({ tokens }) => tokens))
  const before = process.cpuUsage()
  const html = renderToString(createElement(Markdown, { text, streaming }))
  const { user, system } = process.cpuUsage(before)
  const what = `seed ${SEED}: ${JSON.stringify(text.slice(0, 200))}`
  // The last block was begun within the budget, and may go a little beyond it.
  expect(cost.blocks, what).toBeLessThan(WHOLE_BUDGET.blocks * 1.1)
  expect(cost.words, what).toBeLessThan(WHOLE_BUDGET.words * 1.1)
  expect(cost.finds, what).toBeLessThanOrEqual(WHOLE_BUDGET.finds)
  expect(new TextEncoder().encode(html).length, what).toBeLessThan(MOST_HTML)
  expect((user + system) / 1_000, what).toBeLessThan(PATIENCE)
  return html
}
