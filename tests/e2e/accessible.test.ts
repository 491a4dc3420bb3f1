// Whether everybody can use it: axe finds nothing to say, in light and in dark, on a phone and on a desk, in every state of every page.
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { DRIVERS } from '../lane-contract/drivers'
import type { Guest } from '../support/guest'
import { barriers, WITH_AXE } from './stage/barriers'
import { useStage } from './stage/stage'

const stage = useStage()

const DEVICES = [
  { device: 'on a phone', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  { device: 'on a desk', viewport: { width: 1280, height: 800 } },
] as const

const RICH = `[[echo]] ## What I found

| lane | frames |
| --- | ---: |
| rsc | 67 |

\`\`\`ts
const lanes = ['rsc', 'agents'] // and one more
\`\`\`

> Quoted, with \`code\`, **bold** and a [link](https://example.com).

- [x] done
- [ ] to do`

let owner: Guest
let room: RoomId
beforeAll(async () => {
  owner = await stage.guest('Ann')
  room = await stage.room(owner)
  const ann = await stage.join(DRIVERS.agents, room, owner)
  const bo = await stage.join(DRIVERS.agents, room, 'Bo')
  bo.client.post('@Ann good morning')
  await ann.sees('good morning')
  ann.client.post(RICH)
  await ann.settled()
  bo.client.post('@Parley [[fault:401]] this one fails')
  await ann.sees('this one fails')
  await ann.settled()
})

describe.each(DEVICES)('$device', ({ device: _device, ...options }) => {
  const visit = { options: { ...options, ...WITH_AXE } }

  it('the page that asks for a name has no barrier', async () => {
    const stranger = await stage.stranger(visit)
    await stranger.page.goto('/')
    await stranger.button('Continue').waitFor()
    expect(await barriers(stranger)).toEqual([])
  })

  it('a room with people, a rich reply and a failed one has no barrier', async () => {
    const cy = await stage.person('Cy', { ...visit, room, lane: 'rsc' })
    await cy.seesReply('failed')
    await cy.sees('What I found')
    expect(await barriers(cy)).toEqual([])
    await cy.button(/Who is here/).click()
    await cy.page.getByRole('dialog', { name: 'Who is here' }).waitFor()
    expect(await barriers(cy, '[role="dialog"][aria-label="Who is here"]')).toEqual([])
  })
})

it('the pages around a room have no barrier', async () => {
  const ann = await stage.person(owner, { options: WITH_AXE })
  ann.expects(/status of 404/)
  for (const address of ['/rooms', `/rooms/${room}/members`, '/nowhere']) {
    await ann.page.goto(address)
    await ann.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await barriers(ann), address).toEqual([])
  }
})

describe.each(DEVICES)('[R116] every state has no barrier: $device', ({ device: _device, ...options }) => {
  const visit = { options: { ...options, ...WITH_AXE } }

  it('of a room', async () => {
    const olga = await stage.guest('Olga')
    const place = await stage.room(olga)
    const person = (await stage.person(olga, { ...visit, room: place, lane: 'tinybase' })).expects(/net::ERR_|WebSocket connection to .* failed/)
    const { page } = person
    const found: string[] = []
    const look = async (state: string) => found.push(...(await barriers(person)).map((barrier) => `${state}: ${barrier}`))
    await look('empty')
    await person.composer.fill('[[words:30 hold after:20]] wait')
    await person.button('Send').click()
    await person.sees('word20')
    await look('streaming')
    await person.button('Stop').click()
    await person.seesReply('stopped')
    await look('stopped')
    stage.model.release()
    await person.composer.fill('[[words:30 fault:length after:20]] [[reasoning thoughts:40]] cut off')
    await person.button('Send').click()
    await person.button('Continue').waitFor()
    await person.replies.locator('summary').last().click()
    await look('cut off, with its reasoning open')
    await person.composer.fill('x'.repeat(32_100))
    await look('too long')
    await person.composer.fill('')
    await person.button('Send').click()
    await page.getByRole('alert').filter({ hasText: 'Write something first.' }).waitFor()
    await look('nothing written')
    for (const name of ['Room menu', /Who is here/]) {
      await person.button(name).click()
      await page.getByRole('dialog').first().waitFor()
      await look(`open: ${String(name)}`)
      await page.keyboard.press('Escape')
    }
    if ('isMobile' in options) await person.button('Rooms').click()
    await page.getByText('New room').click()
    await person.button(/^Your account/).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor()
    await look('open: rooms, new room, account')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await person.button('Room menu').click()
    await person.button('Clear').click()
    await page.getByRole('dialog', { name: /^Clear / }).waitFor()
    await look('asked whether to clear')
    await person.button('Cancel').click()
    await page.keyboard.press('Escape')
    await person.context.setOffline(true)
    await person.is('Offline')
    await person.composer.fill('@Olga written offline')
    await person.button('Send').click()
    await person.sees('written offline')
    await look('offline')
    await person.context.setOffline(false)
    await person.is('Connected')
    await olga.fetch(new URL('/sign-out', olga.origin), { method: 'POST' })
    await page.getByRole('link', { name: 'Other rooms' }).waitFor()
    await look('shut out')
    expect(found).toEqual([])
  })

  it('of the pages around it', async () => {
    const olga = await stage.guest('Olga')
    const place = await stage.room(olga)
    await stage.person('Bo', { room: place, lane: 'agents' })
    const person = (await stage.person(olga, visit)).expects(/status of (400|403|404|409)/)
    const { page } = person
    const found: string[] = []
    const look = async (state: string) => {
      await page.getByRole('heading', { level: 1 }).waitFor()
      found.push(...(await barriers(person)).map((barrier) => `${state}: ${barrier}`))
    }
    await page.goto('/rooms')
    await page.getByRole('textbox', { name: 'Room name' }).fill(place.replaceAll('-', ' '))
    await person.button('Create room').click()
    await page.getByRole('alert').waitFor()
    await look('a name that is taken')
    await page.goto(`/rooms/${place}/members`)
    await look('members')
    await page.getByText('Delete this room').click()
    await look('asked whether to delete')
    await person.button('Remove Bo').click()
    await page.getByText('They are shut out at once').waitFor()
    await look('asked whether to remove')
    await page.goto('/instance')
    await look('no owner of the instance')
    await page.goto(`/rooms/${place}/compare`)
    await person.status.filter({ hasText: 'Connected' }).nth(2).waitFor()
    await look('compare')
    await olga.fetch(new URL(`/rooms/${place}/delete`, olga.origin), { method: 'POST' })
    await page.goto(`/rooms/${place}/agents`)
    await look('deleted')
    const stranger = await stage.stranger(visit)
    stranger.expects(/status of 409/)
    await stranger.page.goto('/')
    await stranger.page.getByRole('textbox', { name: 'Your name' }).fill('Parley')
    await stranger.button('Continue').click()
    await stranger.page.getByRole('alert').waitFor()
    found.push(...(await barriers(stranger)).map((barrier) => `a name that nobody may have: ${barrier}`))
    expect(found).toEqual([])
  })
})

it('[R116] the page of the instance has no barrier, in light and in dark', async () => {
  const person = await stage.person('Ida', { options: WITH_AXE })
  const link = /\/claim\/[\w-]{72}/
  await person.until('the link is printed', async () => link.test(stage.server.output))
  await person.page.goto(link.exec(stage.server.output)?.[0] ?? '')
  await person.page.getByRole('heading', { name: 'This instance' }).waitFor()
  for (const details of await person.page.locator('details > summary').all()) await details.click()
  expect(await barriers(person)).toEqual([])
})
