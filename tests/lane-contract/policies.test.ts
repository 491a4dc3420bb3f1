// Who lets a room's tools run, as its people see and choose it: the page, as plain forms, and the command behind it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { recordsOf, type RoomRecord } from '../../src/conversation/record'
import type { Guest } from '../support/guest'
import { command } from '../support/room'
import { DRIVERS } from './drivers'
import { World } from './world'

let world: World
let ann: Guest
let bo: Guest

beforeAll(async () => {
  world = await World.begin()
  ann = await world.guest('Ann')
  bo = await world.guest('Bo')
})
afterAll(() => world.end())

const at = (room: RoomId, query = '') => new URL(`/rooms/${room}/policies${query}`, world.server.url)
const page = async (who: Guest, room: RoomId, query = '') => (await who.fetch(at(room, query), { headers: { accept: 'text/html' } })).text()
const submit = async (who: Guest, room: RoomId, fields: Readonly<Record<string, string>>, accept = 'text/html') =>
  who.fetch(at(room), { method: 'POST', redirect: 'manual', headers: { accept }, body: new URLSearchParams(fields) })
const rowOf = (html: string, tool: string) => new RegExp(`<li[^>]*data-tool="${tool}"[^]*?</li>`).exec(html)?.[0] ?? ''
const wordsOf = (html: string, tool: string) => /data-part="policy"[^>]*>([^<]*)</.exec(rowOf(html, tool))?.[1]
const was = JSON.stringify({ mode: 'auto', people: [], needed: 1 })

async function saved(room: RoomId, tool: string) {
  const { records } = await (
    await ann.fetch(new URL(`/rooms/${room}/records?kind=policy`, world.server.url))
  ).json<{ readonly records: readonly RoomRecord[] }>()
  return recordsOf(records, 'policy').find(({ id }) => id === tool)?.value
}

async function roomOfTwo(): Promise<RoomId> {
  const room = await world.room(ann)
  await world.join(DRIVERS.agents, room, bo)
  return room
}

it('[R272] everybody reads of every tool what it changes and who lets it run; the owner alone has what changes it', async () => {
  const room = await roomOfTwo()
  const [owned, seen] = [await page(ann, room), await page(bo, room)]
  for (const html of [owned, seen]) {
    for (const tool of ['search_room', 'read_messages', 'who_is_here', 'calculate', 'now', 'remember', 'forget', 'schedule', 'ask_agent'])
      expect(wordsOf(html, tool)).toBe('Runs by itself.')
    expect(wordsOf(html, 'fetch_page')).toBe('Whoever asked approves it, or the owner of this room.')
    expect(rowOf(html, 'fetch_page')).toContain('Acts outside this room')
    expect(rowOf(html, 'remember')).toContain('Changes what this room keeps')
    expect(html).toContain('No policy changes that.')
  }
  expect(owned.match(/<select/g)).toHaveLength(10)
  expect(seen).not.toMatch(/<select|<form method="post" action="\/rooms\/[^"]*\/policies"/)
  for (const query of ['', '?tool=schedule']) expect(await page(bo, room, query)).toContain('The owner of this room changes them.')
  expect((await submit(bo, room, { intent: 'choose', tool: 'schedule', mode: 'off', was })).status).toBe(403)
  expect(await saved(room, 'schedule')).toBeUndefined()
})

it('[R272] the owner chooses a policy in its row, and people for one that has people on a page of the tool', async () => {
  const room = await roomOfTwo()
  const moved = await submit(ann, room, { intent: 'choose', tool: 'schedule', mode: 'moderators', was })
  expect([moved.status, moved.headers.get('location')]).toEqual([303, `/rooms/${room}/policies#schedule`])
  expect(wordsOf(await page(bo, room), 'schedule')).toBe('The owner of this room approves it.')

  const asked = await submit(ann, room, { intent: 'choose', tool: 'calculate', mode: 'named', was })
  const form = asked.headers.get('location') ?? ''
  expect([asked.status, form]).toEqual([303, `/rooms/${room}/policies?tool=calculate&mode=named`])
  expect(await saved(room, 'calculate')).toBeUndefined()
  const html = await page(ann, room, form.slice(form.indexOf('?')))
  const boxes = [...html.matchAll(/name="(person:[^"]+)"/g)].map(([, name = '']) => name)
  expect(boxes).toHaveLength(2)
  expect(html).toMatch(/Who may approve it/)
  const bos = boxes.find((box) => box !== `person:${ann.id}`) ?? ''

  const nobody = await submit(ann, room, { intent: 'save', tool: 'calculate', mode: 'named', was })
  expect([nobody.status, (await nobody.text()).includes('Choose at least one person who may approve it.')]).toEqual([400, true])
  expect((await submit(ann, room, { intent: 'save', tool: 'calculate', mode: 'named', was, [bos]: '1' })).status).toBe(303)
  expect(await saved(room, 'calculate')).toMatchObject({ mode: 'named', people: [bos.slice(7)], by: 'Ann' })
  expect(wordsOf(await page(bo, room), 'calculate')).toBe('It needs the word of Bo.')
})

it('[R272] votes are so many of how many, and what cannot be is refused in words with what was typed', async () => {
  const room = await roomOfTwo()
  const form = await page(ann, room, '?tool=now&mode=votes')
  const boxes = [...form.matchAll(/name="(person:[^"]+)"/g)].map(([, name = '']) => name)
  const all = Object.fromEntries(boxes.map((box) => [box, '1']))
  const vote = { intent: 'save', tool: 'now', mode: 'votes', was }
  for (const [needed, words] of [
    ['3', '3 have to approve it, and 2 people are chosen'],
    ['0', 'from 1 to 20'],
    ['two', 'from 1 to 20'],
    ['21', 'from 1 to 20'],
  ] as const) {
    const refused = await submit(ann, room, { ...vote, ...all, needed })
    const html = await refused.text()
    expect([refused.status, html.includes(words)]).toEqual([400, true])
    expect(html).toContain(`value="${needed}"`)
    expect(html.match(/checked=""/g)).toHaveLength(2)
  }
  expect((await submit(ann, room, { ...vote, ...all, needed: '2' })).status).toBe(303)
  expect(wordsOf(await page(bo, room), 'now')).toBe('2 of Ann and Bo have to approve it.')
  expect((await submit(ann, room, { ...vote, needed: '2', was: JSON.stringify(await policyOf(room)) })).status).toBe(303)
  expect(wordsOf(await page(bo, room), 'now')).toBe('2 members of this room have to approve it. This room is open: that is anybody who comes in.')
})

it.each([
  ['open', ' This room is open: that is anybody who comes in.'],
  ['private', ''],
] as const)('[R272] whom “any member” means is said where a room is open, and not where it is private: %s', async (access, whoever) => {
  const room = await world.room(ann, access)
  expect((await submit(ann, room, { intent: 'choose', tool: 'now', mode: 'member', was })).status).toBe(303)
  expect(wordsOf(await page(ann, room), 'now')).toBe(`Any member of this room approves it.${whoever}`)
})

async function policyOf(room: RoomId) {
  const policy = await saved(room, 'now')
  return { mode: policy?.mode, people: policy?.people, needed: policy?.needed }
}

it('[R272] [R176] of two tabs the second is told what it is now, and overwrites nothing', async () => {
  const room = await roomOfTwo()
  expect((await submit(ann, room, { intent: 'choose', tool: 'forget', mode: 'off', was })).status).toBe(303)
  const late = await submit(ann, room, { intent: 'choose', tool: 'forget', mode: 'asker', was })
  const html = await late.text()
  expect(late.status).toBe(409)
  expect(rowOf(html, 'forget')).toContain('was changed since you looked')
  expect(wordsOf(html, 'forget')).toBe('Not used.')
  expect((await saved(room, 'forget'))?.mode).toBe('off')
  const refused = await command(ann, room, { type: 'save-policy', tool: 'forget', mode: 'named', people: [ann.id], was: JSON.parse(was) })
  expect((await refused.json<{ readonly refusal: { readonly code: string } }>()).refusal.code).toBe('conflict')
})

it('[R272] nobody is chosen who has no place in the room, and looking for a name loses no tick', async () => {
  const room = await roomOfTwo()
  const stranger = await world.guest('Stranger')
  for (const people of [[stranger.id], [ann.id, stranger.id], ['parley']]) {
    const refused = await command(ann, room, { type: 'save-policy', tool: 'now', mode: 'named', people })
    expect(await refused.json()).toMatchObject({ refusal: { code: 'malformed', message: 'Choose people who have a place in this room.' } })
  }
  const found = await submit(ann, room, { intent: 'find', tool: 'now', mode: 'named', find: 'b', was, [`person:${ann.id}`]: '1' })
  const location = found.headers.get('location') ?? ''
  expect([found.status, location]).toEqual([303, `/rooms/${room}/policies?tool=now&mode=named&needed=&find=b&person=${ann.id}`])
  const html = await page(ann, room, location.slice(location.indexOf('?')))
  expect(html.match(/name="person:/g)).toHaveLength(2)
  expect(html.match(/checked=""/g)).toHaveLength(1)
})
