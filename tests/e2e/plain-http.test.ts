// Parley on a network without certificates: at a name that is not localhost, over plain HTTP, where a page is not secure.
import { describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import type { Person } from './stage/person'
import { PLAIN_HOST, useStage } from './stage/stage'

const stage = useStage()

/** Signs in as a person does, at the address of a room. */
async function arrive(name: string, room: RoomId, lane: LaneName): Promise<Person> {
  const person = await stage.stranger({ options: { baseURL: `http://${PLAIN_HOST}:${stage.server.port}` } })
  await person.page.goto(`/rooms/${room}/${lane}`)
  await person.page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await person.button('Continue').click()
  return person.is('Connected')
}

describe.each(LANES)('%s lane', (lane) => {
  it('[R32] people sign in, post, are answered and see each other over plain HTTP at another name', async () => {
    const room = await stage.room(await stage.guest('Ann'))
    const [bo, cy] = [await arrive('Bo', room, lane), await arrive('Cy', room, lane)]
    expect(await bo.page.evaluate(() => [isSecureContext, 'randomUUID' in crypto, 'clipboard' in navigator])).toEqual([false, false, false])
    await bo.say('@Cy over plain HTTP')
    await cy.sees('over plain HTTP')
    await cy.say('@Bo and back')
    await bo.sees('and back')
    await bo.say('@Parley [[words:5]] to the agent')
    await cy.seesReply('complete')
    for (const person of [bo, cy]) await person.settled()
    const cookies = await bo.context.cookies()
    expect(cookies.map(({ secure }) => secure)).not.toContain(true)
    expect(cookies.length).toBeGreaterThan(0)
  })
})

it('[R32] code is copied there too, and focus stays', async () => {
  const room = await stage.room(await stage.guest('Ann'))
  const bo = await arrive('Bo', room, 'agents')
  await bo.say('[[echo]] so:\n```js\nconst answer = 42\n```')
  await bo.seesReply('complete')
  await bo.replies.getByRole('button', { name: 'Copy code' }).click()
  const copied = bo.replies.getByRole('button', { name: 'Copied' })
  await copied.waitFor()
  expect(await copied.evaluate((button) => button === document.activeElement)).toBe(true)
  await bo.composer.press('ControlOrMeta+v')
  await bo.until('the code is pasted', async () => (await bo.composer.inputValue()) === 'const answer = 42')
})
