// The page of a room's members, its invitation, and pages without scripts: plain forms that say what they do.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { PLAIN_HOST, useStage } from './stage/stage'

const stage = useStage()

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  it('[R113] Remove asks before it removes, and can be thought better of', async () => {
    const owner = await stage.guest('Olga')
    const room = await stage.room(owner)
    const bo = await stage.person('Bo', { room, lane: 'agents' })
    const olga = await stage.person(owner, { options: { javaScriptEnabled } })
    await olga.page.goto(`/rooms/${room}/members`)
    await olga.button('Remove Bo').click()
    await olga.page.getByText('They are shut out at once').waitFor()
    await olga.page.getByRole('link', { name: 'Cancel' }).click()
    await olga.page.getByRole('heading', { name: /^Members of/ }).waitFor()
    await bo.say('@Bo still here')
    await bo.settled()
    await olga.button('Remove Bo').click()
    await olga.page.getByText('They are shut out at once').waitFor()
    await olga.button('Remove Bo').click()
    await olga.page.getByRole('heading', { name: /^Members of/ }).waitFor()
    expect(await olga.button('Remove Bo').count()).toBe(0)
    await bo.page.getByText('You are not in this room any more.').waitFor()
  })
})

it('[R113] asking is for the owner, and nobody can be asked about who is not there or owns it', async () => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  const bo = await stage.guest('Bo')
  expect((await bo.fetch(`${bo.origin}/rooms/${room}/members?remove=${owner.id}`)).status).toBe(403)
  for (const id of [owner.id, 'nobody', '', '<b>']) {
    const page = await (await owner.fetch(`${owner.origin}/rooms/${room}/members?remove=${encodeURIComponent(id)}`)).text()
    expect(page).toContain('Members of')
    expect(page).not.toContain('They are shut out at once')
  }
})

it.each(['localhost', PLAIN_HOST])('[R114] the invitation is copied by its button, at %s', async (host) => {
  const owner = await stage.guest('Olga')
  const response = await owner.fetch(new URL('/rooms', owner.origin), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ name: `private at ${host}`, access: 'private' }),
  })
  const { location } = await response.json<{ location: string }>()
  const origin = `http://${host}:${stage.server.port}`
  const olga = await stage.person(owner, { options: { baseURL: origin, permissions: host === 'localhost' ? ['clipboard-read', 'clipboard-write'] : [] } })
  await olga.context.addCookies((await olga.context.cookies(owner.origin)).map(({ name, value }) => ({ name, value, url: origin, httpOnly: true })))
  await olga.page.goto(`${location}/agents`)
  await olga.is('Connected')
  await olga.button('Room menu').click()
  const link = await olga.page.getByRole('link', { name: 'Invitation link' }).getAttribute('href')
  await olga.button('Copy invitation').click()
  await olga.page.getByText('Copied.').waitFor()
  await olga.page.keyboard.press('Escape')
  await olga.composer.press('ControlOrMeta+v')
  await olga.until('the invitation is pasted', async () => (await olga.composer.inputValue()) === `${origin}${link}`)
})

it('[R114] where nothing may be copied, it says so, and where to copy from', async () => {
  const owner = await stage.guest('Olga')
  const response = await owner.fetch(new URL('/rooms', owner.origin), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ name: 'private without a clipboard', access: 'private' }),
  })
  const { location } = await response.json<{ location: string }>()
  const olga = await stage.person(owner, {
    beforeScripts: () => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
      document.execCommand = () => false
    },
  })
  await olga.page.goto(`${location}/agents`)
  await olga.is('Connected')
  await olga.button('Room menu').click()
  await olga.button('Copy invitation').click()
  await olga.page.getByText('This browser does not let pages copy. Copy the address of the link above.').waitFor()
})

it.each(LANES)('[R115] without scripts a room says in words what works, and that works: %s lane', async (lane) => {
  const owner = await stage.guest('Olga')
  const room = await stage.room(owner)
  const olga = await stage.person(owner, { room, lane: 'agents' })
  await olga.say('@Olga said before')
  await olga.settled()
  const ann = await stage.stranger({ options: { javaScriptEnabled: false } })
  await ann.page.goto(`/rooms/${room}/${lane}`)
  await ann.page.getByRole('textbox', { name: 'Your name' }).fill('Ann')
  await ann.button('Continue').click()
  await ann.sees('said before')
  const note = ann.page.locator('noscript')
  await note.waitFor()
  expect(await note.textContent()).toContain('Without scripts this page shows what was said up to now.')
  expect(await ann.status.isVisible()).toBe(false)
  expect(await ann.button('Send').isDisabled()).toBe(true)
  expect(await ann.page.locator('article time').first().textContent()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\dZ$/)
  await ann.page.getByRole('button', { name: 'Your account, Ann' }).click()
  await ann.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Anna')
  await ann.button('Rename').click()
  await ann.page.getByRole('button', { name: 'Your account, Anna' }).waitFor()
  await ann.page.getByText('New room').click()
  await ann.page.getByRole('textbox', { name: 'Room name' }).fill(`plain ${lane} ${room}`)
  await ann.button('Create room').click()
  await ann.page.getByText('Nothing said in').waitFor()
})
