import { describe, expect, test } from 'vitest'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { RowKey } from '../../conversation/room-client'
import { isGone, parseTarget, type ReplyTarget } from './reply-target'

const target: ReplyTarget = { id: 'message-5' as MessageId, seq: 5, author: { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }, words: 'Hello' }
const rows = (from: number, to: number, name = 'message'): readonly RowKey[] =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ id: `${name}-${from + at}` as MessageId, seq: from + at, status: 'complete' as const }))

describe('[R171] a message chosen to reply to', () => {
  test.each([
    ['is there', rows(1, 9), false, false],
    ['is the last that was loaded', rows(5, 9), true, false],
    ['was not loaded yet', rows(6, 9), true, false],
    ['is newer than what this device knows', rows(1, 4), false, false],
    ['was cleared away', [], false, true],
    ['was cleared away before what was said since', rows(6, 9), false, true],
    ['has another in its place', rows(1, 9, 'other'), false, true],
  ])('%s', (_what, shown, hasEarlier, gone) => {
    expect(isGone(target, { connection: 'connected', rows: shown, hasEarlier })).toBe(gone)
    // What a device kept of a room may be of yesterday.
    expect(isGone(target, { connection: 'connecting', rows: shown, hasEarlier })).toBe(false)
  })

  test('is read again as it was kept, and anything else is nothing', () => {
    expect(parseTarget(JSON.stringify(target))).toEqual(target)
    const broken = [null, '', '{', '[]', 'null', '"message-5"', '{"id":"message-5"}', JSON.stringify({ ...target, seq: '5' })]
    const noMembers = [null, 'Ann', {}, { ...target.author, kind: 'room' }].map((author) => JSON.stringify({ ...target, author }))
    expect([...broken, ...noMembers].map(parseTarget).every((found) => found === null)).toBe(true)
  })
})
