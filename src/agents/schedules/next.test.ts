import { describe, expect, test } from 'vitest'
import { parseCron } from './cron'
import { next } from './next'
import { isZone, wallAt } from './wall-clock'

function nextOf(cron: string, after: string | number, zone: string): number | null {
  const parsed = parseCron(cron)
  if (!parsed) throw new Error(`no cron: ${cron}`)
  return next({ type: 'again', cron: parsed }, typeof after === 'number' ? after : Date.parse(after), zone)
}
const told = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString().slice(0, 16))

type Case = readonly [zone: string, cron: string, after: string, comes: string | null]

const PLAIN: readonly Case[] = [
  ['UTC', '0 9 * * *', '2026-11-26T08:59:59Z', '2026-11-26T09:00'],
  ['UTC', '0 9 * * *', '2026-11-26T09:00:00Z', '2026-11-27T09:00'],
  ['UTC', '0 9 * * 1-5', '2026-11-27T09:00:00Z', '2026-11-30T09:00'],
  ['UTC', '*/15 * * * *', '2026-11-26T23:50:00Z', '2026-11-27T00:00'],
  ['UTC', '0 0 1 1 *', '2026-11-26T00:00:00Z', '2027-01-01T00:00'],
  ['UTC', '0 0 29 2 *', '2026-11-26T00:00:00Z', '2028-02-29T00:00'],
  ['UTC', '0 0 29 2 *', '2096-03-01T00:00:00Z', '2104-02-29T00:00'],
  ['UTC', '0 0 31 2 *', '2026-11-26T00:00:00Z', null],
  ['UTC', '0 0 31 4,6,9,11 *', '2026-11-26T00:00:00Z', null],
  ['UTC', '0 12 13 * 5', '2026-11-26T00:00:00Z', '2026-11-27T12:00'],
  ['UTC', '0 12 13 * 5', '2026-12-11T12:00:00Z', '2026-12-13T12:00'],
  ['UTC', '0 0 * * 7', '2026-11-26T00:00:00Z', '2026-11-29T00:00'],
  ['UTC', '0 0 * * fri-sun', '2026-11-28T00:00:00Z', '2026-11-29T00:00'],
  ['UTC', '30 23 31 12 *', '2026-12-31T23:30:00Z', '2027-12-31T23:30'],
  ['Asia/Kathmandu', '0 9 * * *', '2026-11-26T00:00:00Z', '2026-11-26T03:15'],
  ['Asia/Kolkata', '0 0 * * *', '2026-11-26T00:00:00Z', '2026-11-26T18:30'],
  ['Pacific/Kiritimati', '0 9 * * *', '2026-11-26T00:00:00Z', '2026-11-26T19:00'],
  ['Pacific/Pago_Pago', '0 9 * * 1', '2026-11-26T00:00:00Z', '2026-11-30T20:00'],
  ['Asia/Tokyo', '59 23 * * *', '2026-11-26T14:59:00Z', '2026-11-27T14:59'],
  ['America/Sao_Paulo', '0 0 * * *', '2026-11-26T00:00:00Z', '2026-11-26T03:00'],
]

/** Clocks are put forward: what they skip comes at the first that they show after it. */
const FORWARD: readonly Case[] = [
  ['Europe/Zurich', '0 9 * * *', '2026-03-28T08:00:00Z', '2026-03-29T07:00'],
  ['Europe/Zurich', '30 2 * * *', '2026-03-28T01:30:00Z', '2026-03-29T01:00'],
  ['Europe/Zurich', '30 2 * * *', '2026-03-29T01:00:00Z', '2026-03-30T00:30'],
  ['Europe/Zurich', '0 2 * * *', '2026-03-29T00:59:00Z', '2026-03-29T01:00'],
  ['Europe/Zurich', '59 1 * * *', '2026-03-29T00:00:00Z', '2026-03-29T00:59'],
  ['Europe/Zurich', '*/10 2 * * *', '2026-03-29T00:00:00Z', '2026-03-29T01:00'],
  ['Europe/Zurich', '*/10 2 * * *', '2026-03-29T01:00:00Z', '2026-03-30T00:00'],
  ['Europe/Zurich', '0 * * * *', '2026-03-29T00:00:00Z', '2026-03-29T01:00'],
  ['Europe/Zurich', '0 * * * *', '2026-03-29T01:00:00Z', '2026-03-29T02:00'],
  ['Europe/Zurich', '30 * * * *', '2026-03-29T00:30:00Z', '2026-03-29T01:00'],
  ['Europe/Zurich', '30 * * * *', '2026-03-29T01:00:00Z', '2026-03-29T01:30'],
  ['Europe/Zurich', '30 2 29 3 *', '2026-01-01T00:00:00Z', '2026-03-29T01:00'],
  ['Europe/London', '30 1 * * *', '2026-03-28T12:00:00Z', '2026-03-29T01:00'],
  ['America/New_York', '30 2 * * *', '2026-03-07T12:00:00Z', '2026-03-08T07:00'],
  ['America/New_York', '0 3 * * *', '2026-03-08T06:59:00Z', '2026-03-08T07:00'],
  ['America/New_York', '0 9 * * 1-5', '2026-03-06T14:00:00Z', '2026-03-09T13:00'],
  ['America/St_Johns', '15 2 * * *', '2026-03-08T05:00:00Z', '2026-03-08T05:30'],
  ['America/Havana', '0 0 * * *', '2026-03-07T12:00:00Z', '2026-03-08T05:00'],
  ['America/Havana', '30 0 8 3 *', '2026-03-07T12:00:00Z', '2026-03-08T05:00'],
  ['America/Santiago', '0 0 * * *', '2026-09-05T12:00:00Z', '2026-09-06T04:00'],
  ['Africa/Cairo', '0 0 * * *', '2026-04-23T12:00:00Z', '2026-04-23T22:00'],
  ['Asia/Beirut', '30 0 * * *', '2026-03-28T12:00:00Z', '2026-03-28T22:00'],
  ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T12:00:00Z', '2026-10-03T15:30'],
  ['Australia/Lord_Howe', '30 2 * * *', '2026-10-03T12:00:00Z', '2026-10-03T15:30'],
  ['Australia/Lord_Howe', '45 2 * * *', '2026-10-03T12:00:00Z', '2026-10-03T15:45'],
  ['Pacific/Chatham', '0 3 * * *', '2026-09-26T12:00:00Z', '2026-09-26T14:00'],
  ['Antarctica/Troll', '0 1 * * *', '2026-03-28T12:00:00Z', '2026-03-29T01:00'],
  ['Antarctica/Troll', '0 2 * * *', '2026-03-29T01:00:00Z', '2026-03-30T00:00'],
  ['Europe/Dublin', '30 1 * * *', '2026-03-28T12:00:00Z', '2026-03-29T01:00'],
]

/** Clocks are put back: what they show twice comes once, the first time. */
const BACK: readonly Case[] = [
  ['Europe/Zurich', '0 9 * * *', '2026-10-24T07:00:00Z', '2026-10-25T08:00'],
  ['Europe/Zurich', '30 2 * * *', '2026-10-24T12:00:00Z', '2026-10-25T00:30'],
  ['Europe/Zurich', '30 2 * * *', '2026-10-25T00:30:00Z', '2026-10-26T01:30'],
  ['Europe/Zurich', '30 2 * * *', '2026-10-25T00:45:00Z', '2026-10-26T01:30'],
  ['Europe/Zurich', '30 2 * * *', '2026-10-25T01:15:00Z', '2026-10-26T01:30'],
  ['Europe/Zurich', '0 3 * * *', '2026-10-25T00:59:00Z', '2026-10-25T02:00'],
  ['Europe/Zurich', '*/20 2 * * *', '2026-10-25T00:40:00Z', '2026-10-26T01:00'],
  ['Europe/Zurich', '0 * * * *', '2026-10-25T00:00:00Z', '2026-10-25T02:00'],
  ['Europe/London', '30 1 * * *', '2026-10-24T12:00:00Z', '2026-10-25T00:30'],
  ['America/New_York', '30 1 * * *', '2026-11-01T04:00:00Z', '2026-11-01T05:30'],
  ['America/New_York', '30 1 * * *', '2026-11-01T05:30:00Z', '2026-11-02T06:30'],
  ['America/New_York', '0 2 * * *', '2026-11-01T05:59:00Z', '2026-11-01T07:00'],
  ['America/St_Johns', '30 1 * * *', '2026-10-31T12:00:00Z', '2026-11-01T04:00'],
  ['America/Havana', '30 0 * * *', '2026-10-31T12:00:00Z', '2026-11-01T04:30'],
  ['America/Havana', '30 0 * * *', '2026-11-01T04:30:00Z', '2026-11-02T05:30'],
  ['America/Santiago', '30 23 * * *', '2026-04-04T12:00:00Z', '2026-04-05T02:30'],
  ['America/Santiago', '30 23 * * *', '2026-04-05T02:30:00Z', '2026-04-06T03:30'],
  ['Africa/Cairo', '30 23 * * *', '2026-10-29T12:00:00Z', '2026-10-29T20:30'],
  ['Asia/Beirut', '30 23 24 10 *', '2026-10-24T12:00:00Z', '2026-10-24T20:30'],
  ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04T12:00:00Z', '2026-04-04T14:45'],
  ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04T14:45:00Z', '2026-04-05T15:15'],
  ['Pacific/Chatham', '0 3 * * *', '2026-04-04T12:00:00Z', '2026-04-04T13:15'],
  ['Antarctica/Troll', '30 1 * * *', '2026-10-24T12:00:00Z', '2026-10-24T23:30'],
]

describe('[R246] a schedule comes next', () => {
  test.each(PLAIN)('in %s, `%s` after %s: %s', (zone, cron, after, comes) => expect(told(nextOf(cron, after, zone))).toBe(comes))
  test.each(FORWARD)('where clocks are put forward in %s, `%s` after %s: %s', (zone, cron, after, comes) => expect(told(nextOf(cron, after, zone))).toBe(comes))
  test.each(BACK)('where clocks are put back in %s, `%s` after %s: %s', (zone, cron, after, comes) => expect(told(nextOf(cron, after, zone))).toBe(comes))

  test('once, or never again', () => {
    expect(next({ type: 'once', at: 5_000 }, 4_999, 'UTC')).toBe(5_000)
    expect(next({ type: 'once', at: 5_000 }, 5_000, 'UTC')).toBeNull()
  })

  test('and soon, however rarely it comes', () => {
    const began = performance.now()
    for (let n = 0; n < 20; n++) nextOf('59 23 31 2 *', Date.UTC(2026, 0, n + 1), 'Europe/Zurich')
    expect((performance.now() - began) / 20).toBeLessThan(100)
  })
})

/** Walks through time minute by minute, as a clock on the wall shows it: each time that it shows first, and what it jumps over. */
function walked(cron: string, from: number, to: number, zone: string): readonly number[] {
  const parsed = parseCron(cron)
  if (!parsed) throw new Error('no cron')
  const shown = new Set<number>()
  const comes = new Set<number>()
  let last: number | null = null
  for (let moment = from; moment <= to; moment += 60_000) {
    const { year, month, day, hour, minute } = wallAt(moment, zone)
    const wall = Date.UTC(year, month - 1, day, hour, minute)
    const passed = last !== null && wall > last + 60_000 ? Array.from({ length: (wall - last) / 60_000 }, (_, n) => wall - n * 60_000) : [wall]
    for (const one of passed) {
      const date = new Date(one)
      const isMinute = parsed.minutes.includes(date.getUTCMinutes()) && parsed.hours.includes(date.getUTCHours())
      if (isMinute && parsed.weekdays.has(date.getUTCDay()) && !shown.has(one)) comes.add(moment)
      shown.add(one)
    }
    last = wall
  }
  return [...comes].filter((moment) => moment > from)
}

const CHANGES: readonly (readonly [zone: string, near: string])[] = [
  ['Europe/Zurich', '2026-03-29T01:00Z'],
  ['Europe/Zurich', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['America/Havana', '2026-03-08T05:00Z'],
  ['America/Santiago', '2026-04-05T03:00Z'],
  ['America/Santiago', '2026-09-06T04:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00Z'],
  ['Pacific/Chatham', '2026-04-04T14:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00Z'],
]

test.each(
  CHANGES.flatMap(([zone, near]) =>
    ['* * * * *', '*/7 * * * *', '30 0-3 * * *', '0 */2 * * *', '15,45 1,2,23 * * 0,6'].map((cron) => [zone, near, cron] as const),
  ),
)('[R246] in %s near %s `%s` comes when a clock on the wall first shows it, and once', (zone, near, cron) => {
  const [from, to] = [Date.parse(near) - 5 * 3_600_000, Date.parse(near) + 5 * 3_600_000]
  const came: number[] = []
  for (let at = nextOf(cron, from, zone); at !== null && at <= to; at = nextOf(cron, at, zone)) came.push(at)
  // What was skipped or shown first before the walk began is nothing that it can know.
  const known = walked(cron, from - 5 * 3_600_000, to, zone).filter((moment) => moment > from)
  expect(came.map(told)).toEqual(known.map(told))
})

test.each([
  '*',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * 32 * *',
  '* * * 13 *',
  '* * * * 8',
  '*/0 * * * *',
  '5-1 * * * *',
  '1,,2 * * * *',
  '-1 * * * *',
  '1.5 * * * *',
  '* * * * * *',
  '@daily',
  '* * * foo *',
  `${'1,'.repeat(200)}1 * * * *`,
  '',
])('[R245] no cron: %j', (text) => expect(parseCron(text)).toBeNull())

test('[R245] zones are known by name', () => {
  for (const zone of ['UTC', 'Europe/Zurich', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5']) expect(isZone(zone), zone).toBe(true)
  for (const zone of ['', 'Mars/Base', 'Europe', '../etc', 'Europe/Zurich\n', '+05:30', `A${'/b'.repeat(99)}`]) expect(isZone(zone), zone).toBe(false)
})
