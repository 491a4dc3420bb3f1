import { beforeEach, describe, expect, test } from 'vitest'
import type { Command } from '../../conversation/command'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, MessageId, RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import type { CatchUp, Page } from '../../conversation/page'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Lane, LaneConnection } from '../lane'
import { agentsLane } from './encoder'
import type { ServerFrame } from './frames'

const ann: Member = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }
const bo: Member = { id: 'bo' as MemberId, name: 'Bo', kind: 'person' }
const idOf = (name: string) => `message-${name}` as MessageId
const page: Page = { messages: [], hasEarlier: true }
const caughtUp: CatchUp = { kind: 'rows', version: 9, messages: [], records: [], here: [], hereCount: 0, now: 0 }

class Socket implements LaneConnection {
  readonly id = crypto.randomUUID()
  readonly frames: ServerFrame[] = []
  closed: number | null = null
  readonly member: Member

  constructor(member: Member) {
    this.member = member
  }

  send(frame: string | Uint8Array): void {
    if (typeof frame !== 'string') throw new Error('this lane speaks in text')
    this.frames.push(JSON.parse(frame) as ServerFrame)
  }

  close(code: number): void {
    this.closed = code
  }
}

let lane: Lane
let broadcast: ServerFrame[]
let commands: { readonly member: Member; readonly command: Command }[]
let answer: Result<{ readonly seq: number } | null>
let asked: { readonly since?: number | null; readonly before?: number }[]

beforeEach(() => {
  broadcast = []
  commands = []
  asked = []
  answer = accept(null)
  lane = agentsLane({
    roomId: 'lobby' as RoomId,
    broadcast: (frame) => broadcast.push(JSON.parse(String(frame)) as ServerFrame),
    count: () => 1,
    snapshot: () => ({ ...page, version: 9, records: [], here: [], hereCount: 0, now: 0 }),
    catchUp: (since) => (asked.push({ since }), caughtUp),
    refuseReading: () => null,
    charge() {},
    page: (before) => (asked.push({ before }), page),
    command: (member, command) => (commands.push({ member, command }), answer),
    now: () => 0,
  })
})

const delta = (name: string, offset: number, text: string): RoomEvent => ({ type: 'delta', id: idOf(name), index: 0, offset, text })
const message = (name: string, version: number): Message => ({
  id: idOf(name),
  role: 'assistant',
  parts: [],
  metadata: { seq: 1, version, author: ann, status: 'streaming', createdAt: 0 },
})
const settled = (name: string): RoomEvent => ({ type: 'settled', id: idOf(name), seq: 1, version: 2, status: 'complete', lengths: [5] })

function tick(...events: readonly RoomEvent[]): ServerFrame | undefined {
  const before = broadcast.length
  lane.tick(events)
  expect(broadcast).toHaveLength(before + 1)
  return broadcast.at(-1)
}

function joined(member: Member, since: number | null = null): Socket {
  const socket = new Socket(member)
  lane.join(socket, since)
  return socket
}

describe('on the way out', () => {
  test('a tick is one frame, whatever is in it', () => {
    const events = [
      { type: 'message', message: message('a', 1) },
      { type: 'typing', member: ann },
    ] satisfies RoomEvent[]
    expect(tick(...events)).toEqual(events)
  })

  test('[L5] a settled reply is not repeated', () => {
    tick(delta('a', 0, 'Hello'))
    expect(JSON.stringify(tick(settled('a')))).not.toContain('Hello')
  })

  test('a tick of one delta is the tuple alone', () => {
    tick(delta('a', 0, 'x'))
    expect(tick(delta('a', 1, 'z'))).toEqual([1, 'z'])
  })

  test('[L11] a late joiner is told what it missed and which numbers are in use', () => {
    tick(delta('a', 0, 'He'))
    expect(joined(bo, 4).frames).toEqual([{ type: 'catch-up', catchUp: caughtUp, streams: [[0, idOf('a'), 0]] }])
    expect(asked).toEqual([{ since: 4 }])
  })
})

describe('on the way in', () => {
  const say = (socket: Socket, frame: unknown) => lane.message(socket, typeof frame === 'string' ? frame : JSON.stringify(frame))

  test('[L7] a page goes to the one who asked', () => {
    const [asker, other] = [joined(ann), joined(bo)]
    say(asker, { type: 'before', seq: 51 })
    expect(asker.frames.slice(1)).toEqual([{ type: 'page', before: 51, page }])
    expect(asked.at(-1)).toEqual({ before: 51 })
    expect(other.frames).toHaveLength(1)
    expect(broadcast).toEqual([])
  })

  test('[L6] whoever noticed a gap is caught up with', () => {
    const asker = joined(ann)
    say(asker, { type: 'since', version: 7 })
    expect(asker.frames[1]).toEqual({ type: 'catch-up', catchUp: caughtUp, streams: [] })
    expect(asked.at(-1)).toEqual({ since: 7 })
  })

  test('[L2] a command is the socket’s member’s', () => {
    say(joined(bo), { type: 'stop' })
    expect(commands).toEqual([{ member: bo, command: { type: 'stop' } }])
  })

  test('a post is acknowledged with its place', () => {
    answer = accept({ seq: 7 })
    const socket = joined(ann)
    say(socket, { type: 'post', id: idOf('a'), text: 'hello' })
    expect(socket.frames[1]).toEqual({ type: 'acknowledged', id: idOf('a'), seq: 7 })
  })

  test('a refusal names the post that it refuses, and nothing for other commands', () => {
    answer = refuse('too_fast', 'Wait.', 100)
    const { refusal } = refuse('too_fast', 'Wait.', 100)
    const socket = joined(ann)
    say(socket, { type: 'post', id: idOf('a'), text: 'hello' })
    say(socket, { type: 'clear' })
    expect(socket.frames.slice(1)).toEqual([
      { type: 'refused', id: idOf('a'), refusal },
      { type: 'refused', refusal },
    ])
  })

  test.each<[string, unknown, string]>([
    ['an unknown command', { type: 'drop' }, 'unknown_command'],
    ['[L2] a post that names its author', { type: 'post', id: idOf('a'), text: 'x', author: 'bo' }, 'malformed'],
    ['a page before nothing', { type: 'before', seq: -1 }, 'unknown_command'],
    ['a version that is no number', { type: 'since', version: '7' }, 'unknown_command'],
    ['a frame that only a room may send', { type: 'settled', id: idOf('a'), seq: 1, version: 9, status: 'complete', lengths: [] }, 'unknown_command'],
    ['a tick of its own', [[0, 0, 'forged']], 'malformed'],
    ['what the Agents SDK listens to', { type: 'cf_agent_state', state: {} }, 'unknown_command'],
  ])('%s is refused, and the socket stays', (_, frame, code) => {
    const socket = joined(ann)
    say(socket, frame)
    expect(socket.frames[1]).toMatchObject({ type: 'refused', refusal: { code } })
    expect(socket.closed).toBeNull()
    expect(commands).toEqual([])
    expect(broadcast).toEqual([])
  })

  test.each(['{', '', 'hello', '{"type":"stop"}}'])('%j is no JSON and closes the socket', (frame) => {
    const socket = joined(ann)
    say(socket, frame)
    expect(socket.closed).toBe(1007)
    expect(commands).toEqual([])
  })

  test('bytes close the socket', () => {
    const socket = joined(ann)
    lane.message(socket, new TextEncoder().encode('{"type":"stop"}').buffer)
    expect(socket.closed).toBe(1007)
  })
})
