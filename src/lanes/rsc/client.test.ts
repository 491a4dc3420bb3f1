// What the client of the rsc lane believes it knows. Its payloads overtake one another, so that takes some care.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MemberId, MessageId, RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message, MessageStatus } from '../../conversation/message'
import { accept } from '../../conversation/refusal'
import { RscClient } from './client'
import type { FlightEvent, Growth, Payload } from './flight'
import { GrowthQueue } from './growth-queue'
import { encodeRecords } from './records'

const ann: Member = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }

class FakeSocket extends EventTarget {
  static readonly opened: FakeSocket[] = []
  binaryType = 'blob'
  readyState = 0
  readonly url: string

  constructor(url: string | URL) {
    super()
    this.url = String(url)
    FakeSocket.opened.push(this)
  }

  open(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }

  close(): void {}
  send(): void {}
}

let client: RscClient
let payloads: Payload[]
let numbers: number

beforeEach(() => {
  FakeSocket.opened.length = 0
  payloads = []
  numbers = 0
  client = new RscClient(
    {
      origin: 'https://parley.example',
      roomId: 'lobby' as RoomId,
      viewerId: ann.id,
      WebSocket: FakeSocket as unknown as typeof WebSocket,
      server: { ask: async () => accept(null), earlier: async () => accept({ page: { messages: [], hasEarlier: false }, nodes: {} }) },
      // The bytes are not looked at: payloads come in the order in which their records do.
      decode: <T>() => Promise.resolve(payloads.shift() as T),
    },
    { messages: [], hasEarlier: false, version: 0, records: [], here: [], hereCount: 0, now: 0 },
    {},
  )
})
afterEach(() => client.close())

async function socket(at: number): Promise<FakeSocket> {
  await expect.poll(() => FakeSocket.opened.length > at).toBe(true)
  const opened = FakeSocket.opened[at]
  if (!opened) throw new Error('it was there a moment ago')
  opened.open()
  return opened
}

function receive(to: FakeSocket, payload: Payload): void {
  payloads.push(payload)
  const frame = encodeRecords([{ payload: numbers++, bytes: Uint8Array.of(1) }])
  to.dispatchEvent(new MessageEvent('message', { data: frame.buffer }))
}

const batch = (...events: readonly FlightEvent[]): Payload => ({ events })
const caughtUp = (version: number, messages: readonly Message[]): Payload => ({
  catchUp: { kind: 'rows', version, messages, records: [], here: [], hereCount: 0, now: 0 },
  nodes: {},
})
const idOf = (seq: number) => `message-${seq}` as MessageId

function message(seq: number, version: number, status: MessageStatus = 'complete'): Message {
  return { id: idOf(seq), role: 'user', parts: [], metadata: { seq, version, author: ann, status, createdAt: 0 } }
}

const ends = (seq: number, version: number): Growth => ({
  settled: { type: 'settled', id: idOf(seq), seq, version, status: 'complete', lengths: [] },
  node: null,
})
const shown = () => client.getState().rows.map(({ seq, status }) => `${seq} ${status}`)
/** From where the client asks to be caught up with when it comes back. */
async function asksFrom(): Promise<string | null> {
  const { length } = FakeSocket.opened
  client.close()
  client.start()
  const next = await socket(length)
  return new URL(next.url).searchParams.get('since')
}

test('[L6] asks from the newest version that it has read', async () => {
  client.start()
  const first = await socket(0)
  receive(first, caughtUp(1, [message(1, 1)]))
  receive(first, batch({ type: 'message', message: message(2, 2), node: null }))
  await expect.poll(() => shown().length).toBe(2)
  expect(await asksFrom()).toBe('2')
})

test('[L6] asks for the end of a reply that later messages overtook', async () => {
  client.start()
  const first = await socket(0)
  const growth = new GrowthQueue<Growth>()
  receive(first, caughtUp(1, [message(1, 1)]))
  receive(first, batch({ type: 'message', message: message(2, 2, 'streaming'), node: null, growth }))
  receive(first, batch({ type: 'message', message: message(3, 4), node: null }))
  await expect.poll(() => shown().length).toBe(3)
  expect(await asksFrom()).toBe('2')
})

test('[L6] asks for a message that the end of an earlier reply overtook', async () => {
  client.start()
  const first = await socket(0)
  const growth = new GrowthQueue<Growth>()
  receive(first, caughtUp(1, [message(1, 1)]))
  receive(first, batch({ type: 'message', message: message(2, 2, 'streaming'), node: null, growth }))
  await expect.poll(() => shown().length).toBe(2)
  growth.push(ends(2, 4))
  await expect.poll(() => shown()[1]).toBe('2 complete')
  expect(await asksFrom()).toBe('2')
})

test('[L6] does not take for read what came after something missing', async () => {
  client.start()
  const first = await socket(0)
  receive(first, caughtUp(1, [message(1, 1)]))
  receive(first, batch({ type: 'message', message: message(3, 3), node: null }, { type: 'cleared', version: 4 }))
  await expect.poll(() => FakeSocket.opened.length).toBe(2)
  expect(new URL(FakeSocket.opened[1]?.url ?? '').searchParams.get('since')).toBe('1')
  expect(shown()).toEqual(['1 complete'])
})

test('[L11] reads nothing before the catch-up that it builds upon', async () => {
  client.start()
  const first = await socket(0)
  receive(first, batch({ type: 'message', message: message(3, 3), node: null }))
  receive(first, caughtUp(2, [message(1, 1), message(2, 2)]))
  await expect.poll(() => shown().length).toBe(3)
  expect(shown()).toEqual(['1 complete', '2 complete', '3 complete'])
})
