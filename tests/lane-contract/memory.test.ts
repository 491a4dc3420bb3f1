// What a room remembers and does later, and agents that ask each other, as people see it in every lane; and the pages without scripts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { whyOf } from '../../src/conversation/engaged'
import type { RoomId } from '../../src/conversation/ids'
import { type Message, textOf } from '../../src/conversation/message'
import { recordsOf } from '../../src/conversation/record'
import { LANES } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { command } from '../support/room'
import { DRIVERS } from './drivers'
import type { Participant } from './participant'
import { World } from './world'

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const notesOf = (who: Participant) => recordsOf(who.client.getState().records, 'memory').map(({ value }) => value)
const schedulesOf = (who: Participant) => recordsOf(who.client.getState().records, 'schedule').map(({ value }) => value)
const repliesOf = (who: Participant): readonly Message[] => who.messages().filter(({ role }) => role === 'assistant')

interface Scene {
  readonly room: RoomId
  readonly owner: Guest
  readonly ann: Participant
  readonly bo: Participant
}

async function scene(lane: (typeof LANES)[number]): Promise<Scene> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  return { room, owner, ann: await world.join(DRIVERS[lane], room, owner), bo: await world.join(DRIVERS[lane], room, 'Bo') }
}

describe.each(LANES)('%s lane', (lane) => {
  it('[R240] [R241] a note that an agent makes reaches everybody, and the next prompt; whoever changes it is seen to', async () => {
    const { room, ann, bo } = await scene(lane)
    ann.client.post('[[call:remember({"fact":"The_ship_sails_on_Friday."})]] go')
    for (const who of [ann, bo]) await who.until('the note', () => notesOf(who).length === 1)
    await ann.settled()
    expect(notesOf(bo)[0]).toMatchObject({ fact: 'The ship sails on Friday.', by: ann.guest.id, name: 'Ann', agent: 'Parley', source: ann.messages()[0]?.id })
    const { id } = recordsOf(bo.client.getState().records, 'memory')[0] ?? { id: '' }
    expect((await command(bo.guest, room, { type: 'edit-memory', id, fact: 'The ship sails on Monday.' })).status).toBe(200)
    await ann.until('the change', () => notesOf(ann)[0]?.fact === 'The ship sails on Monday.')
    expect(notesOf(ann)[0]).toMatchObject({ by: ann.guest.id, edited: { by: bo.guest.id, name: 'Bo' } })
    bo.client.post('[[words:3]] tell me')
    await bo.until('two replies', () => repliesOf(bo).length === 2)
    await bo.settled()
    expect(JSON.stringify(world.model.requests.at(-1)?.messages[0])).toContain('The ship sails on Monday.')
    const late = await world.join(DRIVERS[lane], room, 'Late')
    await late.until('the note', () => notesOf(late).length === 1)
    expect(notesOf(late)).toEqual(notesOf(ann))
    expect((await command(bo.guest, room, { type: 'forget', id })).status).toBe(200)
    for (const who of [ann, bo, late]) await who.until('no note', () => notesOf(who).length === 0)
  })

  it('[R244] a schedule that an agent makes comes by itself, in its maker’s name, to whoever is there', async () => {
    const { ann, bo } = await scene(lane)
    bo.client.post('[[call:schedule({"when":"in_2_seconds","task":"say_what_was_done"})]] go')
    await ann.until('the schedule', () => schedulesOf(ann).length === 1)
    expect(schedulesOf(ann)[0]).toMatchObject({ task: 'say what was done', by: bo.guest.id, name: 'Bo', agent: 'parley', cron: null })
    await ann.until('what it asked for', () => repliesOf(ann).length === 2 && repliesOf(ann)[1]?.metadata.status === 'complete')
    const [asked] = ann.messages().filter((message) => textOf(message).startsWith('Scheduled (in 2 seconds'))
    expect(asked?.metadata.author.id).toBe(bo.guest.id)
    const reply = repliesOf(ann)[1]
    expect(reply && whyOf(reply.metadata)).toMatchObject({ rule: 'schedule', by: bo.guest.id })
    for (const who of [ann, bo]) await who.until('no schedule', () => schedulesOf(who).length === 0)
  })

  it('[R249] an agent’s question to another is answered before everybody’s eyes, and comes back to it', async () => {
    const { room, owner, ann, bo } = await scene(lane)
    const profile = { handle: 'sage', name: 'Sage', instruction: 'Be wise.', mode: 'mention', colour: 'teal', emoji: '', model: 'default', atOnce: 1 }
    expect((await command(owner, room, { type: 'save-agent', profile })).status).toBe(200)
    bo.client.post('[[call:ask_agent({"agent":"sage","question":"What_now?"})]] go')
    for (const who of [ann, bo])
      await who.until('both to answer', () => repliesOf(who).length === 2 && repliesOf(who).every(({ metadata }) => metadata.status === 'complete'))
    const [parley, sage] = repliesOf(ann)
    expect(sage?.metadata).toMatchObject({ author: { name: 'Sage' }, replyTo: parley?.id, askedBy: bo.guest.id })
    expect(sage && whyOf(sage.metadata)).toMatchObject({ rule: 'agent-asked', by: 'parley' })
    const tool = parley?.parts.find((part) => part.type === 'dynamic-tool')
    expect(tool).toMatchObject({ toolName: 'ask_agent', state: 'output-available', output: { agent: 'Sage', answer: sage && textOf(sage) } })
    expect(sage && textOf(sage)).toContain('What now?')
  })

  it('[R243] a cleared room remembers nothing, in any lane', async () => {
    const { room, owner, ann, bo } = await scene(lane)
    await command(owner, room, { type: 'remember', fact: 'A fact.' })
    for (const who of [ann, bo]) await who.until('the note', () => notesOf(who).length === 1)
    ann.client.clear()
    for (const who of [ann, bo]) await who.until('no note', () => notesOf(who).length === 0)
  })
})

describe('the pages, as a browser without scripts uses them', () => {
  it('[R240] notes are added, changed and taken away by anybody in the room; a refusal keeps what was typed', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const bo = await world.guest('Bo')
    const { page, submit } = at(`/rooms/${room}/memory`)
    expect(await page(bo)).toContain('remembers nothing yet')
    expect((await submit(bo, { intent: 'add', fact: 'Tea <b>at</b> four.' })).status).toBe(303)
    const html = await page(owner)
    expect(html).toContain('Tea &lt;b&gt;at&lt;/b&gt; four.')
    const id = /data-memory="([0-9a-f]+)"/.exec(html)?.[1] ?? ''
    const form = await page(owner, `?edit=${id}`)
    expect(form).toContain('Save note')
    expect((await submit(owner, { intent: 'edit', id, fact: 'Tea at five.' })).status).toBe(303)
    expect(await page(bo)).toMatch(/Tea at five\.[\s\S]*Changed by/)
    const refused = await submit(bo, { intent: 'edit', id, fact: 'x'.repeat(501) })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toMatch(new RegExp(`x{501}[\\s\\S]*id="edited-fact-error" role="alert"`))
    expect((await submit(bo, { intent: 'delete', id })).status).toBe(303)
    expect(await page(bo)).toContain('remembers nothing yet')
  })

  it('[R240] a note leads to the message that it comes from', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const ann = await world.join(DRIVERS.agents, room, owner)
    ann.client.post('[[call:remember({"fact":"Kept."})]] this <i>is</i> the source')
    await ann.until('the note', () => notesOf(ann).length === 1)
    const { page } = at(`/rooms/${room}/memory`)
    const link = /href="[^"]*\/memory(\?source=[0-9a-f]+)"/.exec(await page(owner))?.[1] ?? ''
    expect(await page(owner, link)).toContain('this &lt;i&gt;is&lt;/i&gt; the source')
    expect(await page(owner, '?source=00000000000000000000000000000000')).toContain('is not here any more')
  })

  it('[R244] [R246] something is planned and cancelled, and the owner sets the time zone', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const bo = await world.guest('Bo')
    const { page, submit } = at(`/rooms/${room}/schedules`)
    expect(await page(bo)).toContain('Nothing is planned')
    const refused = await submit(bo, { intent: 'add', when: 'some day', task: 'sum up', agent: 'parley' })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toMatch(/role="alert"[\s\S]*value="some day"/)
    expect((await submit(bo, { intent: 'add', when: 'every weekday at 9', task: 'sum up', agent: 'parley' })).status).toBe(303)
    expect((await submit(bo, { intent: 'zone', zone: 'Asia/Tokyo' })).status).toBe(403)
    expect((await submit(owner, { intent: 'zone', zone: 'Asia/Tokyo' })).status).toBe(303)
    const html = await page(owner)
    expect(html).toMatch(/09:00 \(Asia\/Tokyo\)/)
    const id = /data-schedule="([0-9a-f]+)"/.exec(html)?.[1] ?? ''
    const cy = await world.guest('Cy')
    expect(await page(cy)).not.toContain('Cancel')
    expect((await submit(cy, { intent: 'cancel', id })).status).toBe(403)
    expect((await submit(bo, { intent: 'cancel', id })).status).toBe(303)
    expect(await page(bo)).toContain('Nothing is planned')
  })
})

function at(path: string) {
  const address = (query = '') => new URL(`${path}${query}`, world.server.url)
  return {
    page: async (who: Guest, query = '') => (await who.fetch(address(query), { headers: { accept: 'text/html' } })).text(),
    submit: (who: Guest, fields: Readonly<Record<string, string>>) =>
      who.fetch(address(), { method: 'POST', redirect: 'manual', headers: { accept: 'text/html' }, body: new URLSearchParams(fields) }),
  }
}
