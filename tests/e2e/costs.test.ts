// What agents cost, as people see it: the line of a reply, the page, and what somebody has left.
import { expect, it } from 'vitest'
import { command } from '../support/room'
import { LANES } from '../../src/lanes/lanes'
import { useStage } from './stage/stage'

const stage = useStage()

it.each(LANES)(
  '[R150] [R154] the cost of a reply is a press away in the %s lane, after a reload too, and whoever is near the end of a budget reads so',
  async (lane) => {
    const owner = await stage.guest('Olga')
    const room = await stage.room(owner)
    const bo = await stage.person('Bo', { room, lane })
    await bo.say('[[words:12]] what is new?')
    await bo.seesReply('complete')
    const cost = bo.page.getByRole('button', { name: 'Cost' })
    const usage = bo.page.locator('[data-part="usage"]')
    await cost.click()
    expect(Number(await usage.getAttribute('data-input-tokens'))).toBeGreaterThan(0)
    expect(Number(await usage.getAttribute('data-output-tokens'))).toBeGreaterThan(0)
    expect(await usage.textContent()).toMatch(/^asked by Bo · .* tokens in.* out .* in all$/)
    await cost.click()
    await usage.waitFor({ state: 'detached' })
    await bo.page.reload()
    await bo.is('Connected')
    await cost.click()
    await usage.waitFor()
    expect(await bo.page.locator('[data-part="allowance"]').count()).toBe(0)
    const { person } = await (await bo.guest.fetch(new URL(`/rooms/${room}/allowance`, stage.server.url))).json<{ person: { spent: number } }>()
    await command(owner, room, { type: 'save-budgets', person: Math.floor(person.spent * 1.2), room: null, turn: null })
    await bo.page.getByText(/left of the .* that you have here today, until 00:00 UTC/).waitFor()
    const forecast = bo.page.locator('[data-part="forecast"]')
    await bo.composer.fill('more?')
    await forecast.getByText('Parley will answer: every message').waitFor()
    await command(owner, room, { type: 'save-budgets', person: person.spent, room: null, turn: null })
    await forecast.getByText('No answers until 00:00 UTC: your tokens are gone').waitFor()
    await command(owner, room, { type: 'save-budgets', person: null, room: 1, turn: null })
    await forecast.getByText('No answers until 00:00 UTC: the room’s tokens are gone').waitFor()
    // What asks nobody may be said.
    await bo.composer.fill('@Bo a note to myself')
    await forecast.getByText('Nobody will answer').waitFor()
    await command(owner, room, { type: 'save-budgets', person: null, room: null, turn: null })
    await bo.composer.fill('more?')
    await forecast.getByText('Parley will answer: every message').waitFor()
  },
)

it.each([320, 390, 1_280])('[R151] names in any direction stand where their bars begin, and no number leaves its column, at %i px', async (width) => {
  const owner = await stage.guest('יעל בן דוד')
  const room = await stage.room(owner)
  const olga = await stage.person(owner, { room, lane: 'agents', options: { viewport: { width, height: 800 } } })
  await olga.say('[[words:12]] what is new?')
  await olga.seesReply('complete')
  await olga.page.goto(`/rooms/${room}/costs`)
  const rows = await olga.page.locator('th[scope="row"]:has(svg)').evaluateAll((all) =>
    all.map((row) => {
      const words = document.createRange()
      const name = row.querySelector('bdi') ?? row
      words.selectNodeContents(name)
      // Of a name that is cut, what is seen.
      const left = Math.max(words.getBoundingClientRect().left, name.getBoundingClientRect().left)
      const cells = [...(row.parentElement?.querySelectorAll('td') ?? [])]
      return {
        apart: Math.round(left - (row.querySelector('svg')?.getBoundingClientRect().left ?? 0)),
        lines: new Set(
          cells.flatMap((cell) => {
            const number = document.createRange()
            number.selectNodeContents(cell)
            return [...number.getClientRects()].map(({ top }) => Math.round(top / 4))
          }),
        ).size,
        overflows: cells.some((cell) => cell.scrollWidth > cell.clientWidth),
      }
    }),
  )
  expect(rows).toEqual(rows.map(() => ({ apart: 0, lines: 1, overflows: false })))
  expect(rows.length).toBeGreaterThan(2)
})

it.each([true, false])('[R151] [R152] its owner saves budgets on the page of costs; with scripts: %s', async (javaScriptEnabled) => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  const bo = await stage.person('Bo', { room, lane: 'agents' })
  await bo.say('[[words:12]] what is new?')
  await bo.seesReply('complete')
  const olga = await stage.person(owner, { options: { javaScriptEnabled } })
  // The refused form.
  olga.expects(/status of 400/)
  await olga.page.goto(`/rooms/${room}/costs`)
  for (const name of ['By person', 'By agent', 'By model']) expect(await olga.page.getByRole('table', { name }).locator('[data-tokens]').count()).toBe(1)
  const field = olga.page.getByLabel('Tokens per person and day')
  await field.fill('a thousand')
  await olga.button('Save budgets').click()
  await olga.page.getByText('Write a whole number from 0').waitFor()
  expect(await field.inputValue()).toBe('a thousand')
  await field.fill('1')
  await olga.button('Save budgets').click()
  await olga.page.locator('[data-allowance="person"][data-left-tokens="1"]').waitFor()
  await bo.say('[[words:2]] more?')
  await bo.page.getByText('You have had all the tokens that one person gets in this room in a day.').waitFor()
  await bo.page.goto(`/rooms/${room}/costs`)
  expect(await bo.button('Save budgets').count()).toBe(0)
})
