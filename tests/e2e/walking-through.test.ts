// The walk-through of docs/walkthrough.md, with the guide and a server of tools that nobody here wrote: add it, review it, ask, approve, look it up.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Everything, startEverything } from '../support/everything'
import type { RoomId } from '../../src/conversation/ids'
import { command } from '../support/room'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { record } from './stage/recorder'
import { useStage } from './stage/stage'

const stage = useStage({ MODEL: 'guide', ALLOW_LOOPBACK: '1' })

let everything: Everything
beforeAll(async () => {
  everything = await startEverything()
})
afterAll(() => everything.stop())

const cardOf = ({ page }: Person) => page.getByRole('group', { name: 'Approval: get-sum', exact: true })
const buttonsOf = (who: Person) => cardOf(who).getByRole('button').allTextContents()
const VISIT = { options: { viewport: { width: 1040, height: 720 } } } as const

it('[R284] [R285] a server is added, reviewed, asked, approved and audited, as the docs show it', { timeout: 120_000 }, async () => {
  const ann = await stage.person('Ann', { options: { ...WITH_AXE, ...VISIT.options } })
  const { page } = ann
  await page.goto('/rooms')
  await page.getByRole('textbox', { name: 'Room name' }).fill('Harbour')
  await page.getByRole('button', { name: 'Create room' }).click()
  await ann.is('Connected')
  const room = (new URL(page.url()).pathname.split('/')[2] ?? '') as RoomId

  // A picture that not every machine has a font for is none for the docs.
  await command(ann.guest, room, { type: 'save-agent', agent: 'parley', profile: { emoji: '' } })
  await ann.button('Room menu').click()
  await page.getByRole('dialog', { name: 'Room menu' }).getByRole('link', { name: 'Agents' }).click()
  await page.getByRole('textbox', { name: 'Server address' }).fill(everything.address)
  await record(page, '1-add', page.getByRole('region', { name: 'Tools and servers' }))
  await page.getByRole('button', { name: 'Add server' }).click()

  const tool = page.locator('[data-tool="get-sum"]')
  await tool.getByText('says that it only reads').waitFor()
  expect(await barriers(ann)).toEqual([])
  await tool.getByRole('combobox', { name: 'Policy' }).selectOption('asker')
  await tool.evaluate((row) => row.scrollIntoView({ block: 'center' }))
  await record(page, '2-review')
  await page.getByRole('button', { name: 'Accept tools' }).click()
  await page.getByRole('button', { name: 'Save policies' }).waitFor()
  expect(await tool.getByRole('combobox', { name: 'Policy' }).inputValue()).toBe('asker')

  await page.getByRole('button', { name: 'Edit Parley' }).click()
  await page.getByRole('checkbox', { name: /localhost/ }).check()
  await page.getByRole('button', { name: 'Save agent' }).click()
  await page.getByText('For Parley.').waitFor()

  const bo = await stage.person('Bo', VISIT)
  await bo.page.goto(`/rooms/${room}/agents`)
  await bo.is('Connected')
  const cy = await stage.person('Cy', VISIT)
  await cy.page.goto(`/rooms/${room}/rsc`)
  await cy.is('Connected')
  await bo.say('@Parley use get-sum with a: 2, b: 40')
  for (const who of [bo, cy]) await cardOf(who).getByText('Bo, who asked, or the owner of this room may decide.').waitFor()
  await cardOf(bo).getByRole('button', { name: 'Approve' }).waitFor()
  expect([await buttonsOf(bo), await buttonsOf(cy)]).toEqual([['Approve', 'Deny'], []])
  await record(bo.page, '3-asker')
  await record(cy.page, '4-others')

  await cardOf(bo).getByRole('button', { name: 'Approve' }).click()
  await bo.sees('The sum of 2 and 40 is 42.')
  await cardOf(cy).getByText('Approved by Bo').waitFor()
  await bo.settled()
  // Whoever was at the end of the list is still there, although the card became smaller and the answer came.
  expect(await bo.button('Jump to latest').count()).toBe(0)
  await record(bo.page, '5-approved')

  await page.goto(`/rooms/${room}/agents-settings`)
  await page.getByRole('link', { name: 'Audit' }).click()
  await page.locator('[data-approval-state="approved"][data-result="done"]').getByText('Approved by Bo').waitFor()
  await record(page, '6-audit')
})
