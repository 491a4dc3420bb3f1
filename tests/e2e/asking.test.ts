// What a server asks of a person while it is called, as they and everybody else see it; and the pages on which a room's owner says who lets its
// tools run. With the reference server.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { recordsOf, type RoomRecord } from '../../src/conversation/record'
import { type Everything, startEverything } from '../support/everything'
import type { Guest } from '../support/guest'
import { command } from '../support/room'
import { waitFor } from '../support/wait-for'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage({ ALLOW_LOOPBACK: '1' })
let everything: Everything
beforeAll(async () => void (everything = await startEverything()))
afterAll(() => everything.stop())

const NARROW = { viewport: { width: 320, height: 640 } } as const
const questionOf = ({ page }: Person) => page.getByRole('group', { name: 'Question: trigger-elicitation-request', exact: true })

/** A room whose agent may use the reference server, and asks nobody for leave. */
async function roomWithServer(owner: Guest): Promise<RoomId> {
  const room = await stage.room(owner)
  const server = async () => {
    const { records } = await (
      await owner.fetch(new URL(`/rooms/${room}/records?kind=server`, owner.origin))
    ).json<{ readonly records: readonly RoomRecord[] }>()
    return recordsOf(records, 'server')[0]
  }
  await command(owner, room, { type: 'add-server', address: everything.address })
  await waitFor('the tools', async () => (await server())?.value.state === 'review')
  const found = await server()
  const policies = { 'trigger-elicitation-request': 'moderators' }
  await command(owner, room, { type: 'accept-tools', server: found?.id, print: found?.value.print, policies })
  await command(owner, room, { type: 'save-agent', agent: 'parley', profile: { servers: [found?.id] } })
  return room
}

it('[R273] whoever asked fills it in at 320 px, by keyboard; everybody else reads who is asked what', async () => {
  const owner = await stage.guest('Olga')
  const room = await roomWithServer(owner)
  const olga = await stage.person(owner, { room, lane: 'agents' })
  const bo = await stage.person('Bo', { room, lane: 'tinybase', options: { ...WITH_AXE, ...NARROW } })
  await bo.say('[[call:localhost_trigger_elicitation_request({})]] ask')
  await olga.page.getByRole('button', { name: 'Approve', exact: true }).click()
  await questionOf(bo).getByRole('button', { name: 'Send to localhost' }).waitFor()
  await questionOf(olga).getByText('Bo, who asked, may answer.').waitFor()
  expect(await questionOf(olga).getByRole('button').count()).toBe(0)
  for (const who of [bo, olga]) await questionOf(who).getByText('Please provide inputs for the following fields:').waitFor()
  await questionOf(bo).getByText('What you send goes to localhost').waitFor()
  expect(await barriers(bo, '[data-approval-id]')).toEqual([])
  expect(await bo.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  if (process.env['SHOTS']) {
    for (const scheme of ['light', 'dark'] as const) {
      await bo.page.emulateMedia({ colorScheme: scheme })
      await olga.page.emulateMedia({ colorScheme: scheme })
      await questionOf(bo).screenshot({ path: `${process.env['SHOTS']}/question-phone-${scheme}.png` })
      await questionOf(olga).scrollIntoViewIfNeeded()
      await olga.page.screenshot({ path: `${process.env['SHOTS']}/question-other-${scheme}.png` })
    }
    const wide = await stage.person(bo.guest, { room, lane: 'rsc' })
    await questionOf(wide).getByRole('button', { name: 'Send to localhost' }).waitFor()
    await wide.page.screenshot({ path: `${process.env['SHOTS']}/question-desktop-light.png`, fullPage: true })
    await questionOf(wide).screenshot({ path: `${process.env['SHOTS']}/question-desktop-card.png` })
  }

  await questionOf(bo).getByRole('button', { name: 'Send to localhost' }).press('Enter')
  await questionOf(bo).getByRole('alert').getByText('“String” has to be filled in.').waitFor()
  await questionOf(bo).getByLabel('String (has to be filled in)').fill('Bo of the Hills')
  await questionOf(bo).getByLabel('Integer').fill('7')
  await bo.page.keyboard.press('Enter')
  for (const who of [bo, olga]) {
    await questionOf(who).getByText('Answered by Bo').waitFor()
    await who.page.locator('[data-part="tool"][data-tool-state="output-available"]').waitFor({ state: 'attached' })
    expect(await questionOf(who).getByRole('button').count()).toBe(0)
  }
  await olga.page.reload()
  await olga.is('Connected')
  await questionOf(olga).getByText('Please provide inputs for the following fields:').waitFor()
})

it('[R272] the owner chooses who lets a tool run at 320 px without scripts, and has no barriers there', async () => {
  const owner = await stage.guest('Olga')
  const room = await roomWithServer(owner)
  await stage.person('Bo', { room, lane: 'agents' })
  const olga = await stage.person(owner, { options: { ...NARROW, javaScriptEnabled: false } })
  await olga.page.goto(`/rooms/${room}/agents-settings`)
  await olga.page.getByRole('link', { name: 'Policies', exact: true }).click()
  await olga.page.getByLabel('Policy of calculate', { exact: true }).selectOption('votes')
  await olga.page.getByRole('button', { name: 'Save the policy of calculate' }).click()
  await olga.page.getByLabel('How many have to approve').fill('2')
  for (const name of ['Bo', 'Olga']) await olga.page.getByRole('checkbox', { name }).check()
  await olga.page.getByRole('button', { name: 'Save policy' }).click()
  await olga.page.locator('[data-tool="calculate"]').getByText('2 of Bo and Olga have to approve it.').waitFor()

  const seen = await stage.person(owner, { options: { ...WITH_AXE, ...NARROW } })
  for (const path of ['policies', 'policies?tool=calculate&mode=named']) {
    await seen.page.goto(`/rooms/${room}/${path}`)
    expect(await barriers(seen)).toEqual([])
    expect(await seen.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    if (process.env['SHOTS'])
      for (const [device, width] of [
        ['phone', 320],
        ['desktop', 1280],
      ] as const)
        for (const scheme of ['light', 'dark'] as const) {
          await seen.page.setViewportSize({ width, height: 900 })
          await seen.page.emulateMedia({ colorScheme: scheme })
          await seen.page.screenshot({ path: `${process.env['SHOTS']}/${path.includes('?') ? 'deciders' : 'policies'}-${device}-${scheme}.png` })
        }
    await seen.page.setViewportSize(NARROW.viewport)
  }
})
