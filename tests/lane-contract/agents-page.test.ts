// The page of a room's agents, over HTTP as a browser without scripts uses it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { recordsOf, type RoomRecord } from '../../src/conversation/record'
import { LANES } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { command } from '../support/room'
import { DRIVERS } from './drivers'
import { World } from './world'

let world: World
let ann: Guest
let bo: Guest
let room: RoomId

beforeAll(async () => {
  world = await World.begin()
  ann = await world.guest('Ann')
  bo = await world.guest('Bo')
  room = await world.room(ann)
  await world.join(DRIVERS.agents, room, bo)
})
afterAll(() => world.end())

const address = (query = '') => new URL(`/rooms/${room}/agents-settings${query}`, world.server.url)
const page = async (who: Guest, query = '') => (await who.fetch(address(query), { headers: { accept: 'text/html' } })).text()
const submit = (who: Guest, fields: Readonly<Record<string, string>>, accept = 'application/json') =>
  who.fetch(address(), { method: 'POST', redirect: 'manual', headers: { accept }, body: new URLSearchParams(fields) })

async function handles(): Promise<readonly string[]> {
  const answered = await ann.fetch(new URL(`/rooms/${room}/records?kind=agent`, world.server.url))
  const { records } = await answered.json<{ readonly records: readonly RoomRecord[] }>()
  return recordsOf(records, 'agent').map(({ value }) => `${value.handle} ${value.mode}`)
}

const SCOUT = {
  intent: 'save',
  handle: 'scout',
  name: 'Scout',
  instruction: 'Find it.',
  model: 'default',
  mode: 'mention',
  atOnce: '2',
  order: '',
  emoji: '🔭',
  colour: 'teal',
}

describe('[R128] the page of agents', () => {
  it('shows everybody who is there, and its owner the way to change them', async () => {
    const [seen, owned] = [await page(bo), await page(ann)]
    for (const html of [seen, owned]) expect(html).toContain('@parley')
    expect(owned).toContain('New agent')
    expect(owned).toContain('aria-label="Edit Parley"')
    expect(owned).toContain('aria-label="New Scout"')
    expect(seen).not.toMatch(/New agent|Edit Parley/)
    expect(await page(bo, '?new=blank')).not.toContain('Save agent')
  })

  it('[R123] has a form that begins as its template, with what each mode would have done', async () => {
    const html = await page(ann, '?new=scout')
    for (const label of ['Handle', 'Name', 'Instruction', 'Model', 'Answers', 'At once'])
      expect(html, label).toMatch(new RegExp(`<label for="[a-zA-Z]+">${label}</label>`))
    expect(html).toContain('value="scout"')
    expect(html).toContain('You find things out.')
    expect(html.indexOf('aria-label="Rehearsal"')).toBeLessThan(html.indexOf('Save agent'))
    for (const mode of ['off', 'mention', 'auto', 'always']) expect(html).toContain(`data-mode="${mode}"`)
  })

  it('saves an agent, changes it, and removes it; a refusal keeps what was typed', async () => {
    expect((await submit(ann, SCOUT)).status).toBe(200)
    expect(await handles()).toContain('scout mention')
    const html = await page(ann)
    const id = /data-agent="(agent-[0-9a-f]+)"/.exec(html)?.[1] ?? ''
    expect(id).not.toBe('')
    expect((await submit(ann, { ...SCOUT, agent: id, mode: 'always' }, 'text/html')).status).toBe(303)
    expect(await handles()).toContain('scout always')
    const refused = await submit(ann, { ...SCOUT, handle: 'parley', instruction: 'Kept as typed.' }, 'text/html')
    expect(refused.status).toBe(400)
    const again = await refused.text()
    expect(again).toContain('id="handle-error" role="alert"')
    expect(again).toContain('Kept as typed.')
    expect((await submit(ann, { intent: 'remove', agent: id })).status).toBe(200)
    expect(await handles()).toEqual(['parley always'])
  })

  it('[R176] says who changed an agent meanwhile, keeps what was typed, and saves it once that was seen', async () => {
    const form = (html: string) => /name="began" value="(\d+)"/.exec(html)?.[1] ?? ''
    const parley = { ...SCOUT, agent: 'parley', handle: 'parley', name: 'Parley', mode: 'always' }
    const [one, other] = [form(await page(ann, '?agent=parley')), form(await page(ann, '?agent=parley'))]
    expect((await submit(ann, { ...parley, began: one, instruction: 'From the first tab.' })).status).toBe(200)
    const refused = await submit(ann, { ...parley, began: other, instruction: 'From the second tab.' }, 'text/html')
    const html = await refused.text()
    expect([
      refused.status,
      html.includes('Parley was changed meanwhile by Ann; look at it anew. Nothing was saved. What you typed stands here'),
      html.includes('From the second tab.'),
    ]).toEqual([409, true, true])
    // What the first said stands among the versions of the same page.
    expect(html).toContain('From the first tab.')
    expect((await submit(ann, { ...parley, began: form(html), instruction: 'From the second tab.' })).status).toBe(200)
    expect((await submit(ann, { ...parley, began: 'x' })).status).toBe(400)
    expect((await submit(ann, { ...parley, began: form(await page(ann, '?agent=parley')), instruction: 'Answer.' })).status).toBe(200)
  })

  it('[R128] refuses a model that is not offered, and a place that is none, beside their fields', async () => {
    for (const [field, value] of [
      ['model', 'openai:gpt-99'],
      ['order', '1.5'],
      ['order', '-5'],
      ['order', '9999999'],
    ] as const) {
      const refused = await submit(ann, { ...SCOUT, [field]: value }, 'text/html')
      expect([value, refused.status, (await refused.text()).includes(`id="${field}-error"`)]).toEqual([value, 400, true])
    }
  })

  it('[R128] does nothing for anybody else', async () => {
    for (const fields of [SCOUT, { ...SCOUT, agent: 'parley' }, { intent: 'remove', agent: 'parley' }]) {
      const refused = await submit(bo, fields)
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ refusal: { code: 'not_owner' } })
    }
    expect(await handles()).toEqual(['parley always'])
  })
})

it.each(LANES)('[R129] whatever an agent is called, the page of the %s lane says that an AI speaks, in sight and for a screen reader', async (lane) => {
  const place = await world.room(ann)
  const who = await world.join(DRIVERS[lane], place, ann)
  for (const [handle, name] of [
    ['system', 'System'],
    ['team', 'Parley team'],
    ['an', 'Ænn'],
  ] as const) {
    const profile = { handle, name, instruction: 'Answer.', model: 'default', mode: 'mention' }
    expect((await command(ann, place, { type: 'save-agent', profile })).status).toBe(200)
    who.client.post(`@${handle} [[words:2]] who speaks?`)
    await who.until('its answer', () => who.messages().some(({ metadata }) => metadata.author.name === name && metadata.status === 'complete'))
    const html = await (await bo.fetch(new URL(`/rooms/${place}/${lane}`, world.server.url), { headers: { accept: 'text/html' } })).text()
    const row = new RegExp(`<article [^>]*data-author-kind="agent"[^>]*aria-label="${name}, AI".*?</article>`, 's').exec(html)?.[0] ?? ''
    expect([name, />AI<\/span>/.test(row)]).toEqual([name, true])
  }
  expect(who.messages().every(({ role, metadata }) => (role === 'assistant') === (metadata.author.kind === 'agent'))).toBe(true)
  who.close()
})
