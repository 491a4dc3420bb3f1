// What the client of the rsc lane believes it knows. Its payloads overtake one another, so that takes some care.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MemberId, MessageId, RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message, MessageStatus } from '../../conversation/message'
import type { Page, Snapshot } from '../../conversation/page'
import { accept } from '../../conversation/refusal'
import { RscClient } from './client'
import type { FlightEvent, Growth, Payload } from './flight'
import { GrowthQueue } from './growth-queue'
import { encodeRecords } from './records'

const ann: Member = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }

const NOTHING: Snapshot = { messages: [], hasEarlier: false, version: 0, records: [], here: [], hereCount: 0, now: 0 }

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
let earlier: Promise<Page>
let numbers: number

beforeEach(() => {
  FakeSocket.opened.length = 0
  payloads = []
  earlier = Promise.resolve({ messages: [], hasEarlier: false })
  numbers = 0
  client = new RscClient(
    {
      origin: 'https://parley.example',
      roomId: 'lobby' as RoomId,
      viewerId: ann.id,
      WebSocket: FakeSocket as unknown as typeof WebSocket,
      server: { ask: async () => accept(null), earlier: async () => accept({ page: await earlier, nodes: {} }) },
      // The bytes are not looked at: payloads come in the order in which their records do.
      decode: <T>() => Promise.resolve(payloads.shift() as T),
    },
    NOTHING,
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
  leaves: [],
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

describe('[L13]', () => {
  const record = (id: string, version: number, value: unknown = version): FlightEvent => ({ type: 'record', kind: 'notice', id, version, value })
  const values = () => client.getState().records.map(({ id, value }) => `${id} ${String(value)}`)

  test('records and amendments are read in their batches, and asked for from there', async () => {
    client.start()
    const first = await socket(0)
    receive(first, caughtUp(1, [message(1, 1)]))
    receive(first, batch(record('a', 2), { type: 'amended', id: idOf(1), version: 3, change: { mark: 1 } }, record('a', 4)))
    await expect.poll(values).toEqual(['a 4'])
    expect(client.messageOf(idOf(1))?.metadata.amended).toEqual({ version: 3, values: { mark: 1 } })
    expect(await asksFrom()).toBe('4')
  })

  test('a batch that the end of a reply overtook still brings its records', async () => {
    client.start()
    const first = await socket(0)
    const growth = new GrowthQueue<Growth>()
    receive(first, caughtUp(1, [message(1, 1)]))
    receive(first, batch({ type: 'message', message: message(2, 2, 'streaming'), node: null, growth }))
    await expect.poll(() => shown().length).toBe(2)
    growth.push(ends(2, 4))
    await expect.poll(() => shown()[1]).toBe('2 complete')
    receive(first, batch(record('a', 3)))
    await expect.poll(values).toEqual(['a 3'])
    expect(await asksFrom()).toBe('3')
  })

  test('a payload from before the catch-up brings back nothing that was deleted', async () => {
    client.start()
    const first = await socket(0)
    receive(first, batch(record('a', 2)))
    receive(first, caughtUp(5, [message(1, 1)]))
    receive(first, batch(record('b', 6)))
    await expect.poll(values).toEqual(['b 6'])
  })

  test('what is amended while its page is on the way is amended when it comes', async () => {
    client.start()
    const first = await socket(0)
    const page = Promise.withResolvers<Page>()
    earlier = page.promise
    receive(first, { catchUp: { kind: 'snapshot', snapshot: { ...NOTHING, version: 2, messages: [message(2, 2)], hasEarlier: true } }, nodes: {}, leaves: [] })
    await expect.poll(shown).toEqual(['2 complete'])
    const loaded = client.loadEarlier()
    receive(first, batch({ type: 'amended', id: idOf(1), version: 3, change: { mark: 1 } }, record('fence', 4)))
    await expect.poll(values).toEqual(['fence 4'])
    page.resolve({ messages: [message(1, 1)], hasEarlier: false })
    await loaded
    expect(client.messageOf(idOf(1))?.metadata.amended?.values).toEqual({ mark: 1 })
  })
})
