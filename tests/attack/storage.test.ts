// A database or a room that cannot be read or written: people are told so in words with 503 and a time to come back,
// nothing is half done in silence, and the others go on. The files are broken for real, while the server runs.
import { rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { change, directoryFile, roomFile, whileFull, without } from '../support/stored'

let world: World
let ann: Guest
let room: RoomId
beforeAll(async () => {
  world = await World.begin()
  ann = await world.guest('Ann')
  room = await world.room(ann)
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const directory = () => directoryFile(world.server.dataDir)

function post(who: Guest, path: string, fields: Readonly<Record<string, string>> = {}, accept = 'application/json') {
  return who.fetch(`${world.server.url}${path}`, { method: 'POST', headers: { accept }, body: new URLSearchParams(fields), redirect: 'manual' })
}

async function saysSo(response: Response): Promise<void> {
  const body = await response.text()
  expect([response.url, response.status, response.headers.get('retry-after')]).toEqual([response.url, 503, '5'])
  expect(body).toMatch(/could not look that up just now|cannot do that just now|just now/)
  expect(body).not.toMatch(/D1_ERROR|SQLITE|no such table|at Object\./)
}

describe('[R78] without the database', () => {
  it('every page says so in words, and is there again when it is', async () => {
    const pages = [
      '/',
      '/sign-in',
      '/rooms',
      `/rooms/${room}`,
      `/rooms/${room}/agents`,
      `/rooms/${room}/compare`,
      `/rooms/${room}/members`,
      '/instance',
      '/nowhere',
    ]
    for (const table of ['session', 'room']) {
      await without(directory(), table, async () => {
        for (const path of table === 'session' ? pages : [`/rooms/${room}/agents`, `/rooms/${room}/compare`])
          await saysSo(await ann.fetch(`${world.server.url}${path}`))
        await saysSo(await ann.fetch(`${world.server.url}/rooms/${room}/agents/socket`))
      })
    }
    expect((await ann.fetch(`${world.server.url}/rooms/${room}/agents`)).status).toBe(200)
  })

  it('every form says so, and has done nothing', async () => {
    await whileFull(directory(), 'user', async () => {
      const signIn = { method: 'POST', headers: { origin: world.server.url, accept: 'application/json' }, body: new URLSearchParams({ name: 'New' }) }
      await saysSo(await fetch(`${world.server.url}/sign-in`, signIn))
      await saysSo(await post(ann, '/rename', { name: 'Anna' }))
      await saysSo(await post(ann, '/rename', { name: 'Anna' }, 'text/html'))
    })
    await whileFull(directory(), 'room', async () => {
      await saysSo(await post(ann, '/rooms', { name: 'Not now' }))
      await saysSo(await post(ann, `/rooms/${room}/delete`))
    })
    expect((await ann.fetch(`${world.server.url}/rooms/not-now/agents`)).status).toBe(404)
    expect((await ann.fetch(`${world.server.url}/rooms/${room}/agents`)).status).toBe(200)
  })

  it('[R73] a sign-out that could not end the session says so, and the session goes on', async () => {
    const bo = await world.guest('Bo')
    await whileFull(directory(), 'session', async () => saysSo(await post(bo, '/sign-out')))
    expect((await bo.fetch(`${world.server.url}/rooms/${room}/agents/socket`)).status).toBe(204)
    expect((await post(bo, '/sign-out')).status).toBe(200)
    expect((await bo.fetch(`${world.server.url}/rooms/${room}/agents/socket`)).status).toBe(401)
  })

  it.each(LANES)('a person in the room goes on posting and reading in the %s lane', async (lane) => {
    const speaker = await world.join(DRIVERS[lane], room, ann)
    const watcher = await world.join(DRIVERS.agents, room, 'Watcher')
    await without(directory(), 'session', async () => {
      speaker.client.post(`@Ann without a database, in ${lane}`)
      await watcher.sees(`without a database, in ${lane}`)
      await speaker.settled()
    })
  })

  it('[L2] nobody posts without a socket of the same session, whatever cookie they send', async () => {
    const [silent, talking] = [await world.guest('Silent'), await world.guest('Talking')]
    await world.join(DRIVERS.rsc, room, talking)
    const query = new URLSearchParams({ __rsc: '', __rsc_action_id: '/src/lanes/rsc/server-functions.ts#ask' })
    const asked = (cookie: string, to: string = room) =>
      fetch(`${world.server.url}/rooms/${room}/rsc?${query}`, {
        method: 'POST',
        headers: { origin: world.server.url, cookie },
        body: JSON.stringify([to, { type: 'post', id: crypto.randomUUID(), text: '@Ann forged' }]),
      })
    await without(directory(), 'session', async () => {
      for (const cookie of [silent.cookie, talking.cookie.replace('=', '=x'), `${talking.cookie}x`, 'parley.session_token=a.b'])
        expect(await (await asked(cookie)).text()).toMatch(/unavailable|not_signed_in/)
      expect(await (await asked(talking.cookie, 'made-up')).text()).toContain('unavailable')
    })
    const watcher = await world.join(DRIVERS.agents, room, 'Watcher')
    expect(JSON.stringify(watcher.messages())).not.toContain('forged')
  })
})

describe('[R78] with a room that cannot be written', () => {
  it.each(LANES)('a post is refused in words in the %s lane, nothing of it is kept, and the next one is taken', async (lane) => {
    const broken = await world.room(ann)
    const speaker = await world.join(DRIVERS[lane], broken, ann)
    await whileFull(roomFile(world.server.dataDir, broken), 'message', async () => {
      speaker.client.post('@Ann into the void')
      await speaker.until('the refusal', (who) => who.client.getState().pending.some(({ refusal }) => refusal?.code === 'unavailable'))
    })
    speaker.client.post('@Ann heard again')
    await speaker.sees('heard again')
    expect(speaker.messages().map(({ metadata }) => metadata.seq)).toEqual([1])
  })

  it('its page says so, other rooms go on, and it is back when it can be read', async () => {
    const broken = await world.room(ann)
    await world.join(DRIVERS.agents, broken, ann)
    await without(roomFile(world.server.dataDir, broken), 'message', async () => {
      for (const path of ['agents', 'rsc', 'tinybase', 'compare']) await saysSo(await ann.fetch(`${world.server.url}/rooms/${broken}/${path}`))
      expect((await ann.fetch(`${world.server.url}/rooms/${room}/agents`)).status).toBe(200)
    })
    expect((await ann.fetch(`${world.server.url}/rooms/${broken}/agents`)).status).toBe(200)
  })
})

describe('[R79] a room whose object was lost', () => {
  it('is made anew for its recorded owner, and its name is not lost with it', async () => {
    const lost = await world.room(ann, 'private')
    const file = roomFile(world.server.dataDir, lost)
    await world.server.restart()
    await world.server.kill9()
    await Promise.all(['', '-wal', '-shm'].map((end) => rm(`${file}${end}`, { force: true })))
    await world.server.restart()
    const bo = await world.guest('Bo')
    expect((await bo.fetch(`${world.server.url}/rooms/${lost}/agents`)).status).toBe(403)
    expect((await ann.fetch(`${world.server.url}/rooms/${lost}/members`)).status).toBe(200)
    const again = await world.join(DRIVERS.agents, lost, ann)
    again.client.post('@Ann anew')
    await again.settled()
    expect((await post(ann, `/rooms/${lost}/delete`)).status).toBe(200)
  })
})

describe('[R77] a room deleted a week ago', () => {
  const WEEK_MS = 7 * 24 * 60 * 60 * 1_000

  it('is forgotten when somebody asks for its name, which is free then, and nothing of it comes back', async () => {
    const name = `Fleeting ${crypto.randomUUID().slice(0, 6)}`
    const make = async (who: Guest) => post(who, '/rooms', { name })
    const { location } = await (await make(ann)).json<{ location: string }>()
    const id = location.split('/')[2] as RoomId
    const speaker = await world.join(DRIVERS.agents, id, ann)
    speaker.client.post('@Ann a secret of old')
    await speaker.settled()
    const file = roomFile(world.server.dataDir, id)
    expect((await post(ann, `/rooms/${id}/delete`)).status).toBe(200)
    const bo = await world.guest('Bo')
    expect((await make(bo)).status).toBe(409)
    const then = Date.now() - WEEK_MS - 60_000
    change(directory(), `UPDATE room SET deleted_at = ${then} WHERE id = '${id}'`)
    // The directory alone cannot forget a room: its own clock has to agree.
    expect((await make(bo)).status).toBe(409)
    change(file, `UPDATE room SET deleted_at = ${then}`)
    const made = await make(bo)
    expect([made.status, made.status === 200 ? '' : world.server.output.slice(-3000)]).toEqual([200, ''])
    const fresh = await world.join(DRIVERS.agents, id, bo)
    fresh.client.post('@Bo a new room')
    await fresh.settled()
    expect(JSON.stringify(fresh.messages())).not.toContain('secret of old')
    expect((await post(ann, `/rooms/${id}/delete`)).status).toBe(403)
  })
})
