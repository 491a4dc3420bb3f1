import { expect, test } from 'vitest'
import { readWhen } from './when'

/** A Thursday, 12:30 in Zurich. */
const NOW = Date.parse('2026-11-26T11:30:00Z')

const AGAIN: readonly (readonly [words: string, cron: string])[] = [
  ['every day at 9', '0 9 * * *'],
  ['Every weekday at 9', '0 9 * * 1-5'],
  ['every weekday at 9:30 am.', '30 9 * * 1-5'],
  ['daily at 17:00', '0 17 * * *'],
  ['each day at noon', '0 12 * * *'],
  ['every day at midnight', '0 0 * * *'],
  ['every morning', '0 9 * * *'],
  ['every day', '0 9 * * *'],
  ['every monday at 8pm', '0 20 * * 1'],
  ['every mon, wed and fri at 12 am', '0 0 * * 1,3,5'],
  ['every tuesday and thursday at 9.15', '15 9 * * 2,4'],
  ['on mondays at 10', '0 10 * * 1'],
  ['saturdays and sundays at 10', '0 10 * * 6,0'],
  ['every weekend at 11', '0 11 * * 0,6'],
  ['weekdays at 7', '0 7 * * 1-5'],
  ['every hour', '0 */1 * * *'],
  ['hourly', '0 */1 * * *'],
  ['every 2 hours', '0 */2 * * *'],
  ['every 30 minutes', '*/30 * * * *'],
  ['every month on the 15th at 8', '0 8 15 * *'],
  ['monthly on the 1st at 6', '0 6 1 * *'],
  ['every 31st at 9', '0 9 31 * *'],
  ['every 1st of the month at 9', '0 9 1 * *'],
  ['every year on 24 december at 18:00', '0 18 24 12 *'],
  ['0 9 * * 1-5', '0 9 * * 1-5'],
  ['*/20 8-18 * * mon-fri', '*/20 8-18 * * mon-fri'],
]
test.each(AGAIN)('[R245] “%s” comes again and again', (words, cron) => {
  expect(readWhen(words, NOW, 'Europe/Zurich')).toMatchObject({ ok: true, cron, timing: { type: 'again' } })
})

const ONCE: readonly (readonly [words: string, at: string])[] = [
  ['in 45 minutes', '2026-11-26T12:15:00.000Z'],
  ['in an hour', '2026-11-26T12:30:00.000Z'],
  ['in half an hour', '2026-11-26T12:00:00.000Z'],
  ['in 3 days', '2026-11-29T11:30:00.000Z'],
  ['in 30 seconds', '2026-11-26T11:30:30.000Z'],
  ['tomorrow at 9', '2026-11-27T08:00:00.000Z'],
  ['tomorrow', '2026-11-27T08:00:00.000Z'],
  ['today at 18:00', '2026-11-26T17:00:00.000Z'],
  ['at 14:00', '2026-11-26T13:00:00.000Z'],
  ['at 9', '2026-11-27T08:00:00.000Z'],
  ['on friday at 9', '2026-11-27T08:00:00.000Z'],
  ['next thursday at 9', '2026-12-03T08:00:00.000Z'],
  ['thursday at 13:00', '2026-11-26T12:00:00.000Z'],
  ['on 3 December at 10', '2026-12-03T09:00:00.000Z'],
  ['on december 3rd, 2027 at 10', '2027-12-03T09:00:00.000Z'],
  ['on 1 march at 9', '2027-03-01T08:00:00.000Z'],
  ['2026-12-24 18:00', '2026-12-24T17:00:00.000Z'],
  ['2026-12-24T18:00:05Z', '2026-12-24T18:00:05.000Z'],
  ['2026-12-24T18:00:05.123Z', '2026-12-24T18:00:05.000Z'],
  ['2026-12-24 18:00+05:30', '2026-12-24T12:30:00.000Z'],
  ['2026-12-24', '2026-12-24T08:00:00.000Z'],
  ['2027-03-28 02:30', '2027-03-28T01:00:00.000Z'],
  ['2027-10-31 02:30', '2027-10-31T00:30:00.000Z'],
]
test.each(ONCE)('[R245] “%s” comes once', (words, at) => {
  const read = readWhen(words, NOW, 'Europe/Zurich')
  expect(read.ok && read.timing.type === 'once' && new Date(read.timing.at).toISOString()).toBe(at)
})

test.each([
  '',
  'soon',
  'every now and then',
  'every 7 minutes',
  'every 90 minutes',
  'every day at 25',
  'every day at 9:75',
  'every day at 13pm',
  'every blue moon at 9',
  'on the 31st of february at 9',
  '0 0 31 2 *',
  '60 * * * *',
  'yesterday at 9',
  'today at 9',
  '2026-11-26 12:00',
  '2026-02-30 12:00',
  '2020-01-01 00:00',
  '9999-12-31 23:59',
  'in 99999 weeks',
  'in -5 minutes',
  'on 3 december 2399 at 9',
  `every ${'monday and '.repeat(40)}monday`,
  '* * * * * *',
])('[R245] “%s” is refused in words', (words) => {
  expect(readWhen(words, NOW, 'Europe/Zurich')).toMatchObject({ ok: false, fault: expect.stringMatching(/^[A-Z“].+\.$/) })
})

test.each([
  ['every 31st at 25:00', '“25:00” is no time of a day'],
  ['every day at 25', '“25” is no time of a day'],
  ['every day at 9:75', '“9:75” is no time'],
  ['every day at 13pm', '“13pm” is no time'],
  ['tomorrow at 24:00', '“24:00” is no time'],
  ['25:00', '“25:00” is no time'],
  ['in 2 days at 25:00', '“25:00” is no time'],
  ['2026-12-24 25:00', '“25:00” is no time'],
  ['every 7 minutes', 'divides 60 minutes'],
  ['every 5 hours', 'divides 24 hours'],
  ['every 10 seconds', 'more often than every minute'],
  ['every 32nd at 9', 'No month has a day 32'],
  ['every month on the 42nd', 'No month has a day 42'],
  ['on 31 february at 9', 'That never comes'],
  ['on february 30th at 9', 'That never comes'],
  ['every year on 31 june at 9', 'That never comes'],
  ['every 31st of february at 9', 'That never comes'],
  ['2026-02-30 12:00', 'That never comes'],
  ['0 0 31 2 *', 'That never comes'],
  ['in -5 minutes', 'has passed'],
  ['yesterday at 9', 'has passed'],
  ['tomorrow at 14:30 Europe/Berlin', 'the time of Europe/Zurich. Say it by them, without “europe/berlin”'],
  ['every day at 9 UTC', 'without “utc”'],
  ['every day at 9 am PST', 'without “pst”'],
  ['tomorrow at 14:30 (Berlin time)', 'without “berlin time”'],
  ['tomorrow at 14:30Z', 'without “z”'],
  ['tomorrow at 14:30+02:00', 'without “+02:00”'],
  ['tomorrow at 14:30 GMT+2', 'without “gmt+2”'],
  ['every other day', 'was not understood'],
  ['every second day at 9', 'was not understood'],
])('[R245] what is wrong with “%s” is said: %s', (words, fault) => {
  expect(readWhen(words, NOW, 'Europe/Zurich')).toEqual({ ok: false, fault: expect.stringContaining(fault) })
})

test.each([
  ['every day at 9 Europe/Zurich', 'Europe/Zurich'],
  ['every day at 9 local time', 'Europe/Zurich'],
  ['every day at 9 UTC', 'UTC'],
  ['every day at 9 (GMT)', 'UTC'],
])('[R245] the zone of the room may be named: “%s”', (words, zone) => {
  expect(readWhen(words, NOW, zone)).toMatchObject({ ok: true, cron: '0 9 * * *' })
})

test('[R245] no text takes long to be read', () => {
  const began = performance.now()
  for (const words of ['every '.repeat(20), 'at 9 at '.repeat(15), ', and '.repeat(20), 'mondays, '.repeat(12), '9'.repeat(120), 'on '.repeat(40)])
    readWhen(words, NOW, 'UTC')
  expect(performance.now() - began).toBeLessThan(500)
})
