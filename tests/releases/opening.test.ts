// Every release so far left a data directory here (`npm run fixture` makes one). This release opens each of them, in
// every lane, with everything and everybody in their places.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf } from '../../src/conversation/message'
import { recordsOf, type RoomRecord } from '../../src/conversation/record'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { Participant } from '../lane-contract/participant'
import type { Guest } from '../support/guest'
import { signInAsGuest } from '../support/guest'
import { startServer, type TestServer } from '../support/server'
import { returning, SECRET, type StoredData, type StoredRoom, unpacked } from './stored'

const ARCHIVES = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.tar.gz'))

test.each(['0.1.0', '0.2.0', '0.3.0', '0.4.0', '0.5.0'])('[R17] there is data of release %s', (release) => {
  expect(ARCHIVES).toContain(`data-of-${release}.tar.gz`)
})

describe.each(ARCHIVES)('%s', (archive) => {
  let data: StoredData
  let server: TestServer

  beforeAll(async () => {
    data = unpacked(join(import.meta.dirname, archive))
    server = await startServer({ dataDir: data.dataDir, env: { BETTER_AUTH_SECRET: SECRET } })
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(data.dataDir, { recursive: true, force: true })
  })

  test('[R17] holds enough to tell: a room of more than a page, an open and a private one, and three people', () => {
    expect(data.rooms.map(({ access }) => access)).toEqual(expect.arrayContaining(['open', 'private']))
    expect(Math.max(...data.rooms.map(({ messages }) => messages.length))).toBeGreaterThan(50)
    expect(data.sessions.size).toBeGreaterThanOrEqual(3)
  })

  test.each(LANES)('[R17] every message is where it was, in the %s lane', async (lane) => {
    for (const room of data.rooms) {
      for (const { id, name } of placed(room)) {
        const participant = new Participant(DRIVERS[lane], returning(data, id, name, server.url), room.id)
        await participant.until('the whole room', ({ client }) => wholeRoom(client))
        const there = goesOn(room) ? participant.shown().slice(0, room.messages.length).map(placeOf) : participant.shown()
        expect(there, `${name} in ${room.name}`).toEqual(goesOn(room) ? room.messages.map(placeOf) : room.messages)
        participant.close()
      }
    }
  })

  test('[R17] [R140] what a release with records had of them is there', async () => {
    for (const room of data.rooms) {
      const [who] = placed(room)
      if (!who || !room.records) continue
      const guest = returning(data, who.id, who.name, server.url)
      const answered = await guest.fetch(`${server.url}/rooms/${room.id}/records`)
      const { records } = await answered.json<{ readonly records: readonly RoomRecord[] }>()
      const kept = (all: readonly RoomRecord[]) => all.filter(({ kind }) => !goesOn(room) || !GOES_ON.includes(kind))
      expect(kept(records)).toEqual(kept(room.records))
    }
  })

  test('[R17] [R247] what was planned then and missed meanwhile is done once, a call waits for as long as it was to, and what is remembered is', async () => {
    for (const room of data.rooms.filter(goesOn)) {
      const [who] = placed(room)
      if (!who) throw new Error('nobody is in the room')
      const participant = new Participant(DRIVERS.rsc, returning(data, who.id, who.name, server.url), room.id)
      const records = () => participant.client.getState().records
      await participant.until('what was missed', (who) =>
        who
          .messages()
          .some(({ metadata: { seq }, parts }) => seq > room.messages.length && textOf({ parts }).includes('missed at') && textOf({ parts }).endsWith(MISSED)),
      )
      expect(recordsOf(records(), 'schedule').filter(({ value }) => value.cron === null && value.next !== null)).toEqual([])
      const waits = () => recordsOf(records(), 'approval').filter(({ value }) => value.state === 'open')
      await participant.until('no call that waits for too long', () => waits().every(({ value }) => value.expiresAt > Date.now()))
      expect(recordsOf(records(), 'approval').map(({ value }) => value.decisions.length)).toContain(1)
      expect(recordsOf(records(), 'memory').map(({ value }) => value.fact)).toEqual(['Tea is at four.'])
      participant.close()
    }
  })

  test('[R17] [R140] of a release without records its one agent is a record of every room, and so is its name; the messages are as they were', async () => {
    for (const room of data.rooms) {
      if (room.records) continue
      const [who] = placed(room)
      if (!who) continue
      const guest = returning(data, who.id, who.name, server.url)
      const answered = await guest.fetch(`${server.url}/rooms/${room.id}/records`)
      const { records } = await answered.json<{ readonly records: readonly RoomRecord[] }>()
      const [agent, ...others] = recordsOf(records, 'agent')
      expect([agent?.id, agent?.value.handle, agent?.value.name, others.length]).toEqual(['parley', 'parley', 'Parley', 0])
      expect(recordsOf(records, 'room').map(({ value }) => value.name)).toEqual([room.name])
      const participant = new Participant(DRIVERS.tinybase, guest, room.id)
      await participant.until('the records', ({ client }) => client.getState().records.length === records.length)
      await participant.until('the whole room', ({ client }) => wholeRoom(client))
      expect(participant.shown()).toEqual(room.messages)
      participant.close()
    }
  })

  test('[R17] an owner still owns, a member does not, whoever was removed stays out, and no stranger comes into a private room', async () => {
    for (const room of data.rooms) {
      for (const { id, name, role } of room.members) {
        const { status } = await members(returning(data, id, name, server.url), room)
        expect(status, `${name}, ${role} of ${room.name}`).toBe(role === 'owner' ? 200 : 403)
      }
      const stranger = await signInAsGuest(server.url, 'Zoe')
      const opened = await stranger.fetch(`${server.url}/rooms/${room.id}/agents`)
      expect(opened.status).toBe(room.access === 'private' ? 403 : 200)
    }
  })

  test('[R17] what is said now comes after what was said then, and both survive a kill', async () => {
    const room = data.rooms.find(({ messages }) => messages.length > 50)
    const [writer] = room ? placed(room) : []
    if (!room || !writer) throw new Error('no room to write in')
    const guest = returning(data, writer.id, writer.name, server.url)
    const before = new Participant(DRIVERS.agents, guest, room.id)
    before.client.post(`@${writer.name} written by the newest release`)
    await before.sees('written by the newest release')
    await before.settled()
    before.close()
    await server.kill9()
    await server.restart()
    const after = new Participant(DRIVERS.agents, guest, room.id)
    await after.sees('written by the newest release')
    expect(after.messages().at(-1)?.metadata.seq).toBe(room.messages.length + 1)
    after.close()
  })
})

/** Records of what goes on by itself: schedules that come, calls that wait for an answer until they expire. */
const GOES_ON = ['schedule', 'approval', 'meter']
/** Planned for two minutes after the data were made: what it comes as says when that was. */
const MISSED = 'what did I miss?'

function goesOn({ records }: StoredRoom): boolean {
  return records?.some(({ kind }) => kind === 'schedule') ?? false
}

/** `seq id` of a message as it is shown. */
function placeOf(shown: string): string {
  return shown.split(' ').slice(0, 2).join(' ')
}

function placed({ members }: StoredRoom): StoredRoom['members'] {
  return members.filter(({ role }) => role !== 'removed')
}

/** Asks for older pages until there are none; true once the beginning is there. */
function wholeRoom(client: Participant['client']): boolean {
  const { connection, rows, hasEarlier } = client.getState()
  if (connection !== 'connected' || rows.length === 0) return false
  if (hasEarlier) void client.loadEarlier()
  return !hasEarlier
}

function members(guest: Guest, room: StoredRoom): Promise<Response> {
  return guest.fetch(`${guest.origin}/rooms/${room.id}/members`)
}
