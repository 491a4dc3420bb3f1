// Whether everybody can use it: axe finds nothing to say, in light and in dark, on a phone and on a desk.
import { AxeBuilder } from '@axe-core/playwright'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { DRIVERS } from '../lane-contract/drivers'
import type { Guest } from '../support/guest'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

const SCHEMES = ['light', 'dark'] as const
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const DESK = { viewport: { width: 1280, height: 800 } }
const LOOKS = SCHEMES.flatMap((colorScheme) => [
  { look: `${colorScheme}, on a phone`, colorScheme, ...PHONE },
  { look: `${colorScheme}, on a desk`, colorScheme, ...DESK },
])

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
  bo.client.post('[[fault:401]] this one fails')
  await ann.sees('this one fails')
  await ann.settled()
})

describe.each(LOOKS)('$look', ({ look: _look, ...options }) => {
  // axe is a script of its own, which the page's policy would rightly not run.
  const visit = { options: { ...options, bypassCSP: true } }

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
  const ann = await stage.person(owner, { options: { bypassCSP: true } })
  ann.expects(/status of 404/)
  for (const address of ['/rooms', `/rooms/${room}/members`, '/nowhere']) {
    await ann.page.goto(address)
    await ann.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await barriers(ann), address).toEqual([])
  }
})

/** What axe finds in a part of the page, in a form that says where. */
async function barriers({ page }: Person, part = 'html'): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`))
}
