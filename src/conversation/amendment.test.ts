import { describe, expect, test } from 'vitest'
import { amend, amendedVersion, lastChange, withNewerAmendments, type Amended } from './amendment'
import type { MemberId, MessageId } from './ids'
import type { Message } from './message'

function message(version: number, amended?: Amended): Message {
  const author = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' } as const
  const metadata = { seq: 1, version, author, status: 'complete', createdAt: 0, ...(amended ? { amended } : {}) } as const
  return { id: 'message-1' as MessageId, role: 'user', parts: [{ type: 'text', text: `said at ${version}` }], metadata }
}

const amended = (version: number, values: Amended['values'] = { mark: version }): Amended => ({ version, values })

describe('[L13] an amendment', () => {
  test('changes what it names, takes away what is null, and leaves what was said', () => {
    const before = message(3, amended(5, { mark: 'a', place: 1 }))
    const after = amend(before, 6, { place: null, cost: [1, 2] })
    expect(after.metadata.amended).toEqual(amended(6, { mark: 'a', cost: [1, 2] }))
    expect(after.parts).toBe(before.parts)
    expect(after.metadata.version).toBe(3)
  })

  test.each([5, 4, 0])('of version %i after one of 5 changes nothing', (version) => {
    const before = message(3, amended(5))
    expect(amend(before, version, { mark: 'late' })).toBe(before)
  })

  test('of two states the newer is kept, whatever was said last', () => {
    expect(withNewerAmendments(message(9), message(3, amended(5)))).toEqual(message(9, amended(5)))
    expect(withNewerAmendments(message(3, amended(4)), message(9, amended(5)))).toEqual(message(3, amended(5)))
    const newest = message(3, amended(5))
    expect(withNewerAmendments(newest, message(9, amended(4)))).toBe(newest)
    expect(withNewerAmendments(newest, message(9))).toBe(newest)
  })

  test('is a change of its message', () => {
    expect([message(3), message(3, amended(5)), message(7, amended(5))].map(({ metadata }) => [amendedVersion(metadata), lastChange(metadata)])).toEqual([
      [0, 3],
      [5, 5],
      [5, 7],
    ])
  })
})
