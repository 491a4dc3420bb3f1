// A room in memory, as small as the lane's contract allows: messages, a clock, and ticks when the test says so.
import { amend, lastChange, type Amendments } from '../../../conversation/amendment'
import type { FinalStatus, RoomEvent } from '../../../conversation/event'
import { lengthOf } from '../../../conversation/event'
import { newMessageId, type MemberId, type MessageId, type RoomId } from '../../../conversation/ids'
import type { Member } from '../../../conversation/member'
import type { Message, Part } from '../../../conversation/message'
import { PAGE_SIZE, type CatchUp, type Page, type Snapshot } from '../../../conversation/page'
import { KeptRecords } from '../../../conversation/kept-records'
import { accept, refuse, type Result } from '../../../conversation/refusal'
import type { Command } from '../../../conversation/command'
import type { Lane, LanePort } from '../../lane'
import { tinybaseLane } from '../encoder'
import type { FakeConnection } from './fake-network'

export const ADA: Member = { id: 'ada' as MemberId, name: 'Ada', kind: 'person' }
export const GUIDE: Member = { id: 'guide' as MemberId, name: 'Guide', kind: 'agent' }

export class FakeRoom {
  readonly connections = new Set<FakeConnection>()
  messages: readonly Message[] = []
  readonly records = new KeptRecords()
  version = 0
  refusing: Result<never> | null = null
  private clearedSeq = 0
  private clearedVersion = 0
  private lastSeq = 0
  private events: RoomEvent[] = []
  lane: Lane = tinybaseLane(this.port())

  /** Forgets all but what is stored, as after hibernation; sockets stay. */
  restart(): void {
    this.lane = tinybaseLane(this.port())
  }

  post(text: string, id: MessageId = newMessageId(), author: Member = ADA): Message {
    return this.append({ id, author, status: 'complete', parts: [{ type: 'text', text }] })
  }

  beginReply(): MessageId {
    return this.append({ id: newMessageId(), author: GUIDE, status: 'streaming', parts: [] }).id
  }

  /** Says more in the last part of an open reply, which begins as text. */
  say(id: MessageId, text: string): void {
    const { parts } = this.get(id)
    if (parts.length === 0) this.setPart(id, 0, { type: 'text', text: '' })
    const index = Math.max(0, parts.length - 1)
    const part = this.get(id).parts[index]
    if (part?.type !== 'text') throw new Error('not a text part')
    this.events.push({ type: 'delta', id, index, offset: part.text.length, text })
    this.change(id, (message) => ({ ...message, parts: message.parts.with(index, { ...part, text: part.text + text }) }))
  }

  setPart(id: MessageId, index: number, part: Part): void {
    this.events.push({ type: 'part', id, index, part })
    this.change(id, (message) => ({ ...message, parts: index < message.parts.length ? message.parts.with(index, part) : [...message.parts, part] }))
  }

  settle(id: MessageId, status: FinalStatus = 'complete'): void {
    const version = ++this.version
    this.change(id, (message) => ({ ...message, metadata: { ...message.metadata, status, version } }))
    const { metadata, parts } = this.get(id)
    this.events.push({ type: 'settled', id, seq: metadata.seq, version, status, lengths: parts.map(lengthOf) })
  }

  reopen(id: MessageId, parts: readonly Part[] = []): void {
    const version = ++this.version
    this.change(id, (message) => ({ ...message, parts, metadata: { ...message.metadata, status: 'streaming', version } }))
    this.events.push({ type: 'message', message: this.get(id) })
  }

  /** Null deletes it. */
  record(id: string, value: unknown, kind = 'kind'): void {
    this.version += 1
    this.events.push(this.records.set({ kind, id, version: this.version, value }))
  }

  amend(id: MessageId, change: Amendments): void {
    const version = ++this.version
    this.change(id, (message) => amend(message, version, change))
    this.events.push({ type: 'amended', id, version, change })
  }

  clear(): void {
    this.version += 1
    this.clearedVersion = this.version
    this.clearedSeq = this.lastSeq
    this.messages = []
    this.events.push({ type: 'cleared', version: this.version })
  }

  tick(): void {
    const { events } = this
    this.events = []
    if (events.length > 0 && this.connections.size > 0) this.lane.tick(events)
  }

  /** As a network does that fails for everybody. */
  dropAll(): void {
    for (const connection of this.connections) connection.drop()
  }

  snapshot(): Snapshot {
    return { ...this.page(null), version: this.version, records: this.records.all(), here: [ADA], hereCount: 1, now: 0 }
  }

  private append(draft: Pick<Message, 'id' | 'parts'> & { readonly author: Member; readonly status: Message['metadata']['status'] }): Message {
    this.version += 1
    this.lastSeq += 1
    const { id, parts, author, status } = draft
    const message: Message = {
      id,
      role: author.kind === 'agent' ? 'assistant' : 'user',
      metadata: { seq: this.lastSeq, version: this.version, author, status, createdAt: 1_700_000_000_000 + this.lastSeq },
      parts,
    }
    this.messages = [...this.messages, message]
    this.events.push({ type: 'message', message })
    return message
  }

  private get(id: MessageId): Message {
    const message = this.messages.find((known) => known.id === id)
    if (!message) throw new Error('no such message')
    return message
  }

  private change(id: MessageId, change: (message: Message) => Message): void {
    this.messages = this.messages.map((message) => (message.id === id ? change(message) : message))
  }

  private page(before: number | null): Page {
    const messages = this.messages.filter((message) => before === null || message.metadata.seq < before).slice(-PAGE_SIZE)
    const first = messages[0]?.metadata.seq
    return { messages, hasEarlier: first !== undefined && first > this.clearedSeq + 1 }
  }

  private catchUp(since: number | null): CatchUp {
    const changed = this.messages.filter((message) => lastChange(message.metadata) > (since ?? 0) || message.metadata.status === 'streaming')
    if (since === null || since < this.clearedVersion || since > this.version || changed.length > PAGE_SIZE)
      return { kind: 'snapshot', snapshot: this.snapshot() }
    const { version, here, hereCount, now } = this.snapshot()
    return { kind: 'rows', version, messages: changed, records: this.records.since(since), here, hereCount, now }
  }

  private command(member: Member, command: Command): Result<{ readonly seq: number } | null> {
    if (this.refusing) return this.refusing
    if (command.type !== 'post') return refuse('unavailable', 'This room only takes posts.')
    const known = this.messages.find((message) => message.id === command.id)
    return accept({ seq: (known ?? this.post(command.text, command.id, member)).metadata.seq })
  }

  private port(): LanePort {
    return {
      roomId: 'lobby' as RoomId,
      broadcast: (frame) => {
        for (const connection of this.connections) connection.send(frame)
      },
      count: () => this.connections.size,
      snapshot: () => this.snapshot(),
      catchUp: (since) => this.catchUp(since),
      refuseReading: () => null,
      charge() {},
      page: (before) => this.page(before),
      command: (member, command) => this.command(member, command),
      now: () => 0,
    }
  }
}
