// Whoever may not be in the room any more has no socket in it, whatever was under way when they lost their right: the
// ledger answers here when it is told to, and what is otherwise too quick to be met is done in between.
import { describe, expect, test } from 'vitest'
import { newMessageId } from '../../src/conversation/ids'
import type { LedgerSurface, SocketPlace } from '../../src/limits/ledger-surface'
import type { RoomSurface } from '../../src/room/surface'
import { waitFor } from '../support/wait-for'
import { ann, aside, bo, House, partsOf, sessionOf } from './house'

/** How somebody loses the right to be in a room, and what they are told. */
const ENDS: readonly (readonly [what: string, end: (room: RoomSurface) => Promise<unknown>, code: string])[] = [
  ['their removal', (room) => room.remove(ann.id, bo.id), 'not_a_member'],
  ['their sign-out', (room) => room.endSession(sessionOf(bo).hash), 'not_signed_in'],
  ['the removal of their account', (room) => room.removeAccount(bo.id), 'not_signed_in'],
  ['the deletion of the room', (room) => room.setDeleted(true), 'no_such_room'],
]

/** The same, as it would be if their sockets had not been found and closed. */
const UNSEEN: typeof ENDS = [
  ['their removal', removedUnseen, 'not_a_member'],
  ['the deletion of the room', deletedUnseen, 'no_such_room'],
]

let current: House

async function removedUnseen(): Promise<void> {
  await current.inside((_, { storage }) => void storage.sql.exec(`UPDATE member SET role = 'removed' WHERE id = ?`, bo.id))
}

async function deletedUnseen(): Promise<void> {
  await current.inside((_, { storage }) => void storage.sql.exec('UPDATE room SET deleted_at = 1'))
}

async function open(): Promise<House> {
  current = await House.open()
  return current
}

const socketsOfBo = (house: House) => house.inside((room) => partsOf(room).sockets.where(({ member }) => member.id === bo.id).length)

describe.each(ENDS)('[R38] [L10] after %s', (_, end, code) => {
  test('a socket that waited for the ledger meanwhile is refused, and counted nowhere', async () => {
    const house = await open()
    const calls: string[] = []
    let answer: (() => void) | undefined
    house.stage.ledger = () => heldLedger(calls, (go) => (answer = go))
    const upgrade = house.upgrade(bo)
    await waitFor('the ledger to be asked', () => answer !== undefined)
    await end(await house.room())
    await house.inside(() => answer?.())
    const response = await upgrade
    expect([response.webSocket, await response.json()]).toMatchObject([null, { refusal: { code } }])
    expect(await socketsOfBo(house)).toBe(0)
    await waitFor('it to be counted off', () => calls.filter((call) => call.endsWith(' bo')).join() === 'openSocket bo,closeSocket bo')
  })

  test('a socket that the door had let through opens, hears nothing and is closed', async () => {
    const house = await open()
    const room = await house.room()
    await house.inside((object) => {
      const { door } = partsOf(object)
      const ask = door.refuseUpgrade.bind(door)
      door.refuseUpgrade = async (request) => {
        const answer = await ask(request)
        await end(object as unknown as RoomSurface)
        return answer
      }
    })
    const { webSocket } = await house.upgrade(bo)
    const heard: unknown[] = []
    const closed = new Promise((resolve) => webSocket?.addEventListener('close', ({ code, reason }) => resolve([code, reason])))
    webSocket?.addEventListener('message', ({ data }) => heard.push(data))
    webSocket?.accept()
    expect(await closed).toEqual([1008, code])
    expect(heard).toEqual([])
    expect(await socketsOfBo(house)).toBe(0)
    if (code !== 'no_such_room') expect(await room.here(ann.id, 0)).toMatchObject({ value: [{ id: ann.id }] })
  })
})

describe.each(UNSEEN)('[R38] after %s of which no socket was told', (_, end, code) => {
  test('a socket does not outlast the room’s sleep', async () => {
    const house = await open()
    const out = await house.connect(bo)
    await out.until('himself', () => out.timeline.here.some(({ id }) => id === bo.id))
    await end(await house.room())
    const before = out.frames.length
    await house.evict()
    await (await house.room()).figures()
    await out.until('the close', () => out.closed !== null)
    expect([out.closed, out.frames.length - before, await socketsOfBo(house)]).toEqual([1008, 0, 0])
  })

  test.each<[string, object]>([
    ['what it missed', { type: 'since', version: 0 }],
    ['an earlier page', { type: 'before', seq: 2 }],
    ['to be shown as typing', { type: 'typing' }],
    ['to post', { type: 'post', id: newMessageId(), text: aside('unseen') }],
  ])('a socket that asks %s is closed unanswered', async (_question, frame) => {
    const house = await open()
    await house.post(ann, aside('secret'))
    const [out, other] = [await house.connect(bo), await house.connect(ann)]
    await out.until('himself', () => out.timeline.here.some(({ id }) => id === bo.id))
    await end(await house.room())
    const before = out.frames.length
    const others = other.frames.length
    out.send(frame)
    await out.until('the close', () => out.closed !== null)
    expect([out.closed, out.frames.length - before, await socketsOfBo(house)]).toEqual([1008, 0, 0])
    expect(JSON.stringify(other.frames.slice(others))).not.toContain('unseen')
    expect(code).toMatch(/not_a_member|no_such_room/)
  })
})

test('[R76] what an account asked just before it was removed makes it a member of nothing, by socket or page', async () => {
  const house = await open()
  const room = await house.room()
  await room.removeAccount(bo.id)
  expect(await house.refusal(bo)).toEqual([401, 'not_signed_in'])
  expect(await room.enter(bo, null)).toMatchObject({ refusal: { code: 'not_signed_in' } })
  expect(await room.open(bo, null)).toMatchObject({ refusal: { code: 'not_signed_in' } })
  expect(await room.memberships(ann.id)).toMatchObject({ value: [{ id: ann.id }] })
})

describe('[R39] a socket that is closed from here', () => {
  test('is forgotten at once, and by the ledger, though its client never answers', async () => {
    const house = await open()
    const calls: string[] = []
    await house.connect(bo)
    house.stage.ledger = () => heldLedger(calls)
    const left = await house.inside((object) => {
      const { sockets, members } = partsOf(object)
      for (const { connection } of sockets.where(({ member }) => member.id === bo.id)) connection.close(1013, 'silent')
      return [sockets.where(({ member }) => member.id === bo.id).length, members.isHere(bo.id), members.socketsOf(bo.id)]
    })
    expect(left).toEqual([0, false, 0])
    await waitFor('the ledger to hear', () => calls.length > 0)
    // Its close event comes in time, and counts nothing off again.
    await house.post(ann, aside('later'))
    expect(calls).toEqual(['closeSocket bo'])
  })

  test('and that is closed again is closed once, and two of one person are counted apart', async () => {
    const house = await open()
    const staying = await house.connect(bo)
    await house.connect(bo)
    const left = await house.inside((object) => {
      const { sockets, members } = partsOf(object)
      const [, second] = sockets.where(({ member }) => member.id === bo.id)
      for (let n = 0; n < 3; n++) second?.connection.close(1013, 'too_slow')
      return members.socketsOf(bo.id)
    })
    expect(left).toBe(1)
    await house.post(ann, aside('for Bo'))
    await staying.sees(aside('for Bo'))
    expect(await house.inside((object) => partsOf(object).members.isHere(bo.id))).toBe(true)
  })
})

test('[R39] a socket that never says a word ends by itself, and is forgotten, in a room where nothing else happens', async () => {
  const house = await open()
  const [mute, pinging, speaking] = [await house.connect(bo), await house.connect(bo), await house.connect(bo)]
  const answered = pinging.nextRaw()
  pinging.send('ping')
  expect(await answered).toBe('pong')
  speaking.send({ type: 'typing' })
  await speaking.until('the typing', () => JSON.stringify(speaking.frames).includes('"typing"'))
  await house.inside(() => house.stage.later.splice(0).forEach((run) => run()))
  expect(await socketsOfBo(house)).toBe(2)
  await mute.until('the close', () => mute.closed !== null)
  expect([mute.closed, pinging.closed, speaking.closed]).toEqual([1013, null, null])
})

/** Answers `openSocket` when it is let go, and notes what of sockets it is asked. */
function heldLedger(calls: string[], hold: (go: () => void) => void = (go) => go()): LedgerSurface {
  const day = { resetsAt: Number.MAX_SAFE_INTEGER }
  const left = { answers: { calls: null, spender: 'instance', ...day }, posts: { bytes: 1_000_000, of: 'person', ...day } }
  const openSocket = async ({ person }: SocketPlace) => {
    calls.push(`openSocket ${person}`)
    await new Promise<void>((resolve) => hold(resolve))
    return { ok: true, value: left }
  }
  const closeSocket = async ({ person }: SocketPlace) => void calls.push(`closeSocket ${person}`)
  return { openSocket, closeSocket, left: async () => left, posted: async () => [] } as unknown as LedgerSurface
}
