// What the rsc lane puts into which payload. How Flight makes bytes of it is tested on the build.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId, RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message, MessageStatus } from '../../conversation/message'
import { accept } from '../../conversation/refusal'
import type { Lane, LaneConnection } from '../lane'
import { rscLane } from './encoder'
import type { BatchPayload, CatchUpPayload, Growth, Payload } from './flight'

const { sent, sentToOne } = vi.hoisted(() => ({ sent: [] as BatchPayload[], sentToOne: [] as CatchUpPayload[] }))

vi.mock('./payloads', () => ({
  Payloads: class {
    send = (payload: Payload) => void sent.push(payload as BatchPayload)
    sendTo = (_: LaneConnection, payload: Payload) => void sentToOne.push(payload as CatchUpPayload)
    replay = () => {}
  },
}))
vi.mock('./render', () => ({
  LEAVES: [],
  renderMessage: ({ id, metadata }: Message) => `${id} ${metadata.status}`,
  renderMessages: (messages: readonly Message[]) => Object.fromEntries(messages.map(({ id }) => [id, id])),
}))

const ann: Member = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }
const id = 'message-1' as MessageId
const socket: LaneConnection = { id: 'socket', member: ann, send() {}, close: vi.fn() }

/** The room's one message, as it stands. */
let message: Message
let count: number
let lane: Lane

beforeEach(() => {
  sent.length = 0
  sentToOne.length = 0
  count = 1
  message = reply('streaming', 'Hel')
  const here = { records: [], here: [], hereCount: 0, now: 0 }
  lane = rscLane({
    roomId: 'lobby' as RoomId,
    broadcast() {},
    count: () => count,
    snapshot: () => ({ messages: [message], hasEarlier: false, version: 9, ...here }),
    catchUp: () => ({ kind: 'rows', version: 9, messages: [message], ...here }),
    refuseReading: () => null,
    charge() {},
    page: () => ({ messages: [], hasEarlier: false }),
    command: () => accept(null),
    now: () => 0,
  })
})

function reply(status: MessageStatus, text: string, version = 1): Message {
  return { id, role: 'assistant', parts: [{ type: 'text', text }], metadata: { seq: 1, version, author: ann, status, createdAt: 0 } }
}

const delta = (offset: number, text: string): RoomEvent => ({ type: 'delta', id, index: 0, offset, text })
const settled: Extract<RoomEvent, { type: 'settled' }> = { type: 'settled', id, seq: 1, version: 2, status: 'stopped', lengths: [3] }

function flights() {
  return sent.flatMap(({ events }) => events).filter((event) => event.type === 'message')
}

async function growthOf(flight: { readonly growth?: AsyncIterable<Growth> } | undefined): Promise<readonly Growth[]> {
  return flight?.growth ? Array.fromAsync(flight.growth) : []
}

test('[L5] a reply is one payload: each word travels in it once, and so does its end', async () => {
  lane.tick([{ type: 'message', message }])
  lane.tick([delta(3, 'lo')])
  lane.tick([settled])
  expect(sent).toHaveLength(1)
  expect(await growthOf(flights()[0])).toEqual([[0, 3, 'lo'], { settled, node: `${id} stopped` }])
})

test('[L5] a whole reply is not rendered again at its end', async () => {
  const end = { ...settled, status: 'complete' } as const
  lane.tick([{ type: 'message', message }, end])
  expect(await growthOf(flights()[0])).toEqual([{ settled: end }])
})

test('a reply that begins again is another payload, and the first one ends', async () => {
  lane.tick([{ type: 'message', message }])
  lane.tick([{ type: 'message', message: reply('streaming', '', 3) }, delta(0, 'new'), { ...settled, version: 4 }])
  expect(await growthOf(flights()[0])).toEqual([])
  expect(await growthOf(flights()[1])).toHaveLength(2)
})

describe('[L11] a reply that began while nobody was in this lane', () => {
  test('gets its payload with its next word', async () => {
    lane.tick([delta(3, 'lo'), settled])
    expect(flights()).toMatchObject([{ message: { metadata: { status: 'streaming' } } }])
    expect(await growthOf(flights()[0])).toHaveLength(2)
  })

  test.each([
    ['without another word', [settled]],
    ['with its last word', [delta(2, 'l'), settled]],
  ])('and ends %s is told whole', (_, events) => {
    message = reply('stopped', 'Hel', 2)
    lane.tick(events)
    expect(flights()).toEqual([{ type: 'message', message, node: `${id} stopped` }])
  })
})

test('[L11] a late joiner’s catch-up has the place of a reply in flight, and leaves its words to the replay', () => {
  lane.join(socket, 0)
  lane.tick([{ type: 'message', message: reply('streaming', '') }])
  lane.join(socket, 0)
  expect(sentToOne.map(({ catchUp }) => (catchUp.kind === 'rows' ? catchUp.messages : []))).toEqual([[message], [reply('streaming', '')]])
})

test('payloads in flight end when nobody is left to read them, and when the room is cleared', async () => {
  lane.tick([{ type: 'message', message }])
  lane.leave(socket)
  count = 0
  lane.tick([delta(3, 'lo')])
  lane.leave(socket)
  expect(await growthOf(flights()[0])).toEqual([[0, 3, 'lo']])
  count = 1
  lane.tick([
    { type: 'message', message },
    { type: 'cleared', version: 3 },
  ])
  expect(await growthOf(flights()[1])).toEqual([])
})

test('nothing comes in by this lane’s sockets', () => {
  lane.message(socket, '{"type":"clear"}')
  expect(socket.close).toHaveBeenCalledWith(1007, 'malformed')
})
