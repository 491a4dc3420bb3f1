// What the window's title says of a room that nobody looks at.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { usePair } from './stage/pair'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

describe.each(LANES)('%s lane', (lane) => {
  const pair = usePair(stage, lane)

  it('[R110] messages that come to a hidden tab are counted in its title, until they are read', async () => {
    const { ann, bo } = await pair()
    const plain = await ann.page.title()
    expect(plain).toMatch(/^room .* · Parley$/)
    await show(ann, 'hidden')
    await bo.say('@Ann one')
    await titled(ann, `(1) ${plain}`)
    await bo.say('@Ann two')
    await titled(ann, `(2) ${plain}`)
    // Their own, from another tab, are no news.
    const other = await ann.tab()
    await other.page.goto(ann.page.url())
    await other.is('Connected')
    await other.say('@Bo mine')
    await ann.sees('mine')
    expect(await ann.page.title()).toBe(`(2) ${plain}`)
    await show(ann, 'visible')
    await titled(ann, plain)
    await bo.say('@Ann while looking')
    await ann.sees('while looking')
    expect(await ann.page.title()).toBe(plain)
    await other.page.close()
  })

  it('[R110] who comes back further up has not read them yet', async () => {
    const { ann, bo } = await pair()
    const plain = await ann.page.title()
    for (let n = 1; n <= 20; n++) await ann.say(`@Ann line ${n}`)
    await ann.settled()
    await ann.log.hover()
    await ann.page.mouse.wheel(0, -600)
    await ann.button('Jump to latest').waitFor()
    await show(ann, 'hidden')
    await bo.say('@Ann meanwhile')
    await titled(ann, `(1) ${plain}`)
    await show(ann, 'visible')
    await ann.button('Jump to latest 1 new').waitFor()
    expect(await ann.page.title()).toBe(`(1) ${plain}`)
    await ann.button('Jump to latest 1 new').click()
    await titled(ann, plain)
  })
})

/** Tells the page as a browser does that its tab is in sight or not: a browser without a window never hides one. */
function show({ page }: Person, state: 'visible' | 'hidden'): Promise<void> {
  return page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

function titled(person: Person, title: string): Promise<Person> {
  return person.until(`the title is ${title}`, async () => (await person.page.title()) === title)
}
