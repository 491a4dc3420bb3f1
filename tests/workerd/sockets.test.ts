// The room's sockets: how they open, what may be sent on them, and that they outlast the object's memory.
import { describe, expect, test } from 'vitest'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import type { Refusal } from '../../src/conversation/refusal'
import { MAX_SOCKETS, MAX_SOCKETS_OF_ADDRESS, MAX_SOCKETS_OF_PERSON, OLD_AFTER_MS, PLACES, SILENT_AFTER_MS } from '../../src/limits/limits'
import type { RoomSocket } from '../../src/room/sockets/sockets'
import { waitFor } from '../support/wait-for'
import { ann, aside, bo, House, partsOf, person, sessionOf } from './house'

const BO = encodeURIComponent('{"id":"bo","name":"Bo"}')
/** What the app says of Bo. */
const asBo = { 'x-parley-member': BO, 'x-parley-lane': 'agents', 'x-parley-session': '4102444800000 session-of-bo-0000' }

describe('an upgrade', () => {
  test.each<[string, Record<string, string>]>([
    ['without an identity', { ...asBo, 'x-parley-member': '' }],
    ['without a lane', { ...asBo, 'x-parley-lane': '' }],
    ['without a session', { ...asBo, 'x-parley-session': '' }],
    ['with a session that is none', { ...asBo, 'x-parley-session': 'for ever' }],
    ['to a lane that there is not', { ...asBo, 'x-parley-lane': 'carrier-pigeon' }],
    ['with an id that is none', { ...asBo, 'x-parley-member': encodeURIComponent('{"id":"../bo","name":"Bo"}') }],
    ['without a name', { ...asBo, 'x-parley-member': encodeURIComponent('{"id":"bo","name":" "}') }],
    ['by an address that names nothing', {}],
  ])('[R15] %s is refused', async (_, headers) => {
    const house = await House.open()
    const response = await house.upgrade(null, {}, headers)
    expect(response.status).toBe(401)
    expect(response.webSocket).toBeNull()
    expect(await response.json<{ refusal: Refusal }>()).toMatchObject({ refusal: { code: 'not_signed_in' } })
  })

  test('[R15] to a room that there is not is refused', async () => {
    expect(await House.named('nowhere' as RoomId).refusal(bo)).toEqual([404, 'no_such_room'])
  })

  test('[R13] to a full room is refused, with a wait', async () => {
    const house = await House.open()
    const before = await house.connect(ann)
    // Three thousand sockets that cost nothing stand in for as many that would.
    await house.inside((room) => {
      const { sockets } = partsOf(room)
      for (let n = sockets.size; n < MAX_SOCKETS; n++)
        sockets.add('rsc', { id: `stand-in-${n}`, member: ann, session: sessionOf(ann), send() {}, deliver() {}, close() {} } as unknown as RoomSocket)
    })
    const response = await house.upgrade(bo)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('60')
    expect(await response.json<{ refusal: Refusal }>()).toMatchObject({ refusal: { code: 'room_full' } })
    await house.post(ann, aside('for those who are here'))
    await before.sees(aside('for those who are here'))
  })

  test('[R61] a room full of newcomers still has places for its owner and for members of old', async () => {
    const house = await House.open()
    await (await house.room()).enter(bo, null)
    house.stage.now += OLD_AFTER_MS
    await house.inside((room) => {
      const { sockets } = partsOf(room)
      for (let n = sockets.size; n < PLACES.newcomer; n++)
        sockets.add('rsc', {
          id: `stand-in-${n}`,
          member: person('Crowd'),
          session: sessionOf(ann),
          address: null,
          send() {},
          deliver() {},
          close() {},
        } as unknown as RoomSocket)
    })
    expect(await house.refusal(person('Newcomer'))).toEqual([503, 'room_full'])
    const room = await house.room()
    expect(await room.admit(bo, null)).toEqual({ ok: true })
    await house.inside((room) => {
      const { sockets } = partsOf(room)
      for (let n = sockets.size; n < PLACES.old; n++)
        sockets.add('rsc', {
          id: `old-${n}`,
          member: person('Crowd'),
          session: sessionOf(ann),
          address: null,
          send() {},
          deliver() {},
          close() {},
        } as unknown as RoomSocket)
    })
    expect(await room.admit(bo, null)).toMatchObject({ refusal: { code: 'room_full' } })
    expect(await room.admit(ann, null)).toEqual({ ok: true })
    await house.connect(ann)
  })

  test('[R61] newcomers of one address find so many places, those of another find theirs', async () => {
    const house = await House.open()
    await house.inside((room) => {
      const { sockets } = partsOf(room)
      for (let n = 0; n < MAX_SOCKETS_OF_ADDRESS; n++)
        sockets.add('rsc', {
          id: `crowd-${n}`,
          member: person('Crowd'),
          session: sessionOf(ann),
          address: '203.0.113.7',
          send() {},
          deliver() {},
          close() {},
        } as unknown as RoomSocket)
    })
    const room = await house.room()
    expect(await room.admit(bo, '203.0.113.7')).toMatchObject({ refusal: { code: 'too_many_sockets', retryAfterMs: 60_000 } })
    expect(await room.admit(bo, '203.0.113.8')).toEqual({ ok: true })
    expect(await room.admit(ann, '203.0.113.7')).toEqual({ ok: true })
    house.stage.now += OLD_AFTER_MS
    expect(await room.admit(bo, '203.0.113.7')).toEqual({ ok: true })
  })

  test('[R13] beyond forty of one person is refused, also when all come at once, and nobody else’s', async () => {
    const house = await House.open()
    const responses = await Promise.all(Array.from({ length: MAX_SOCKETS_OF_PERSON + 10 }, () => house.upgrade(bo)))
    const open = responses.flatMap(({ webSocket }) => webSocket ?? [])
    for (const socket of open) socket.accept()
    expect(open).toHaveLength(MAX_SOCKETS_OF_PERSON)
    const refused = responses.filter(({ webSocket }) => webSocket === null)
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]))
    for (const response of refused) expect(await response.json()).toMatchObject({ refusal: { code: 'too_many_sockets' } })
    await house.evict()
    const room = await house.room()
    expect(await room.admit(bo, null)).toMatchObject({ ok: false, refusal: { code: 'too_many_sockets' } })
    expect(await room.admit(ann, null)).toEqual({ ok: true })
    open[0]?.close(1000)
    await waitFor('a place to be free', async () => (await room.admit(bo, null)).ok)
    for (const socket of open) socket.close(1000)
  })

  test('[L2] names any member that a name can be given to', async () => {
    const house = await House.open()
    const zoe = { ...bo, id: 'zoe' as typeof bo.id, name: 'Zoë 🙂 “Łę” 👩‍🚀' }
    const watcher = await house.connect(zoe)
    await watcher.until('herself', () => watcher.timeline.here.some(({ id, name }) => id === zoe.id && name === zoe.name))
  })
})

describe('a frame', () => {
  test.each<[string, string | ArrayBuffer, number]>([
    ['that is no JSON', '{', 1007],
    ['of bytes', new TextEncoder().encode('{"type":"typing"}').buffer, 1007],
    ['of more than 64 Ki characters', JSON.stringify({ type: 'post', id: 'message-1', text: 'x'.repeat(65_536) }), 1009],
    ['of more than 64 KiB', new ArrayBuffer(65_537), 1009],
  ])('[R16] %s closes its socket, and no other', async (_, frame, code) => {
    const house = await House.open()
    const [careless, other] = [await house.connect(bo), await house.connect(bo)]
    careless.send(frame)
    await careless.until('the close', () => careless.closed !== null)
    expect(careless.closed).toBe(code)
    await house.post(ann, aside('hello'))
    await other.sees(aside('hello'))
    expect(other.closed).toBeNull()
    expect(await house.texts()).toEqual([aside('hello')])
  })

  test.each<[string, unknown, string]>([
    ['an unknown command', { type: 'drop' }, 'unknown_command'],
    ['no object', 7, 'malformed'],
    ['a room’s own event', [{ type: 'cleared', version: 987_654_321 }], 'malformed'],
  ])('[R16] with %s is refused, and the socket stays', async (_, frame, code) => {
    const house = await House.open()
    const [sender, other] = [await house.connect(bo), await house.connect(ann)]
    const before = other.frames.length
    sender.send(frame)
    await sender.until('the refusal', () => sender.direct('refused').length === 1)
    expect(sender.direct('refused')[0]?.refusal.code).toBe(code)
    sender.send({ type: 'post', id: newMessageId(), text: aside('hello') })
    await sender.sees(aside('hello'))
    await other.sees(aside('hello'))
    expect(other.frames.slice(before).filter((heard) => JSON.stringify(heard).includes('987654321'))).toEqual([])
  })

  test.each<[string, object]>([
    ['state', { type: 'cf_agent_state', state: { forged: true } }],
    ['calls', { type: 'rpc', id: 'call-1', method: 'create', args: ['forged', 'open', null] }],
    ['other calls', { type: 'rpc', id: 'call-2', method: 'setState', args: [{ forged: true }] }],
  ])('[R15] the Agents SDK’s own %s reach nobody and change nothing', async (_, frame) => {
    const house = await House.open()
    const [sender, other] = [await house.connect(bo), await house.connect(ann)]
    sender.send(frame)
    sender.send({ type: 'post', id: newMessageId(), text: aside('after') })
    await sender.sees(aside('after'))
    await other.sees(aside('after'))
    expect(JSON.stringify(other.frames)).not.toContain('forged')
    expect(await house.inside((room) => JSON.stringify((room as unknown as { readonly state: unknown }).state) ?? '')).not.toContain('forged')
    expect(JSON.stringify(other.frames)).not.toContain('cf_agent')
    expect(await (await house.room()).enter(ann, null)).toMatchObject({ value: { room: { name: 'A room' } } })
  })

  test('[R12] ping is answered with pong, by a room that sleeps on', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    // Nothing is on its way any more that could be taken for the answer.
    await watcher.until('Bo to be here', () => watcher.timeline.here.some(({ id }) => id === bo.id))
    await house.evict()
    const answered = watcher.nextRaw()
    watcher.send('ping')
    expect(await answered).toBe('pong')
  })
})

describe('[R61] a socket from which nothing comes for minutes', () => {
  test.each<[string, (house: House) => Promise<unknown>]>([
    ['somebody comes in', (house) => house.connect(person('Cy'))],
    ['something is said', (house) => house.post(ann, aside('anybody there?'))],
  ])('[R39] is closed and forgotten when %s; one that says as much as ping is not', async (_, happen) => {
    const house = await House.open()
    const [silent, pinging, speaking] = [await house.connect(bo), await house.connect(bo), await house.connect(bo)]
    // The runtime's own clock cannot be turned: so they are older than it.
    await house.inside((room) => {
      for (const socket of partsOf(room).sockets.all()) socket.heardAt -= SILENT_AFTER_MS + 1
    })
    const answered = pinging.nextRaw()
    pinging.send('ping')
    expect(await answered).toBe('pong')
    speaking.send({ type: 'typing' })
    await speaking.until('the typing', () => JSON.stringify(speaking.frames).includes('"typing"'))
    // Looked at again, though it was looked at a moment ago.
    await house.inside((room) => void ((partsOf(room).attendance as unknown as { sweptAt: number }).sweptAt = 0))
    await happen(house)
    await silent.until('the close', () => silent.closed !== null)
    expect([silent.closed, pinging.closed, speaking.closed]).toEqual([1013, null, null])
    expect(await house.inside((room) => partsOf(room).members.socketsOf(bo.id))).toBe(2)
  })
})

describe('[R12] after the room has slept', () => {
  test('a socket still hears, and is heard as whose it is', async () => {
    const house = await House.open()
    const [one, other] = [await house.connect(ann), await house.connect(bo)]
    await house.evict()
    other.send({ type: 'post', id: newMessageId(), text: aside('good morning') })
    await one.sees(aside('good morning'))
    await other.sees(aside('good morning'))
    expect(one.newest()?.metadata.author).toEqual(bo)
    expect([one.gaps, other.gaps]).toEqual([0, 0])
  })

  test('a reply streams to a socket from before, whatever numbers its streams had', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    for (const word of ['before', 'after']) {
      const voice = await house.prompt()
      await voice.say(word)
      await watcher.sees(word)
      await voice.done()
      await watcher.shows('complete')
      await house.evict()
    }
    expect(watcher.texts()).toEqual(['a question', 'before', 'a question', 'after'])
    expect(watcher.gaps).toBe(0)
  })

  test('everybody is still here, and leaves once', async () => {
    const house = await House.open()
    const watcher = await house.connect(ann)
    const leaving = await house.connect(bo)
    await house.evict()
    expect((await house.connect(ann)).timeline.here.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ann', 'Bo']))
    leaving.close()
    await watcher.until('Bo to be gone', () => !watcher.timeline.here.some(({ id }) => id === bo.id))
    expect(watcher.timeline.hereCount).toBe(3)
  })

  test('[L10] a removed member’s socket closes all the same', async () => {
    const house = await House.open()
    const out = await house.connect(bo)
    await house.evict()
    await (await house.room()).remove(ann.id, bo.id)
    await out.until('the close', () => out.closed !== null)
    expect(out.closed).toBe(1008)
  })
})
