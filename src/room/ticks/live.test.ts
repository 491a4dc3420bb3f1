// Random rooms through the real outbox: whoever listens, from whenever, ends up knowing what the room knows. The room
// here is the smallest thing that behaves like one; the real one, with its storage, is in tests/workerd.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { amend, lastChange } from '../../conversation/amendment'
import { lengthOf, type RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { isRetryable, type Message, type MessageMetadata } from '../../conversation/message'
import { PAGE_SIZE, type CatchUp, type Snapshot } from '../../conversation/page'
import { recordKey, type RoomRecord } from '../../conversation/record'
import { KeptRecords } from '../../conversation/kept-records'
import { fold, foldCatchUp, timelineFrom, type Timeline } from '../../conversation/timeline'
import { OpenReply } from '../turns/open-reply'
import { Outbox } from './outbox'

const STEPS = 250
const people: readonly Member[] = ['Ann', 'Bo', 'Cy'].map((name) => ({ id: name.toLowerCase() as MemberId, name, kind: 'person' }))
const parley: Member = { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The same rooms every time, so that a failure is of the change at hand; `PARLEY_FUZZ_SEED=$RANDOM npm test -- unit` looks for others. */
const start = Number(process.env['PARLEY_FUZZ_SEED'] ?? 731_148)
const seeds = Array.from({ length: 40 }, (_, at) => start + at)
/** Rooms in which a joiner within the tick of a clear kept what was cleared. */
const KNOWN = [58_058, 58_061, 58_086]

test.each([...KNOWN, ...seeds])('[L12] [L13] seed %i: every timeline equals the room', async (seed) => {
  const chance = randomFrom(seed)
  const batches: (readonly RoomEvent[])[] = []
  const readers: Reader[] = []
  const outbox = new Outbox(
    () => 1,
    (events) => {
      batches.push(events)
      for (const reader of readers) reader.receive(events)
    },
  )
  const room = new TinyRoom((event) => outbox.add(event))
  readers.push(new Reader(room, room.snapshot()))
  for (let step = 0; step < STEPS; step++) {
    room.step(chance)
    if (chance() < 0.3) await vi.advanceTimersByTimeAsync(Math.floor(chance() * 20))
    // A late joiner: its snapshot already holds what the outbox will still send.
    if (chance() < 0.05) readers.push(new Reader(room, room.snapshot()))
    // One of them falls asleep, or wakes and asks from the version that it stopped at.
    if (chance() < 0.1) readers[1 + Math.floor(chance() * readers.length)]?.sleepOrWake()
  }
  room.settleAll()
  await vi.advanceTimersByTimeAsync(100)
  const [first] = readers
  expect(first?.gaps, 'who was there from the beginning missed nothing').toBe(0)
  for (const reader of readers) {
    reader.wake()
    expect(reader.timeline.messages).toEqual(room.shownFrom(reader.oldest()))
    expect(byKey(reader.timeline.records)).toEqual(byKey(room.records.all()))
    expect(reader.timeline.version).toBe(room.version)
    expect(new Set(reader.timeline.here)).toEqual(new Set(room.here))
    expect(reader.timeline.hereCount).toBe(room.here.length)
  }
  // The same again from the wire alone, every event twice.
  const replayed = batches
    .flat()
    .reduce((timeline: Timeline, event) => fold(fold(timeline, event).timeline, event).timeline, timelineFrom(new TinyRoom(() => {}).snapshot()))
  expect(replayed.messages).toEqual(room.messages)
  expect(byKey(replayed.records)).toEqual(byKey(room.records.all()))
})

const byKey = (records: readonly RoomRecord[]) => new Map(records.map((record) => [recordKey(record), record]))

class Reader {
  timeline: Timeline
  gaps = 0
  private asleep = false
  private readonly room: TinyRoom

  constructor(room: TinyRoom, snapshot: Snapshot) {
    this.room = room
    this.timeline = timelineFrom(snapshot)
  }

  sleepOrWake(): void {
    if (this.asleep) this.wake()
    else this.asleep = true
  }

  wake(): void {
    if (this.asleep) this.catchUp()
    this.asleep = false
  }

  receive(events: readonly RoomEvent[]): void {
    if (this.asleep) return
    let { timeline } = this
    for (const event of events) {
      const folded = fold(timeline, event)
      if (folded.gap) {
        this.gaps += 1
        return this.catchUp()
      }
      ;({ timeline } = folded)
    }
    this.timeline = timeline
  }

  private catchUp(): void {
    this.timeline = foldCatchUp(this.timeline, this.room.catchUp(this.timeline.version))
  }

  oldest(): number {
    return this.timeline.messages[0]?.metadata.seq ?? 0
  }
}

class TinyRoom {
  version = 0
  messages: readonly Message[] = []
  here: readonly Member[] = [parley]
  readonly records = new KeptRecords()
  private lastSeq = 0
  private clearedVersion = 0
  private readonly open = new Map<MessageId, OpenReply>()
  private readonly publish: (event: RoomEvent) => void

  constructor(publish: (event: RoomEvent) => void) {
    this.publish = publish
  }

  step(chance: () => number): void {
    const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance() * from.length)]
    const replies = [...this.open.values()]
    const kind = chance()
    if (kind < 0.2) this.post(chance() < 0.7)
    else if (kind < 0.7) this.grow(pick(replies), chance)
    else if (kind < 0.8) this.settle(pick(replies), pick(['complete', 'stopped', 'failed'] as const) ?? 'complete')
    else if (kind < 0.87) this.retry(pick(this.messages.filter(({ metadata }) => isRetryable(metadata.status))))
    else if (kind < 0.88) this.clear()
    else if (kind < 0.92) this.amend(pick(this.messages), chance())
    else if (kind < 0.95) this.record(Math.floor(chance() * 4), chance())
    else this.move(pick(people))
  }

  settleAll(): void {
    for (const reply of this.open.values()) this.settle(reply, 'complete')
  }

  shownFrom(seq: number): readonly Message[] {
    return this.messages.filter(({ metadata }) => metadata.seq >= seq)
  }

  snapshot(): Snapshot {
    const messages = this.messages.slice(-PAGE_SIZE)
    const amendedBefore = Math.max(0, ...this.messages.slice(0, -PAGE_SIZE).map(({ metadata }) => metadata.amended?.version ?? 0))
    const hasEarlier = messages.length < this.messages.length
    return { version: this.version, messages, hasEarlier, records: this.records.all(), amendedBefore, here: this.here, hereCount: this.here.length, now: 0 }
  }

  catchUp(since: number): CatchUp {
    const changed = this.messages.filter(({ id, metadata }) => lastChange(metadata) > since || this.open.has(id))
    if (since < this.clearedVersion || changed.length > PAGE_SIZE) return { kind: 'snapshot', snapshot: this.snapshot() }
    return { kind: 'rows', version: this.version, messages: changed, records: this.records.since(since), here: this.here, hereCount: this.here.length, now: 0 }
  }

  private post(answered: boolean): void {
    const prompt = this.append('user', { status: 'complete', author: people[0] ?? parley }, [{ type: 'text', text: 'a question' }])
    const reply = answered ? this.append('assistant', { status: 'streaming', author: parley, replyTo: prompt.id }, []) : null
    this.publish({ type: 'message', message: prompt })
    if (!reply) return
    this.publish({ type: 'message', message: reply })
    this.open.set(reply.id, new OpenReply(reply, 0))
  }

  private append(role: Message['role'], metadata: Pick<MessageMetadata, 'status' | 'author' | 'replyTo'>, parts: Message['parts']): Message {
    this.lastSeq += 1
    this.version += 1
    const message: Message = {
      id: `message-${this.lastSeq}` as MessageId,
      role,
      parts,
      metadata: { ...metadata, seq: this.lastSeq, version: this.version, createdAt: 0 },
    }
    this.messages = [...this.messages, message]
    return message
  }

  private grow(reply: OpenReply | undefined, chance: () => number): void {
    if (!reply) return
    const kind = chance()
    const said = String(Math.floor(chance() * 1e6))
    const events =
      kind < 0.1
        ? reply.take({ type: 'text-start' })
        : kind < 0.15
          ? reply.take({ type: 'reasoning', text: said })
          : kind < 0.2
            ? reply.take({
                type: 'tool',
                part: {
                  type: 'dynamic-tool',
                  toolName: 'clock',
                  toolCallId: `call-${Math.floor(chance() * 2)}`,
                  state: 'output-available',
                  input: {},
                  output: said,
                },
              })
            : reply.take({ type: 'text', text: said })
    this.replace(reply.message)
    for (const event of events) this.publish(event)
  }

  private settle(reply: OpenReply | undefined, status: 'complete' | 'stopped' | 'failed'): void {
    if (!reply) return
    this.open.delete(reply.message.id)
    this.version += 1
    const { id, parts, metadata } = reply.message
    const failure = status === 'failed' ? { failure: { code: 'provider', text: 'no' } as const } : {}
    this.replace({ ...reply.message, metadata: { ...metadata, ...failure, status, version: this.version } })
    this.publish({ type: 'settled', id, seq: metadata.seq, version: this.version, status, lengths: parts.map(lengthOf), ...failure })
  }

  private retry(message: Message | undefined): void {
    if (!message) return
    this.version += 1
    const { failure: _forgotten, ...metadata } = message.metadata
    const reopened: Message = { ...message, parts: [], metadata: { ...metadata, status: 'streaming', version: this.version } }
    this.replace(reopened)
    this.publish({ type: 'message', message: reopened })
    this.open.set(reopened.id, new OpenReply(reopened, 0))
  }

  private amend(message: Message | undefined, value: number): void {
    if (!message) return
    this.version += 1
    const change = value < 0.2 ? { mark: null } : { [value < 0.6 ? 'mark' : 'place']: value }
    this.replace(amend(message, this.version, change))
    const open = this.open.get(message.id)
    if (open) open.message = amend(open.message, this.version, change)
    this.publish({ type: 'amended', id: message.id, version: this.version, change })
  }

  private record(at: number, value: number): void {
    this.version += 1
    this.publish(this.records.set({ kind: `kind-${at % 2}`, id: String(at), version: this.version, value: value < 0.3 ? null : { value } }))
  }

  private clear(): void {
    this.open.clear()
    this.version += 1
    this.clearedVersion = this.version
    this.messages = []
    this.publish({ type: 'cleared', version: this.version })
  }

  private move(person: Member | undefined): void {
    if (!person) return
    if (this.here.includes(person)) {
      this.here = this.here.filter((member) => member !== person)
      this.publish({ type: 'left', memberId: person.id, hereCount: this.here.length })
    } else {
      this.here = [...this.here, person]
      this.publish({ type: 'arrived', member: person, hereCount: this.here.length })
    }
  }

  private replace(message: Message): void {
    this.messages = this.messages.map((known) => (known.id === message.id ? message : known))
  }
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
