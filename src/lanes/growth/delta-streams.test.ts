import { beforeEach, describe, expect, test } from 'vitest'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import { tickFrame } from './delta-frames'
import { DeltaDecoder, DeltaEncoder } from './delta-streams'

const idOf = (name: string) => `message-${name}` as MessageId
const delta = (name: string, offset: number, text: string, index = 0): RoomEvent => ({ type: 'delta', id: idOf(name), index, offset, text })
const settled = (name: string): RoomEvent => ({ type: 'settled', id: idOf(name), seq: 1, version: 2, status: 'complete', lengths: [5] })
const again = (name: string): RoomEvent => ({
  type: 'message',
  message: {
    id: idOf(name),
    role: 'assistant',
    parts: [],
    metadata: { seq: 1, version: 3, author: { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' }, status: 'streaming', createdAt: 0 },
  },
})

let room: DeltaEncoder
let client: DeltaDecoder

beforeEach(() => {
  room = new DeltaEncoder()
  client = new DeltaDecoder()
})

const tick = (...events: readonly RoomEvent[]) => tickFrame(events.map((event) => room.encode(event)))

test('a growing part is named once, and a number after that', () => {
  expect(tick(delta('a', 0, 'He'), delta('a', 0, 'hm', 1))).toEqual([
    [0, 0, 'He', idOf('a'), 0],
    [1, 0, 'hm', idOf('a'), 1],
  ])
  expect(tick(delta('a', 2, 'llo'), delta('a', 2, '?', 1))).toEqual([
    [0, 2, 'llo'],
    [1, 2, '?'],
  ])
})

test.each<readonly [string, RoomEvent]>([
  ['it is settled', settled('a')],
  ['its reply begins again', again('a')],
  ['the room is cleared', { type: 'cleared', version: 4 }],
])('a number is given up when %s, and never used for another', (_, event) => {
  tick(delta('a', 0, 'He'))
  tick(event)
  expect(room.names()).toEqual([])
  expect(tick(delta('a', 0, 'new'))).toEqual([1, 0, 'new', idOf('a'), 0])
})

test('the number of what grew before is left out, until somebody comes who cannot know it', () => {
  tick(delta('a', 0, 'He'))
  expect(tick(delta('a', 2, 'l'), delta('b', 0, 'x'), delta('b', 1, 'y'))).toEqual([
    [2, 'l'],
    [1, 0, 'x', idOf('b'), 0],
    [1, 'y'],
  ])
  expect(tick(delta('b', 2, 'z'))).toEqual([2, 'z'])
  room.names()
  expect(tick(delta('b', 3, '!'))).toEqual([1, 3, '!'])
})

test('the end of one reply leaves the numbers of others alone', () => {
  tick(delta('a', 0, 'x'), delta('b', 0, 'y'))
  tick(settled('a'))
  expect(tick(delta('b', 1, 'z'))).toEqual([1, 'z'])
})

test('of replies that are not open any more nothing is kept', () => {
  tick(delta('a', 0, 'x'), delta('b', 0, 'y'))
  room.keepOnly([idOf('b')])
  expect(room.names()).toEqual([[1, idOf('b'), 0]])
})

describe('a client', () => {
  const reads = (...events: readonly RoomEvent[]) => client.decode(tick(...events))

  test('reads what happened, alone or among others, in order', () => {
    for (const events of [
      [delta('a', 0, 'He')],
      [delta('a', 2, 'l'), delta('b', 0, 'x'), delta('a', 3, 'lo')],
      [delta('a', 5, '!')],
      [delta('a', 6, '?')],
      [delta('b', 1, 'y'), settled('b')],
      [],
    ])
      expect(reads(...events)).toEqual(events)
  })

  test('that comes late reads what was named to it, and nothing else', () => {
    tick(delta('a', 0, 'He'))
    expect(reads(delta('a', 2, 'llo'))).toEqual([null])
    client.adopt(room.names())
    expect(reads(delta('a', 5, '!'))).toEqual([delta('a', 5, '!')])
    client.adopt([])
    expect(reads(delta('a', 6, '!'))).toEqual([null])
  })
})
