import { describe, expect, test } from 'vitest'
import { lengthOfRecords, recordsOf, replaceRecords, withRecords, type RoomRecord } from './record'

const record = (id: string, version: number, value: unknown = { name: id }, kind = 'room'): RoomRecord => ({ kind, id, version, value })
const known = [record('a', 1), record('b', 2), record('c', 3, 1, 'not-of-this-release')]

describe('[L13] of records', () => {
  test.each<readonly [string, readonly RoomRecord[], readonly RoomRecord[]]>([
    ['a new one is there', [record('d', 4)], [...known, record('d', 4)]],
    ['a newer one takes its place', [record('a', 4, 'x')], [record('a', 4, 'x'), ...known.slice(1)]],
    ['a deleted one is gone', [record('b', 4, null)], known.filter(({ id }) => id !== 'b')],
    ['a deleted one that comes back is there', [record('b', 4, null), record('b', 5)], [...known.filter(({ id }) => id !== 'b'), record('b', 5)]],
    ['one of no kind that is known is kept', [record('c', 4, 2, 'not-of-this-release')], [...known.slice(0, 2), record('c', 4, 2, 'not-of-this-release')]],
    ['one of the same id and another kind is another', [record('a', 4, 1, 'agent')], [...known, record('a', 4, 1, 'agent')]],
  ])('%s', (_, changed, expected) => {
    const after = withRecords(known, changed)
    expect(after).toHaveLength(expected.length)
    expect(new Set(after)).toEqual(new Set(expected))
  })

  test.each<readonly [string, readonly RoomRecord[]]>([
    ['nothing', []],
    ['what is known', [record('a', 1)]],
    ['what is older', [record('b', 1, 'old')]],
    ['an older deletion', [record('b', 1, null)]],
    ['the deletion of what is not there', [record('z', 9, null)]],
  ])('%s changes nothing, not even the list', (_, changed) => expect(withRecords(known, changed)).toBe(known))

  test('all anew are what they were where they did not change', () => {
    expect(replaceRecords(known, structuredClone(known))).toBe(known)
    const after = replaceRecords(known, [record('a', 1), record('b', 9)])
    expect(after).toEqual([record('a', 1), record('b', 9)])
    expect(after[0]).toBe(known[0])
    expect(replaceRecords(known, [])).toEqual([])
  })

  test('those of a kind come by id, as the same list for the same records', () => {
    const records = [record('b', 1), record('a', 2), record('x', 3, 1, 'agent'), record('gone', 4, null)]
    expect(recordsOf(records, 'room').map(({ id }) => id)).toEqual(['a', 'b'])
    expect(recordsOf(records, 'room')).toBe(recordsOf(records, 'room'))
    expect(recordsOf([], 'agent')).toEqual([])
  })

  test('who reads them pays for their length', () => {
    expect(lengthOfRecords([])).toBe(0)
    expect(lengthOfRecords([record('a', 1, 'x'.repeat(1_000))])).toBeGreaterThan(1_000)
  })
})
