import { describe, expect, test } from 'vitest'
import type { RoomEvent, Settled } from './event'
import type { MemberId, MessageId } from './ids'
import type { Member } from './member'
import type { Message, MessageMetadata, Part } from './message'
import type { CatchUp, Snapshot } from './page'
import { fold, foldCatchUp, prepend, timelineFrom, withNames, type Timeline } from './timeline'

const ann: Member = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }
const bo: Member = { id: 'bo' as MemberId, name: 'Bo', kind: 'person' }
const parley: Member = { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' }

const idOf = (seq: number) => `message-${seq}` as MessageId
const text = (said: string): Part => ({ type: 'text', text: said })
const reasoning = (said: string): Part => ({ type: 'reasoning', text: said })
const tool = (state: 'input-available' | 'output-available'): Part =>
  state === 'input-available'
    ? { type: 'dynamic-tool', toolName: 'clock', toolCallId: 'call', state, input: {} }
    : { type: 'dynamic-tool', toolName: 'clock', toolCallId: 'call', state, input: {}, output: 'noon' }

function post(seq: number, said = `said ${seq}`, metadata: Partial<MessageMetadata> = {}): Message {
  return { id: idOf(seq), role: 'user', parts: [text(said)], metadata: { seq, version: seq, author: ann, status: 'complete', createdAt: seq, ...metadata } }
}

function reply(seq: number, parts: readonly Part[] = [], metadata: Partial<MessageMetadata> = {}): Message {
  return { id: idOf(seq), role: 'assistant', parts, metadata: { seq, version: seq, author: parley, status: 'streaming', createdAt: seq, ...metadata } }
}

function snapshot(messages: readonly Message[], rest: Partial<Snapshot> = {}): Snapshot {
  const version = messages.reduce((newest, { metadata }) => Math.max(newest, metadata.version), 0)
  return { messages, version, hasEarlier: (messages[0]?.metadata.seq ?? 1) > 1, records: [], here: [parley], hereCount: 1, now: 0, ...rest }
}

const timeline = (messages: readonly Message[], rest: Partial<Snapshot> = {}): Timeline => timelineFrom(snapshot(messages, rest))
const delta = (seq: number, offset: number, said: string, index = 0): RoomEvent => ({ type: 'delta', id: idOf(seq), index, offset, text: said })
const settled = (seq: number, version: number, lengths: readonly number[], status: Settled['status'] = 'complete'): Settled => ({
  type: 'settled',
  id: idOf(seq),
  seq,
  version,
  status,
  lengths,
})

function folded(start: Timeline, ...events: readonly RoomEvent[]): Timeline {
  return events.reduce((before, event) => {
    const after = fold(before, event)
    expect(after.gap).toBe(false)
    return after.timeline
  }, start)
}

function gap(start: Timeline, event: RoomEvent): void {
  const after = fold(start, event)
  expect(after.gap).toBe(true)
  expect(after.timeline).toBe(start)
}

const seqs = ({ messages }: Timeline) => messages.map(({ metadata }) => metadata.seq)
const parts = ({ messages }: Timeline, seq: number) => messages.find(({ metadata }) => metadata.seq === seq)?.parts
const status = ({ messages }: Timeline, seq: number) => messages.find(({ metadata }) => metadata.seq === seq)?.metadata.status

describe('a message', () => {
  test('comes after the newest and moves the version on', () => {
    const after = folded(timeline([post(1)]), { type: 'message', message: post(2) })
    expect(seqs(after)).toEqual([1, 2])
    expect(after.version).toBe(2)
  })

  test('[R5] beyond the next place is a gap', () => gap(timeline([post(1)]), { type: 'message', message: post(3) }))

  test('in front of what is known is on a page that nobody asked for', () => {
    const start = timeline([post(5), post(6)])
    expect(folded(start, { type: 'message', message: reply(2, [], { version: 9 }) })).toBe(start)
  })

  test('is the first of an empty room, whatever its place: it may have been cleared', () => {
    expect(seqs(folded(timeline([], { version: 9 }), { type: 'message', message: post(7, 'new', { version: 10 }) }))).toEqual([7])
  })

  test('with a newer version begins again: a retry replaces the words and the failure', () => {
    const failed = reply(2, [text('half')], { status: 'failed', version: 3, failure: { code: 'provider', text: 'no' } })
    const after = folded(timeline([post(1), failed]), { type: 'message', message: reply(2, [], { version: 4 }) })
    expect(after.messages[1]).toEqual(reply(2, [], { version: 4 }))
    expect(after.version).toBe(4)
  })

  test('with an older version is old news', () => {
    const start = timeline([post(1), reply(2, [text('whole')], { version: 4, status: 'complete' })])
    expect(folded(start, { type: 'message', message: reply(2) })).toBe(start)
  })
})

describe('growth', () => {
  const open = timeline([post(1), reply(2, [text('Hello')])])

  test('[L5] goes on at its offset', () => expect(parts(folded(open, delta(2, 5, ', Ann')), 2)).toEqual([text('Hello, Ann')]))
  test('[L5] behind its offset brings only what is new', () => expect(parts(folded(open, delta(2, 2, 'llo, Ann')), 2)).toEqual([text('Hello, Ann')]))
  test('[L5] wholly behind its offset brings nothing', () => expect(folded(open, delta(2, 1, 'ell'))).toBe(open))
  test('[R5] ahead of its offset is a gap', () => gap(open, delta(2, 6, '!')))
  test('[R5] of a part that is not there is a gap', () => gap(open, delta(2, 0, 'x', 1)))
  test('of a message that this client does not hold is none of its business', () => expect(folded(open, delta(9, 3, 'x'))).toBe(open))

  test('of a tool makes no sense, so the client asks again', () => gap(timeline([post(1), reply(2, [tool('input-available')])]), delta(2, 0, 'x')))

  test('after the end changes nothing', () => {
    const stopped = timeline([post(1), reply(2, [text('Hel')], { status: 'stopped', version: 3 })])
    expect(folded(stopped, delta(2, 3, 'lo'), { type: 'part', id: idOf(2), index: 1, part: text('') })).toBe(stopped)
  })

  test('leaves the version alone', () => expect(folded(open, delta(2, 5, '!')).version).toBe(open.version))
})

describe('a part', () => {
  const open = timeline([post(1), reply(2, [reasoning('hm')])])
  const part = (index: number, shown: Part): RoomEvent => ({ type: 'part', id: idOf(2), index, part: shown })

  test('appears behind the others', () => expect(parts(folded(open, part(1, text(''))), 2)).toEqual([reasoning('hm'), text('')]))
  test('[R5] beyond the next place is a gap', () => gap(open, part(2, text(''))))
  test('of text that has grown already does not shrink', () => expect(folded(open, part(0, reasoning('')))).toBe(open))

  test('of a tool changes its state', () => {
    const after = folded(open, part(1, tool('input-available')), part(1, tool('output-available')))
    expect(parts(after, 2)).toEqual([reasoning('hm'), tool('output-available')])
  })
})

describe('a settled reply', () => {
  const open = timeline([post(1), reply(2, [text('Hello'), tool('output-available')])])

  test('keeps its words and takes its status and version', () => {
    const after = folded(open, settled(2, 3, [5, 0]))
    expect(parts(after, 2)).toEqual(parts(open, 2))
    expect(status(after, 2)).toBe('complete')
    expect(after.version).toBe(3)
  })

  test('names its failure, and a later success forgets it', () => {
    const failure = { code: 'silent', text: 'nothing came' } as const
    const failed = folded(open, { ...settled(2, 3, [5, 0], 'failed'), failure })
    expect(failed.messages[1]?.metadata.failure).toEqual(failure)
    expect(folded(failed, settled(2, 4, [5, 0])).messages[1]?.metadata).not.toHaveProperty('failure')
  })

  test.each([
    ['a part is shorter', [6, 0]],
    ['a part is longer', [4, 0]],
    ['a part is missing', [5, 0, 2]],
    ['there is a part too many', [5]],
  ])('[R5] is a gap when %s', (_, lengths) => gap(open, settled(2, 3, lengths)))

  test('that this client does not hold only moves the version on', () => {
    const after = folded(open, settled(9, 8, [100]))
    expect(after).toEqual({ ...open, version: 8 })
  })

  test('of an earlier try is old news', () => {
    const again = timeline([post(1), reply(2, [], { version: 5 })])
    expect(parts(folded(again, settled(2, 3, [5])), 2)).toEqual([])
    expect(status(folded(again, settled(2, 3, [5])), 2)).toBe('streaming')
  })
})

describe('a cleared room', () => {
  test('is empty, with nothing before it', () => {
    const after = folded(timeline([post(4), post(5)]), { type: 'cleared', version: 6 })
    expect(after).toMatchObject({ messages: [], hasEarlier: false, version: 6 })
  })

  test('was cleared before this snapshot: what was said since stays', () => {
    const start = timeline([post(7, 'new', { version: 8 })])
    expect(folded(start, { type: 'cleared', version: 6 })).toBe(start)
  })
})

describe('people', () => {
  test('come, are renamed and go', () => {
    const came = folded(timeline([]), { type: 'arrived', member: ann, hereCount: 2 })
    expect(came).toMatchObject({ here: [parley, ann], hereCount: 2 })
    const renamed = folded(came, { type: 'arrived', member: { ...ann, name: 'Anna' }, hereCount: 2 })
    expect(renamed).toMatchObject({ here: [parley, { ...ann, name: 'Anna' }], hereCount: 2 })
    expect(folded(renamed, { type: 'left', memberId: ann.id, hereCount: 1 })).toMatchObject({ here: [parley], hereCount: 1 })
  })

  test('who left before this snapshot are not counted out twice', () => {
    const start = timeline([], { here: [parley, bo], hereCount: 2 })
    expect(folded(start, { type: 'left', memberId: ann.id, hereCount: 2 })).toBe(start)
  })

  test('beyond those that are named are counted only', () => {
    const start = timeline([], { here: [parley, bo], hereCount: 120 })
    expect(folded(start, { type: 'left', memberId: ann.id, hereCount: 119 })).toMatchObject({ here: [parley, bo], hereCount: 119 })
  })

  test('who came before this snapshot, and are not named in it, are not counted in twice', () => {
    const start = timeline([], { here: [parley, bo], hereCount: 120 })
    expect(folded(start, { type: 'arrived', member: ann, hereCount: 120 })).toMatchObject({ here: [parley, bo, ann], hereCount: 120 })
  })

  test('who are asked for are named once, under the name that they have now', () => {
    const start = timeline([], { here: [parley, bo], hereCount: 120 })
    expect(withNames(start, [{ ...bo, name: 'Bob' }, ann])).toMatchObject({ here: [parley, { ...bo, name: 'Bob' }, ann], hereCount: 120 })
  })

  test('who type leave no trace', () => {
    const start = timeline([post(1)])
    expect(folded(start, { type: 'typing', member: ann })).toBe(start)
  })
})

const open = timeline([post(1), reply(2, [text('Hello'), tool('input-available')])])

test.each<readonly [string, RoomEvent]>([
  ['message', { type: 'message', message: post(3) }],
  ['retry', { type: 'message', message: reply(2, [], { version: 9 }) }],
  ['part', { type: 'part', id: idOf(2), index: 2, part: text('') }],
  ['tool', { type: 'part', id: idOf(2), index: 1, part: tool('output-available') }],
  ['delta', delta(2, 3, 'lo, Ann')],
  ['settled', settled(2, 3, [5, 0])],
  ['amended', { type: 'amended', id: idOf(1), version: 9, change: { mark: 1 } }],
  ['a record', { type: 'record', kind: 'of no kind', id: 'one', version: 9, value: { text: 'x' } }],
  ['cleared', { type: 'cleared', version: 9 }],
  ['arrived', { type: 'arrived', member: ann, hereCount: 2 }],
  ['left', { type: 'left', memberId: parley.id, hereCount: 0 }],
])('[R5] %s applied twice changes nothing', (_, event) => {
  const once = folded(open, event)
  expect(once).not.toEqual(open)
  expect(folded(once, event)).toEqual(once)
})

describe('[L7] an older page', () => {
  const start = timeline([post(51), post(52)])
  const page = (...numbers: readonly number[]) => ({ messages: numbers.map((seq) => post(seq)), hasEarlier: (numbers[0] ?? 1) > 1 })

  test('goes before what is known', () => {
    const after = prepend(start, page(49, 50))
    expect(seqs(after)).toEqual([49, 50, 51, 52])
    expect(after.hasEarlier).toBe(true)
    expect(after.messages[3]).toBe(start.messages[1])
  })

  test('that is the first ends the room', () => expect(prepend(timeline([post(2)]), page(1)).hasEarlier).toBe(false))
  test('that would leave a hole is dropped', () => expect(prepend(start, page(48, 49))).toBe(start))
  test('that overlaps is dropped', () => expect(prepend(start, page(50, 51))).toBe(start))
  test('of a room that was cleared meanwhile is dropped', () => expect(prepend(timeline([]), page(50))).toEqual(timeline([])))
  test('with nothing on it says that this is the beginning', () =>
    expect(prepend(start, { messages: [], hasEarlier: false })).toEqual({ ...start, hasEarlier: false }))
})

describe('[L6] catching up', () => {
  const rows = (messages: readonly Message[], version: number): CatchUp => ({
    kind: 'rows',
    version,
    messages,
    records: [],
    here: [parley, bo],
    hereCount: 2,
    now: 0,
  })
  const anew = (messages: readonly Message[], rest?: Partial<Snapshot>): CatchUp => ({ kind: 'snapshot', snapshot: snapshot(messages, rest) })

  test('by rows adds what is new, replaces what changed and keeps the rest', () => {
    const start = timeline([post(1), reply(2, [text('Hel')]), post(3)])
    const after = foldCatchUp(start, rows([reply(2, [text('Hello')], { version: 5, status: 'complete' }), post(4)], 5))
    expect(seqs(after)).toEqual([1, 2, 3, 4])
    expect(parts(after, 2)).toEqual([text('Hello')])
    expect(after).toMatchObject({ version: 5, here: [parley, bo], hereCount: 2 })
    expect(after.messages[0]).toBe(start.messages[0])
  })

  test('by rows brings an open reply to where it is, though growth has no version', () => {
    const after = foldCatchUp(timeline([post(1), reply(2, [text('Hel')])]), rows([reply(2, [text('Hello')])], 2))
    expect(parts(after, 2)).toEqual([text('Hello')])
  })

  test('[L5] by rows takes back no word of a reply that this client holds more of', () => {
    const start = timeline([post(1), reply(2, [text('Hello')])])
    expect(parts(foldCatchUp(start, rows([reply(2)], 2)), 2)).toEqual([text('Hello')])
    expect(parts(foldCatchUp(start, rows([reply(2, [text('Hel')], { version: 3 })], 3)), 2)).toEqual([text('Hel')])
  })

  test('by rows leaves pages unread that this client never asked for', () => {
    expect(seqs(foldCatchUp(timeline([post(51)]), rows([post(20, 'changed', { version: 60 }), post(52)], 60)))).toEqual([51, 52])
  })

  test('by rows never takes a newer message back', () => {
    const start = timeline([post(1), reply(2, [], { version: 7 })])
    expect(status(foldCatchUp(start, rows([reply(2, [text('old')], { version: 3, status: 'failed' })], 6)), 2)).toBe('streaming')
    expect(foldCatchUp(start, rows([], 6)).version).toBe(7)
  })

  test('by a snapshot that joins on keeps the earlier pages of the reader', () => {
    const start = timeline([post(9), post(10), post(11)], { hasEarlier: true })
    const after = foldCatchUp(start, anew([post(11), post(12)]))
    expect(seqs(after)).toEqual([9, 10, 11, 12])
    expect(after.hasEarlier).toBe(true)
    expect(seqs(foldCatchUp(start, anew([post(12), post(13)])))).toEqual([9, 10, 11, 12, 13])
  })

  test('by a snapshot that does not join on starts again', () => {
    const after = foldCatchUp(timeline([post(1), post(2)]), anew([post(4), post(5)]))
    expect(seqs(after)).toEqual([4, 5])
    expect(after.hasEarlier).toBe(true)
  })

  test('by a snapshot keeps no earlier reply that may have changed unseen', () => {
    const start = timeline([post(1), reply(2, [text('half')]), post(3), post(4)])
    const after = foldCatchUp(start, anew([post(5), post(6)]))
    expect(seqs(after)).toEqual([3, 4, 5, 6])
    expect(after.hasEarlier).toBe(true)
  })

  test('after a clear keeps nothing', () => {
    const start = timeline([post(1), post(2)])
    expect(seqs(foldCatchUp(start, anew([], { version: 9 })))).toEqual([])
    expect(seqs(foldCatchUp(start, anew([post(3)], { hasEarlier: false })))).toEqual([3])
  })
})

describe('[L13] records and amendments', () => {
  const record = (id: string, version: number, value: unknown = id) => ({ kind: 'notice', id, version, value })
  const amended = (seq: number, version: number, change: Record<string, unknown>): RoomEvent => ({ type: 'amended', id: idOf(seq), version, change })
  const amendedOf = ({ messages }: Timeline, seq: number) => messages.find(({ metadata }) => metadata.seq === seq)?.metadata.amended
  const rows = (messages: readonly Message[], version: number, records: readonly ReturnType<typeof record>[] = []): CatchUp => ({
    kind: 'rows',
    version,
    messages,
    records,
    here: [],
    hereCount: 0,
    now: 0,
  })

  test('take the timeline on in the room’s clock, also when the message is not held', () => {
    expect(folded(timeline([post(5)]), amended(1, 9, { mark: 1 })).version).toBe(9)
    expect(folded(timeline([post(5)]), { type: 'record', ...record('one', 9) }).version).toBe(9)
    expect(folded(timeline([post(5)]), { type: 'record', ...record('one', 9, null) })).toMatchObject({ version: 9, records: [] })
  })

  test('a reply that is amended grows on, and settles with what was amended', () => {
    const start = timeline([post(1), reply(2, [text('Hello')])])
    const after = folded(start, amended(2, 3, { place: 1 }), delta(2, 5, ', Ann'), settled(2, 4, [10]))
    expect(after.messages[1]).toMatchObject({
      parts: [text('Hello, Ann')],
      metadata: { status: 'complete', version: 4, amended: { version: 3, values: { place: 1 } } },
    })
  })

  test('a retry keeps the newer amendment, whichever of the two that is', () => {
    const start = folded(timeline([post(1), reply(2, [], { status: 'failed' })]), amended(2, 5, { mark: 'new' }))
    const retried = (version: number) =>
      folded(start, { type: 'message', message: reply(2, [], { version: 6, amended: { version, values: { mark: version } } }) })
    expect(amendedOf(retried(4), 2)).toEqual({ version: 5, values: { mark: 'new' } })
    expect(amendedOf(retried(6), 2)).toEqual({ version: 6, values: { mark: 6 } })
  })

  test('a catch-up amends what did not change otherwise, and loses no word of an open reply', () => {
    const start = timeline([post(1), reply(2, [text('Hello, Ann')])])
    const after = foldCatchUp(
      start,
      rows([post(1, 'said 1', { amended: { version: 8, values: { a: 1 } } }), reply(2, [text('Hello')], { amended: { version: 9, values: { b: 2 } } })], 9),
    )
    expect(amendedOf(after, 1)).toEqual({ version: 8, values: { a: 1 } })
    expect(amendedOf(after, 2)).toEqual({ version: 9, values: { b: 2 } })
    expect(parts(after, 2)).toEqual([text('Hello, Ann')])
  })

  test('a catch-up with an older amendment than is known takes nothing back', () => {
    const start = folded(timeline([post(1)]), amended(1, 9, { mark: 'new' }))
    expect(amendedOf(foldCatchUp(start, rows([post(1, 'again', { version: 8, amended: { version: 7, values: { mark: 'old' } } })], 9)), 1)?.values).toEqual({
      mark: 'new',
    })
  })

  test('a catch-up brings records and takes deleted ones; a snapshot is all there are', () => {
    const start = timeline([post(1)], { records: [record('a', 1), record('b', 1)] })
    expect(foldCatchUp(start, rows([], 9, [record('a', 8, null), record('c', 9)])).records).toEqual([record('b', 1), record('c', 9)])
    expect(foldCatchUp(start, { kind: 'snapshot', snapshot: snapshot([post(1)], { records: [record('c', 9)] }) }).records).toEqual([record('c', 9)])
  })

  test('earlier pages are kept through a snapshot only when none of them was amended since', () => {
    const start = timeline([post(9), post(10), post(11)], { version: 20 })
    const anew = (amendedBefore: number): CatchUp => ({ kind: 'snapshot', snapshot: snapshot([post(11), post(12)], { version: 80, amendedBefore }) })
    expect(seqs(foldCatchUp(start, anew(20)))).toEqual([9, 10, 11, 12])
    expect(seqs(foldCatchUp(start, anew(21)))).toEqual([11, 12])
  })

  test('an event of a newer release is passed over', () => {
    const start = timeline([post(1)])
    expect(folded(start, { type: 'of a newer release', version: 9 } as unknown as RoomEvent)).toBe(start)
  })
})
