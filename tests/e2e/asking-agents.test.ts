// An agent that asks another, on the screen: the answer hangs below the one that asks, is seen as it grows, and folds.
import { expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { command } from '../support/room'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

/** In the question stand orders for the model of whoever is asked, with brackets that end no orders of this one. */
const ASKS = '[[call:ask_agent({"agent":"sage","question":"\\u005b\\u005bwords:40_hold_after:20\\u005d\\u005d_now"})]] go'

const answerIn = ({ log }: Person) => log.locator('article[data-why="agent-asked"]')
const foldIn = (who: Person) => answerIn(who).locator('details[data-part="asked"]')

it.each(LANES)('[R281] in the %s lane it is open while it is said, folded afterwards, and so it is after a reload', async (lane) => {
  const owner = await stage.guest('Ann')
  const room = await stage.room(owner)
  await command(owner, room, { type: 'save-agent', profile: { handle: 'sage', name: 'Sage', instruction: 'Be wise.', mode: 'mention', emoji: '' } })
  const ann = await stage.person(owner, { room, lane, options: WITH_AXE })
  await ann.say(ASKS)
  await foldIn(ann).and(ann.page.locator('[open]')).getByText('word20').waitFor()
  const card = ann.replies.locator('[data-part="tool"][data-tool="ask_agent"]')
  expect(await card.locator('summary').innerText()).toMatch(/ask_agent\s+sage, “.*”\s+running…/)
  stage.model.release()
  await ann.until('the end of both', async () => (await ann.replies.and(ann.page.locator('[data-status="complete"]')).count()) === 2)
  for (const again of [false, true]) {
    if (again) await ann.reload()
    await foldIn(ann).and(ann.page.locator(':not([open])')).getByText('Answer for Parley').waitFor()
    // Folded, it is still in the page.
    expect(await answerIn(ann).locator('[data-part="text"]').textContent()).toContain('word40')
  }
  if (lane === 'rsc') expect(await barriers(ann)).toEqual([])
  await card.locator('summary').click()
  await card.getByRole('button', { name: 'Go to the answer' }).click()
  await ann.until('the answer has the focus', () => answerIn(ann).evaluate((row) => row === document.activeElement))
  await foldIn(ann).locator('summary').click()
  await answerIn(ann).getByText('word40').waitFor()
})
