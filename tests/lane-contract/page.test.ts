// What a page costs: what everybody is shown of a room is made once, and a page holds nothing twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { MAX_MESSAGE_LENGTH } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import type { CompactMessages } from '../../src/lanes/opening/compact'
import { DRIVERS } from '../lane-contract/drivers'
import type { Guest } from '../support/guest'
import { World } from './world'

/** The mark for fifty messages of 12.6 kB of text by two people in turn, bytes. */
const MAX_PAGE = 60_000
/** What fifty long messages may cost, of twenty-five. */
const LINEAR = 2.2

let world: World
let ann: Guest
beforeAll(async () => {
  world = await World.begin()
  ann = await world.guest('Ann')
})
afterAll(() => world.end())

async function page(room: RoomId, view: string, who = ann): Promise<string> {
  const response = await who.fetch(new URL(`/rooms/${room}/${view}`, ann.origin))
  expect(response.status).toBe(200)
  return response.text()
}

function dataIn(html: string): CompactMessages {
  const json = /<script type="application\/json" id="page-messages">(.*?)<\/script>/.exec(html)?.[1]
  return JSON.parse(json ?? 'null') as CompactMessages
}

describe('[R50] a page of fifty short messages', () => {
  let room: RoomId
  beforeAll(async () => {
    room = await world.room(ann)
    const two = [await world.join(DRIVERS.agents, room, ann), await world.join(DRIVERS.agents, room, 'Bo')]
    for (let n = 0; n < 50; n++) {
      const who = two[n % 2]
      who?.client.post(`@Ann ${n} ${'in words of some length '.repeat(20)}`.slice(0, 252))
      await who?.settled()
    }
  })

  it.each(LANES)('is within its mark in the %s lane', async (lane) => {
    const html = await page(room, lane)
    expect(html.match(/<article /g)).toHaveLength(50)
    expect(dataIn(html).messages).toHaveLength(50)
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_PAGE)
  })

  it('shows every lane the same rows, and whoever comes next', async () => {
    const rows = (html: string) => html.slice(html.indexOf('<article '), html.lastIndexOf('</article>'))
    const first = rows(await page(room, 'agents'))
    for (const lane of LANES) expect(rows(await page(room, lane, await world.guest('Cy')))).toBe(first)
    const all = await page(room, 'compare')
    expect(all.split(first)).toHaveLength(4)
  })
})

it('[R50] fifty messages of 30,000 characters without a newline are a page twice as long as twenty-five, in every view', async () => {
  const sizes = await Promise.all(
    [25, 50].map(async (count) => {
      const room = await world.room(ann)
      const who = await world.join(DRIVERS.agents, room, ann)
      for (let n = 0; n < count; n++) who.client.post(`@Ann ${n} ${'a'.repeat(30_000)}`.slice(0, MAX_MESSAGE_LENGTH))
      await who.settled()
      const pages: number[] = []
      for (const view of [...LANES, 'compare']) pages.push((await page(room, view)).length)
      return pages
    }),
  )
  const [few = [], many = []] = sizes
  for (const [at, size] of many.entries()) expect(size / (few[at] ?? 1)).toBeLessThan(LINEAR)
})

it.each(LANES)('[R208] [R282] a page has the calls of tools in its HTML, and names no script that draws them (%s)', async (lane) => {
  const room = await world.room(ann)
  const who = await world.join(DRIVERS[lane], room, ann)
  who.client.post('[[call:calculate({"sum":"6*7"})]] go')
  await who.settled()
  const response = await ann.fetch(new URL(`/rooms/${room}/${lane}`, ann.origin))
  expect(await response.text()).toMatch(/data-tool="calculate" data-tool-state="output-available".*6\*7 = 42/)
  const link = response.headers.get('link')
  expect(link).toMatch(/RoomClient-[\w-]+\.js/)
  expect(link).not.toMatch(/ToolCall/)
})

it.each(LANES)('[L11] [R51] a page in mid-reply holds the same words in its rows and in its data (%s)', async (lane) => {
  const room = await world.room(ann)
  const who = await world.join(DRIVERS[lane], room, ann)
  await page(room, lane)
  who.client.post('[[words:40]] [[hold after:20]] tell me')
  await who.until('words', () => who.messages().some(({ role, parts }) => role === 'assistant' && parts.length > 0))
  const html = await page(room, lane)
  const said = dataIn(html).messages.at(-1)?.[3]
  const text = typeof said === 'string' ? said : (said ?? []).flatMap((part) => (typeof part === 'object' && part.type === 'text' ? [part.text] : [])).join('')
  expect(text).not.toBe('')
  const last = html.slice(html.lastIndexOf('<article '), html.lastIndexOf('</article>'))
  expect(last.replace(/<[^>]*>/g, '')).toContain(text.trim())
  world.model.release()
  await who.settled()
  expect(await page(room, lane)).toContain('data-status="complete"')
})

it('[R53] names a dozen of those who are here, and the others to whoever asks', async () => {
  const room = await world.room(ann)
  const people = await Promise.all(Array.from({ length: 20 }, (_, at) => world.join(DRIVERS[LANES[at % 3] ?? 'rsc'], room, `Guest ${at}`)))
  // What is told of arrivals names them too: whoever comes later is not told.
  for (const who of people) await who.until('everybody', () => who.client.getState().hereCount === 21)
  const late = await Promise.all(LANES.map((lane) => world.join(DRIVERS[lane], room, ann)))
  for (const who of late) {
    const { client } = who
    await who.until('everybody is counted', () => client.getState().hereCount === 22)
    expect(client.getState().here.length).toBeLessThan(20)
    await client.loadHere()
    expect(client.getState().here).toHaveLength(22)
  }
  people[0]?.close()
  for (const who of late) await who.until('one fewer', () => who.client.getState().hereCount === 21 && who.client.getState().here.length === 21)
  const stranger = await fetch(`${ann.origin}/rooms/${room}/here`)
  expect(stranger.status).toBe(401)
})

describe('[R54] what is sent', () => {
  it('is compressed for whoever reads that, pages and files alike, and once', async () => {
    const html = await ann.fetch(`${ann.origin}/rooms/lobby/rsc`, { headers: { 'accept-encoding': 'gzip' } })
    expect(html.headers.get('content-encoding')).toBe('gzip')
    expect(await html.text()).toContain('</html>')
    const script = /<(\/assets\/[^>]*\.js)>/.exec(html.headers.get('link') ?? '')?.[1]
    for (const coding of ['br', 'gzip']) {
      const file = await fetch(`${ann.origin}${script}`, { headers: { 'accept-encoding': coding } })
      expect(file.headers.get('content-encoding')).toBe(coding)
      expect(file.headers.get('content-type')).toMatch(/javascript/)
      expect(file.headers.get('cache-control')).toContain('immutable')
      expect((await file.text()).length).toBeGreaterThan(1_000)
    }
    const plain = await ann.fetch(`${ann.origin}/rooms/lobby/rsc`, { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
  })

  it('is kept for ever only where it exists', async () => {
    const nothing = await fetch(`${ann.origin}/assets/nope.js`)
    expect(nothing.status).toBe(404)
    expect(nothing.headers.get('cache-control')).toBe('no-store')
  })

  it.each(LANES)('names every script that the page will load before its first byte (%s)', async (lane) => {
    const link = (await ann.fetch(`${ann.origin}/rooms/lobby/${lane}`)).headers.get('link') ?? ''
    const named = [...link.matchAll(/<([^>]+)>/g)].map(([, href = '']) => href)
    expect(named.length).toBeGreaterThan(5)
    for (const href of named) {
      const script = await (await fetch(ann.origin + href)).text()
      for (const [, imported] of script.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
        expect(named, `${href} imports it`).toContain(`/assets/${imported}`)
    }
  })
})
