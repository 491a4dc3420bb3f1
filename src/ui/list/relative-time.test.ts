import { describe, expect, test } from 'vitest'
import { neutralTime, ReaderTimes } from './relative-time'

const now = new Date(2026, 10, 22, 14, 5).getTime()
const MINUTE = 60_000
const british = new ReaderTimes('en-GB')

describe('[R109] a time is said in the reader’s language', () => {
  test.each([
    ['en-GB', 'just now', '5 min ago', 'yesterday 23:59', '1 Mar 08:00', '22 Nov 2025 08:00'],
    ['en-US', 'just now', '5 min. ago', 'yesterday 11:59 PM', 'Mar 1 08:00 AM', 'Nov 22, 2025 08:00 AM'],
    ['de', 'jetzt', 'vor 5 Min.', 'gestern 23:59', '1. März 08:00', '22. Nov. 2025 08:00'],
    ['ja', '今', '5 分前', '昨日 23:59', '3月1日 08:00', '2025年11月22日 08:00'],
    ['ar-EG', 'الآن', 'قبل ٥ دقائق', 'أمس ١١:٥٩ م', '١ مارس ٠٨:٠٠ ص', '٢٢ نوفمبر ٢٠٢٥ ٠٨:٠٠ ص'],
  ])('%s', (language, moment, minutes, yesterday, day, year) => {
    const times = new ReaderTimes(language)
    const said = (at: number) => times.relative(at, now).replaceAll(/[\u202f\u00a0]/g, ' ')
    expect([
      said(now - 59_000),
      said(now - 5 * MINUTE),
      said(new Date(2026, 10, 21, 23, 59).getTime()),
      said(new Date(2026, 2, 1, 8, 0).getTime()),
      said(new Date(2025, 10, 22, 8, 0).getTime()),
    ]).toEqual([moment, minutes, yesterday, day, year])
  })
})

test('what was said a moment ahead of the clock was said just now', () => {
  expect(british.relative(now + 90_000, now)).toBe('just now')
})

test('today it is the time alone', () => {
  expect(british.relative(new Date(2026, 10, 22, 9, 30).getTime(), now)).toBe('09:30')
})

test('before the reader is known the time is the same for everybody', () => {
  expect(neutralTime(Date.UTC(2026, 10, 22, 14, 5, 59))).toBe('2026-11-22 14:05Z')
})
