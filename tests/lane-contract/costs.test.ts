// What agents cost, in each lane and on the page: seen live and after a reload, bounded by the owner's budgets, and nobody else's to set.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { type Message, textOf } from '../../src/conversation/message'
import { recordsOf } from '../../src/conversation/record'
import { usageOf } from '../../src/conversation/usage'
import { LANES } from '../../src/lanes/lanes'
import { command } from '../support/room'
import type { Guest } from '../support/guest'
import { DRIVERS } from './drivers'
import type { Participant } from './participant'
import { World } from './world'

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const NONE = { person: null, room: null, turn: null }
const replies = (who: Participant): readonly Message[] => who.messages().filter(({ role }) => role === 'assistant')
const costs = (who: Participant) => replies(who).map(({ metadata }) => usageOf(metadata))
const budget = (owner: Guest, room: RoomId, some: Readonly<Record<string, number | null>>) => command(owner, room, { type: 'save-budgets', ...NONE, ...some })
const meterOf = (who: Participant) => recordsOf(who.client.getState().records, 'meter')[0]?.value

describe.each(LANES)('%s lane', (lane) => {
  it('[R150] [R151] shows what a reply took and the meter, live and to whoever comes later', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const [ann, bo] = [await world.join(DRIVERS[lane], room, owner), await world.join(DRIVERS[lane], room, 'Bo')]
    bo.client.post('[[words:20]] go')
    for (const who of [ann, bo]) await who.until('its cost', () => costs(who)[0] !== null && costs(who).length === 1 && meterOf(who) !== undefined)
    const [usage] = costs(ann)
    expect(usage).toMatchObject({ by: bo.guest.id, name: 'Bo', model: 'openai:fake', calls: 1, dollars: null })
    expect(usage?.input).toBeGreaterThan(0)
    expect(usage?.output).toBeGreaterThan(0)
    expect(usage?.lastMs).toBeGreaterThanOrEqual(usage?.firstMs ?? Infinity)
    expect(meterOf(bo)).toMatchObject({ today: { turns: 1, input: usage?.input, output: usage?.output }, agents: [{ agent: 'parley' }] })
    await ann.settled()
    const late = await world.join(DRIVERS[lane], room, 'Cy')
    await late.until('all of it', () => late.shown().join() === ann.shown().join())
    expect(costs(late)).toEqual(costs(ann))
  })

  it('[R152] refuses a post whose budget is spent, with its text kept, and takes it when there is more', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const bo = await world.join(DRIVERS[lane], room, 'Bo')
    bo.client.post('[[words:5]] first')
    await bo.until('its cost', () => costs(bo)[0] !== undefined && costs(bo)[0] !== null)
    expect((await budget(owner, room, { person: 1 })).status).toBe(200)
    bo.client.post('[[words:5]] second')
    const pending = () => bo.client.getState().pending[0]
    await bo.until('refused', () => pending()?.refusal?.code === 'budget_spent')
    expect(pending()).toMatchObject({ text: '[[words:5]] second', refusal: { message: expect.stringMatching(/in this room in a day\. .*00:00 UTC/) } })
    const others = await world.join(DRIVERS[lane], room, 'Cy')
    others.client.post('[[words:5]] of another')
    await others.until('an answer', () => replies(others).length === 2)
    expect((await budget(owner, room, {})).status).toBe(200)
    const [id, text] = [pending()?.id, pending()?.text ?? '']
    bo.client.post(text, id)
    await bo.until('a third answer', () => replies(bo).length === 3)
    await bo.settled()
  })

  it('[R153] stops a turn at its limit, with what it said and the reason', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    await budget(owner, room, { turn: 30 })
    const ann = await world.join(DRIVERS[lane], room, owner)
    ann.client.post('[[words:400 delay:5]] talk')
    await ann.until('its end', () => replies(ann)[0]?.metadata.status === 'stopped')
    const [reply] = replies(ann)
    expect(reply?.metadata.failure).toEqual({ code: 'limit', text: expect.stringContaining('30 tokens'), goesOn: true })
    const words = reply ? textOf(reply).split(' ').length : 0
    expect(words).toBeGreaterThan(5)
    expect(words).toBeLessThan(60)
  })

  it('[R152] lets fifty posts at once overrun nothing', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    await budget(owner, room, { room: 9_000 })
    const bo = await world.join(DRIVERS[lane], room, 'Bo')
    for (let n = 0; n < 50; n++) bo.client.post(`[[words:3]] at once ${n}`)
    await bo.until('all to be answered or refused', () => bo.client.getState().pending.every(({ refusal }) => refusal !== undefined))
    await bo.until('no reply open', () => replies(bo).every(({ metadata: { status } }) => status !== 'streaming' && status !== 'waiting'))
    expect(replies(bo).length).toBeGreaterThan(0)
    await bo.until('every cost', () => costs(bo).every((cost) => cost !== null))
    // The last began while something was left: by what it took, and nothing else, a day may be overrun.
    const spent = costs(bo).map((cost) => (cost?.input ?? 0) + (cost?.output ?? 0))
    expect(spent.slice(0, -1).reduce((sum, tokens) => sum + tokens, 0)).toBeLessThan(9_000)
    expect(new Set(bo.client.getState().pending.map(({ refusal }) => refusal?.code))).toEqual(new Set(['budget_spent']))
  })
})

describe('the page of costs', () => {
  const page = async (who: Guest, room: RoomId) =>
    (await who.fetch(new URL(`/rooms/${room}/costs`, world.server.url), { headers: { accept: 'text/html' } })).text()
  const submit = (who: Guest, room: RoomId, fields: Readonly<Record<string, string>>, accept = 'application/json') =>
    who.fetch(new URL(`/rooms/${room}/costs`, world.server.url), { method: 'POST', redirect: 'manual', headers: { accept }, body: new URLSearchParams(fields) })
  const saved = async (who: Guest, room: RoomId) => {
    const answered = await who.fetch(new URL(`/rooms/${room}/records?kind=budget`, world.server.url))
    return (await answered.json<{ readonly records: readonly { readonly value: unknown }[] }>()).records[0]?.value ?? null
  }

  async function usedRoom(): Promise<{ readonly owner: Guest; readonly bo: Participant; readonly room: RoomId; readonly tokens: number }> {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const bo = await world.join(DRIVERS.agents, room, 'Bo')
    bo.client.post('[[words:5]] first')
    await bo.until('its cost', () => costs(bo)[0] !== undefined && costs(bo)[0] !== null)
    const [usage] = costs(bo)
    return { owner, bo, room, tokens: (usage?.input ?? 0) + (usage?.output ?? 0) }
  }

  it('[R151] shows a member who took how much, by person, agent, model and day', async () => {
    const { owner, bo, room, tokens } = await usedRoom()
    for (const who of [owner, bo.guest]) {
      const html = await page(who, room)
      for (const title of ['By person', 'By agent', 'By model', 'By day']) expect(html).toContain(title)
      expect(html).toContain(`data-member="${bo.guest.id}" data-tokens="${tokens}"`)
      expect(html).toContain(`data-member="parley" data-tokens="${tokens}"`)
      expect(html).toContain(`data-model="openai:fake" data-tokens="${tokens}"`)
    }
  })

  it('[R152] saves budgets of the owner as they are written, an empty field being none', async () => {
    const { owner, room } = await usedRoom()
    expect((await submit(owner, room, { person: '10,000', room: '', turn: ' 500 ' }, 'text/html')).status).toBe(303)
    expect(await saved(owner, room)).toEqual({ person: 10_000, room: null, turn: 500 })
    expect(await page(owner, room)).toMatch(/<label for="person">Tokens per person and day<\/label>.*value="10000"/)
    expect((await submit(owner, room, { person: '', room: '', turn: '' })).status).toBe(200)
    expect(await saved(owner, room)).toBeNull()
  })

  it.each([
    ['person', 'ten'],
    ['room', '-1'],
    ['turn', '0'],
    ['turn', '1.5'],
    ['person', '99999999999'],
  ])('[R152] refuses %s of “%s” beside the field, and keeps what was typed', async (field, typed) => {
    const { owner, room } = await usedRoom()
    const fields = { person: '700', room: '', turn: '', [field]: typed }
    const refused = await submit(owner, room, fields, 'text/html')
    expect(refused.status).toBe(400)
    const html = await refused.text()
    expect(html).toContain(`value="${typed}"`)
    expect(html).toMatch(new RegExp(`id="${field}-error"[^>]*>Write a whole number from`))
    if (field !== 'person') expect(html).toContain('value="700"')
    expect(await saved(owner, room)).toBeNull()
  })

  it('[R152] lets nobody else save anything, by form, command, or frame', async () => {
    const { owner, bo, room } = await usedRoom()
    for (const fields of [{ person: '5' }, { person: 'nonsense' }]) {
      const refused = await submit(bo.guest, room, fields)
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ refusal: { code: 'not_owner' } })
    }
    expect((await budget(bo.guest, room, { room: 5 })).status).toBe(403)
    expect(await page(bo.guest, room)).not.toContain('Save budgets')
    const stranger = await world.guest('Cy')
    expect((await submit(stranger, room, { person: '5' })).status).toBe(403)
    expect(await saved(owner, room)).toBeNull()
  })

  it('[R154] answers each member what they have left, and no stranger', async () => {
    const { owner, bo, room, tokens } = await usedRoom()
    await budget(owner, room, { person: 1_000_000 })
    const allowance = (who: Guest) => who.fetch(new URL(`/rooms/${room}/allowance`, world.server.url))
    expect(await (await allowance(bo.guest)).json()).toMatchObject({ person: { limit: 1_000_000, spent: tokens }, room: { limit: null } })
    expect(await (await allowance(owner)).json()).toMatchObject({ person: { limit: 1_000_000, spent: 0 } })
    expect((await allowance(await world.guest('Cy'))).status).toBe(403)
  })

  it('[R152] a command that is no number of tokens is malformed', async () => {
    const { owner, room } = await usedRoom()
    for (const person of [-1, 1.5, '5', 1e12]) expect((await command(owner, room, { type: 'save-budgets', ...NONE, person })).status).toBe(400)
    expect((await command(owner, room, { type: 'save-budgets', person: 1 })).status).toBe(400)
  })
})
