import { expect, test } from 'vitest'
import { elapsedInWords, waitInWords } from './wait'

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
