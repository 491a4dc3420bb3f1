import { beforeEach, expect, test, vi } from 'vitest'
import type { MemberId } from '../../conversation/ids'
import { costOfFrame, OF_ADDRESS, OF_PERSON } from '../../limits/limits'
import { RoomLimits, type Asker } from './room-limits'

const settings = { addressLimits: true, requestLimits: true }
const LONGEST = 64 * 1024

let people = 0
/** Nobody has been counted yet: what is counted, is for all rooms. */
const somebody = (address: string | null = null): Asker => ({ person: `person-${++people}` as MemberId, address })

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['Date'] }))

/** Frames of this length that are taken, before one is not. */
function taken(rooms: readonly RoomLimits[], asker: () => Asker, length: number): number {
  for (let count = 0; count < 20_000; count++) if (!rooms[count % rooms.length]?.takesFrame(asker(), length)) return count
  throw new Error('there is no limit')
}

test('[R60] one person has in sixteen rooms what they have in one', () => {
  const rooms = Array.from({ length: 16 }, () => new RoomLimits(settings))
  const ann = somebody()
  expect(taken(rooms, () => ann, 0)).toBe(OF_PERSON.frames.burst)
  expect(rooms.every((room) => !room.takesFrame(ann, 0))).toBe(true)
  expect(rooms.every((room) => room.takesFrame(somebody(), 0))).toBe(true)
  vi.setSystemTime(Date.now() + 1_000)
  expect(taken(rooms, () => ann, 0)).toBe(OF_PERSON.frames.perSecond)
})

test('[R60] so has one network, whoever asks from it', () => {
  const rooms = Array.from({ length: 4 }, () => new RoomLimits(settings))
  expect(taken(rooms, () => somebody('203.0.113.1'), 0)).toBe(OF_ADDRESS.frames.burst)
  expect(rooms[0]?.takesFrame(somebody('203.0.113.2'), 0)).toBe(true)
})

test('[R60] a long frame costs as much as many short ones', () => {
  const room = new RoomLimits(settings)
  expect(taken([room], somebody.bind(null, '203.0.113.3'), LONGEST)).toBe(Math.floor(OF_ADDRESS.frames.burst / costOfFrame(LONGEST)))
  // A hundred of the longest messages, which is all that one may post at once, are honest.
  const ann = somebody()
  expect(taken([room], () => ann, 32_100)).toBeGreaterThanOrEqual(100)
})

test('[R60] what a frame turned out to cost is owed in every room', () => {
  const [here, there] = [new RoomLimits(settings), new RoomLimits(settings)]
  const ann = somebody()
  here.charge(ann, OF_PERSON.frames.burst - 10)
  expect(taken([there], () => ann, 0)).toBe(10)
})
