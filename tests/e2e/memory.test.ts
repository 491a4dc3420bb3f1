// What a room remembers and does later, as people see it: with the guide alone, from the page of agents, with scripts and without.
import { expect, it } from 'vitest'
import { command } from '../support/room'
import { useStage } from './stage/stage'

const stage = useStage()

it.each([true, false])('[R240] a note is added, changed and taken away on the room’s page; with scripts: %s', async (javaScriptEnabled) => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  const bo = await stage.person('Bo', { options: { javaScriptEnabled } })
  // The refused form.
  bo.expects(/status of 400/)
  await bo.page.goto(`/rooms/${room}/memory`)
  await bo.page.getByLabel('New note').fill('Tea is at four.')
  await bo.button('Add note').click()
  const note = bo.page.locator('[data-memory]')
  await note.getByText('Tea is at four.').waitFor()
  await bo.page.getByRole('button', { name: 'Edit “Tea is at four.”' }).click()
  await bo.page.getByLabel('Note', { exact: true }).fill('\u200b')
  await bo.button('Save note').click()
  await bo.page.getByText('Write what is to be remembered.').waitFor()
  await bo.page.getByLabel('Note', { exact: true }).fill('Tea is at five.')
  await bo.button('Save note').click()
  await note.getByText('Changed by').waitFor()
  await bo.page.getByRole('button', { name: 'Delete “Tea is at five.”' }).click()
  await bo.page.getByText('This room remembers nothing yet.').waitFor()
})

it('[R166] [R240] [R244] the guide notes and plans what it is told to, and the pages show it, which the page of agents leads to', async () => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  expect((await command(owner, room, { type: 'save-agent', agent: 'parley', profile: { model: 'guide' } })).status).toBe(200)
  const olga = await stage.person(owner, { room, lane: 'agents' })
  await olga.say('remember that the harbour closes at ten')
  await olga.page.getByText('Noted for this room').waitFor()
  await olga.say('every weekday at 9, what did I miss?')
  await olga.page.getByText('It comes next at').waitFor()
  await olga.page.goto(`/rooms/${room}/agents-settings`)
  await olga.page.getByRole('link', { name: 'Memory' }).click()
  await olga.page.locator('[data-memory]').getByText('The harbour closes at ten.').waitFor()
  await olga.page.getByRole('link', { name: /^Source of/ }).click()
  await olga.page.locator('[data-source]').getByText('remember that the harbour closes at ten').waitFor()
  await olga.page.goto(`/rooms/${room}/agents-settings`)
  await olga.page.getByRole('link', { name: 'Schedules' }).click()
  await olga.page.locator('[data-schedule]').getByText('what did I miss?').waitFor()
  await olga.page.getByRole('button', { name: 'Cancel “what did I miss?”' }).click()
  await olga.page.getByText('Nothing is planned.').waitFor()
})
