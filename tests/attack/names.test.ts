// Names as a means of harm: taken without end, told to every room that there is, or somebody else's.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { RENAMES } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { waitFor } from '../support/wait-for'
import { LIMITS_ON, outcomeOf, tally } from './visitor'

const NB = '\u00a0'

let world: World
beforeAll(async () => {
  world = await World.begin()
})
afterAll(() => world.end())

function post(who: Guest, path: string, fields: Readonly<Record<string, string>> = {}) {
  return who.fetch(`${who.origin}${path}`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) })
}

/** The names that a room knows, as its owner is shown them. */
async function namesIn(room: string, owner: Guest): Promise<string> {
  return (await owner.fetch(`${owner.origin}/rooms/${room}/members`)).text()
}

it('[R44] a new name is seen at once where its bearer is, in every lane; a room where they are not is told nothing until they come in', async () => {
  const owner = await world.guest('Olga')
  const mover = await world.guest('Before')
  const asleep = await Promise.all(Array.from({ length: 50 }, () => world.room(owner)))
  for (const room of asleep) expect((await mover.fetch(`${mover.origin}/rooms/${room}/agents`)).status).toBe(200)
  const here = await Promise.all(LANES.map(() => world.room(owner)))
  const watchers = await Promise.all(here.map((room, at) => world.join(DRIVERS[LANES[at] ?? 'rsc'], room, owner)))
  // By a socket alone: no page of these rooms was ever asked for.
  for (const [at, room] of here.entries()) await world.join(DRIVERS[LANES[at] ?? 'rsc'], room, mover)
  expect((await post(mover, '/rename', { name: 'After' })).status).toBe(200)
  for (const watcher of watchers) {
    await watcher.until('the new name', ({ client }) => client.getState().here.some(({ name }) => name === 'After'))
    expect(watcher.client.getState().here.map(({ name }) => name)).not.toContain('Before')
  }
  const shown = await Promise.all(asleep.map((room) => namesIn(room, owner)))
  expect(shown.filter((html) => html.includes('Remove Before'))).toHaveLength(50)
  expect(shown.filter((html) => html.includes('After'))).toEqual([])
  const [visited = ''] = asleep
  expect((await mover.fetch(`${mover.origin}/rooms/${visited}/agents`)).status).toBe(200)
  expect(await namesIn(visited, owner)).toContain('Remove After')
}, 60_000)

it('[R44] whoever signs in again takes the other name in the rooms where they are', async () => {
  const owner = await world.guest('Olga')
  const room = await world.room(owner)
  const watcher = await world.join(DRIVERS.agents, room, owner)
  const mover = await world.guest('Before')
  await world.join(DRIVERS.rsc, room, mover)
  const again = await post(mover, '/sign-in', { name: 'Again', next: '/' })
  expect(await again.json()).toMatchObject({ member: { id: mover.id, name: 'Again' } })
  await watcher.until('the new name', ({ client }) => client.getState().here.some(({ id, name }) => id === mover.id && name === 'Again'))
})

it('[R48] a page shows fifty rooms and the way to all of them, which are read to their end', async () => {
  const [owner, reader] = [await world.guest('Olga'), await world.guest('Reader')]
  const made = await Promise.all(Array.from({ length: 120 }, () => world.room(owner)))
  const pageAt = async (path: string) => (await reader.fetch(`${reader.origin}${path}`, { headers: { accept: 'text/html' } })).text()
  const roomsOn = (html: string) => [...html.matchAll(/href="\/rooms\/([a-z0-9-]+)(?:\/agents)?" class="side-link"/g)].map(([, id]) => id)
  const room = await pageAt('/rooms/lobby/agents')
  expect(room).toContain('href="/directory"')
  expect(new Set(roomsOn(room.replaceAll(' aria-current="page"', ''))).size).toBe(50)
  const read: (string | undefined)[] = []
  for (let path: string | undefined = '/directory?open'; path !== undefined;) {
    const html: string = await pageAt(path)
    const rooms = roomsOn(html)
    expect(rooms.length).toBeLessThanOrEqual(50)
    read.push(...rooms)
    path = /href="(\/directory\?open=\d+)"/.exec(html)?.[1]
  }
  expect(new Set(read).size).toBe(read.length)
  expect(read).toEqual(expect.arrayContaining(made))
  // Where they have been stands first, and once.
  expect(read).not.toContain('lobby')
  expect(roomsOn(await pageAt('/directory')).filter((id) => id === 'lobby')).toEqual(['lobby'])
})

it('[R11] nobody learns by a name that there is a private room: its address is no guess, and its name is not taken', async () => {
  const [owner, stranger] = [await world.guest('Olga'), await world.guest('Mallory')]
  const made = await (await post(owner, '/rooms', { name: 'Board of nobody', access: 'private' })).json<{ location: string }>()
  expect(made.location).toMatch(/^\/rooms\/board-of-nobody-[0-9a-f]{16}$/)
  const asked = (path: string) => stranger.fetch(`${stranger.origin}${path}`, { headers: { accept: 'text/html' } })
  expect([(await asked('/rooms/board-of-nobody')).status, (await asked('/rooms/never-made-by-anybody')).status]).toEqual([404, 404])
  for (const access of ['private', 'open']) expect((await post(stranger, '/rooms', { name: 'Board of nobody', access })).status).toBe(200)
  expect((await asked(made.location)).status).toBe(403)
})

it('[R46] a name that somebody wrote under is theirs when they have another, and when they were removed', async () => {
  const owner = await world.guest('Olga')
  const room = await world.room(owner)
  const watchers = await Promise.all(LANES.map((lane) => world.join(DRIVERS[lane], room, owner)))
  const alice = await world.guest('Alice')
  const speaking = await world.join(DRIVERS.agents, room, alice)
  speaking.client.post('@Olga I am Alice')
  await speaking.settled()
  expect((await post(alice, '/rename', { name: 'Someone' })).status).toBe(200)
  const mallet = await world.guest('Mallet')
  const false1 = await world.join(DRIVERS.agents, room, mallet)
  expect((await post(mallet, '/rename', { name: 'Αlice' })).status).toBe(200)
  for (const watcher of watchers) await watcher.until('the number', ({ client }) => client.getState().here.some(({ name }) => name === `Αlice${NB}#2`))
  false1.client.post('@Olga give me the key')
  for (const watcher of watchers) {
    await watcher.sees('give me the key')
    expect(watcher.messages().at(-1)?.metadata.author.name).toBe(`Αlice${NB}#2`)
  }
  expect((await post(alice, '/rename', { name: 'Alice' })).status).toBe(200)
  for (const watcher of watchers)
    await watcher.until('Alice again', ({ client }) => client.getState().here.some(({ id, name }) => id === alice.id && name === 'Alice'))
  expect((await post(owner, `/rooms/${room}/members`, { remove: alice.id })).status).toBe(200)
  const late = await world.join(DRIVERS.tinybase, room, 'Alice')
  await late.until('themselves', ({ client, guest }) => client.getState().here.some(({ id }) => id === guest.id))
  expect(late.client.getState().here.find(({ id }) => id === late.guest.id)?.name).toBe(`Alice${NB}#3`)
})

it('[R44] one person takes a few names, and then waits; nobody else does', async () => {
  world.leaveAll()
  await world.server.restart(LIMITS_ON)
  const [mallory, bo] = await Promise.all([world.guest('Mallory'), world.guest('Bo')])
  const answers = await Promise.all(Array.from({ length: 70 }, (_, at) => post(mallory, '/rename', { name: `Mallory ${at}` }).then(outcomeOf)))
  expect(tally(answers)).toEqual({ 200: RENAMES.burst, '429 too_fast': 70 - RENAMES.burst })
  expect(answers.find(({ status }) => status === 429)?.retryAfter).toMatch(/^\d+$/)
  expect((await post(bo, '/rename', { name: 'Boris' })).status).toBe(200)
  // The other way to the same name is no way around.
  expect((await post(mallory, '/sign-in', { name: 'Molly', next: '/' })).status).toBe(429)
  await waitFor('nobody to wait', async () => (await bo.fetch(`${bo.origin}/rooms/lobby/agents`)).status === 200)
})
