import { expect, test } from 'vitest'
import { elapsedInWords, waitInWords, waitLeft } from './wait'

test('a wait is rounded up, so that nobody asks too soon', () => {
  expect(waitInWords(10)).toBe('1 second')
  expect(waitInWords(3_200)).toBe('4 seconds')
  expect(waitInWords(91_000)).toBe('2 minutes')
  expect(waitInWords(3 * 3_600_000)).toBe('3 hours')
})

test('[R91] what has been waited is rounded down, and has one unit', () => {
  expect(elapsedInWords(45_999)).toBe('45 s')
  expect(elapsedInWords(119_000)).toBe('119 s')
  expect(elapsedInWords(185_000)).toBe('3 min')
})

test.each([
  ['as it begins', 5_000, 1_000, 1_000, 5_000],
  ['in its middle', 5_000, 1_000, 4_000, 2_000],
  ['at its end', 5_000, 1_000, 6_000, 0],
  ['long after', 5_000, 1_000, 60_000, 0],
  ['by seconds that began just before it', 5_000, 1_900, 1_000, 5_000],
  ['by a clock that was put back since', 5_000, 100_000, 1_000, 0],
  ['of which nothing is known', undefined, 1_000, 1_000, 0],
  ['whose beginning is not known', 5_000, undefined, 1_000, 0],
])('[R94] what is left of a wait %s', (_when, wait, began, now, left) => {
  expect(waitLeft(wait, began, now)).toBe(left)
})
