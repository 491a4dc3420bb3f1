import { expect, test } from 'vitest'
import { neutralTime, relativeTime } from './relative-time'

const now = new Date(2026, 10, 22, 14, 5).getTime()
const said = (at: Date) => relativeTime(at.getTime(), now, 'en-GB')

test('a moment ago is just now, also when the clocks disagree', () => {
  expect(relativeTime(now - 59_000, now)).toBe('just now')
  expect(relativeTime(now + 90_000, now)).toBe('just now')
})

test('within the hour it is minutes', () => {
  expect(relativeTime(now - 5 * 60_000, now)).toBe('5 min ago')
})

test('earlier it is the time, with as much of the date as is needed', () => {
  expect(said(new Date(2026, 10, 22, 9, 30))).toBe('09:30')
  expect(said(new Date(2026, 10, 21, 23, 59))).toBe('yesterday 23:59')
  expect(said(new Date(2026, 2, 1, 8, 0))).toBe('1 Mar 08:00')
  expect(said(new Date(2025, 10, 22, 8, 0))).toBe('22 Nov 2025 08:00')
})

test('before the reader is known the time is the same for everybody', () => {
  expect(neutralTime(Date.UTC(2026, 10, 22, 14, 5, 59))).toBe('2026-11-22 14:05Z')
})
