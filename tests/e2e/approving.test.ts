// A call that people have to approve, as each of them sees it: what it would do, who may say so, and what was said, live and after a reload.
import { expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { command } from '../support/room'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

const CALL = '[[say:Let_me_work_it_out. call:calculate({"sum":"6*7","note":"a\\u202eb"})]] how much is it?'
const cardOf = ({ page }: Person) => page.getByRole('group', { name: 'Approval: calculate', exact: true })
const buttonsOf = (who: Person) => cardOf(who).getByRole('button').allTextContents()
const stateOf = (who: Person, state: string) => who.page.locator(`[data-approval-id][data-approval-state="${state}"]`).waitFor()

it.each(LANES)('[R208] the card says all to everybody, and has buttons for whoever may decide, in the %s lane', async (lane) => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  await command(owner, room, { type: 'save-policy', tool: 'calculate', mode: 'asker' })
  const [olga, bo, cy] = [
    await stage.person(owner, { room, lane }),
    await stage.person('Bo', { room, lane, options: WITH_AXE }),
    await stage.person('Cy', { room, lane }),
  ]
  await bo.say(CALL)
  for (const who of [olga, bo, cy]) {
    await stateOf(who, 'open')
    expect(await who.page.locator('[data-message-id][data-status="asking"]').count()).toBe(1)
    await cardOf(who).getByText('Bo, who asked, or the owner of this room may decide.').waitFor()
    expect(await cardOf(who).getByRole('region', { name: 'Arguments of calculate' }).textContent()).toContain('"a\\u202eb"')
  }
  expect(await barriers(bo, '[data-approval-id]')).toEqual([])
  expect([await buttonsOf(bo), await buttonsOf(olga), await buttonsOf(cy)]).toEqual([['Approve', 'Deny'], ['Approve', 'Deny', 'Always allow here'], []])
  await bo.page.reload()
  await bo.is('Connected')
  await stateOf(bo, 'open')
  await cardOf(bo).getByRole('textbox', { name: 'Why not, if you deny it' }).fill('Count it yourself.')
  await bo.page.keyboard.press('Enter')
  for (const who of [olga, bo, cy]) {
    await stateOf(who, 'denied')
    await cardOf(who).getByText('Denied by Bo').waitFor()
    await cardOf(who).getByText('Count it yourself.').waitFor()
    expect(await buttonsOf(who)).toEqual([])
  }
  await cy.page.reload()
  await cy.is('Connected')
  await cardOf(cy).getByText('Denied by Bo').waitFor()
})

it('[R207] [R208] the owner allows it always, from the keyboard, and the next call asks nobody', async () => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  await command(owner, room, { type: 'save-policy', tool: 'calculate', mode: 'asker' })
  const olga = await stage.person(owner, { room, lane: 'rsc' })
  await olga.say(CALL)
  await stateOf(olga, 'open')
  const always = cardOf(olga).getByRole('button', { name: 'Always allow here' })
  await cardOf(olga).getByRole('button', { name: 'Approve' }).focus()
  await olga.page.keyboard.press('Tab')
  await olga.page.keyboard.press('Tab')
  expect(await always.evaluate((button) => button === document.activeElement)).toBe(true)
  await olga.page.keyboard.press('Enter')
  await stateOf(olga, 'approved')
  await cardOf(olga).getByText('Always allowed here by Olga').waitFor()
  await olga.seesReply('complete')
  const answers = await olga.replies.count()
  await olga.say(`${CALL} again`)
  await olga.until('the next answer', async () => (await olga.replies.count()) > answers)
  await olga.settled()
  expect(await cardOf(olga).count()).toBe(1)
})

it('[R206] [R208] without scripts everybody reads the card, and the owner the audit; neither has a barrier', async () => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  await command(owner, room, { type: 'save-policy', tool: 'calculate', mode: 'moderators' })
  const bo = await stage.person('Bo', { room, lane: 'agents' })
  await bo.say(CALL)
  await stateOf(bo, 'open')
  const still = await stage.person(owner, { options: { javaScriptEnabled: false } })
  await still.page.goto(`/rooms/${room}/agents`)
  await cardOf(still).getByText('The owner of this room may decide.').waitFor()
  expect(await buttonsOf(still)).toEqual([])
  const olga = await stage.person(owner, { options: WITH_AXE })
  await olga.page.goto(`/rooms/${room}/agents-settings`)
  await olga.page.getByRole('link', { name: 'Audit' }).click()
  await olga.page.locator('[data-approval-state="open"]').getByText('Called by Parley, asked by Bo.').waitFor()
  expect(await barriers(olga)).toEqual([])
})
