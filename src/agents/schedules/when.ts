// When something is to be done, in the words that people and models use, or as cron's five fields. What is not understood is refused in
// words, and never guessed.
import { type Cron, parseCron } from './cron'
import { next, type Timing } from './next'
import { faultIn, withoutZone } from './time-faults'
import { momentOf, wallAt, type WallTime } from './wall-clock'

export type ReadWhen = { readonly ok: true; readonly timing: Timing; readonly cron: string | null } | { readonly ok: false; readonly fault: string }

/** Longer is no time. */
const LONGEST = 120
/** Further away nobody knows what clocks will show, ms: two years. */
const FARTHEST = 2 * 366 * 86_400_000
/** For a day without a time. */
const MORNING: Time = { hour: 9, minute: 0 }

const MINUTE = 60_000
const UNITS: Readonly<Record<string, number>> = { second: 1_000, minute: MINUTE, hour: 60 * MINUTE, day: 1_440 * MINUTE, week: 10_080 * MINUTE }
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

interface Time {
  readonly hour: number
  readonly minute: number
}

/** `now`: server time, ms since 1970. `zone`: whose clocks are meant. */
export function readWhen(text: string, now: number, zone: string): ReadWhen {
  const said = text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.,;]$/, '')
    .trim()
  if (said === '' || text.length > LONGEST) return no('Say when, such as “every weekday at 9”, “tomorrow at 14:30” or “in 2 hours”.')
  // A moment that is written out may have an offset: it is the same wherever one reads it.
  const plain = WRITTEN.test(said) ? { words: said, other: null } : withoutZone(said, zone)
  if (plain.other !== null) return no(`The clocks of this room count, which show the time of ${zone}. Say it by them, without “${plain.other}”.`)
  const { words } = plain
  const cron = cronOf(words)
  if (cron !== null) return again(cron, words, now, zone)
  const at = onceOf(words, now, zone)
  if (at === null) return no(faultIn(words) ?? neverComes(words) ?? NOT_UNDERSTOOD)
  if (at <= now) return no('That time has passed.')
  return at - now > FARTHEST ? no('That is more than two years away.') : { ok: true, timing: { type: 'once', at }, cron: null }
}

/** A moment as computers write it. */
const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d?):(\d\d)(?::(\d\d)(?:\.\d{1,3})?)?( ?z| ?[+-]\d\d:?\d\d)?)?$/

/** Said of a day that its month does not have. */
function neverComes(words: string): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)\b/.exec(words) ?? []
  if (date !== undefined) return isDate({ year: Number(year), month: Number(month), day: Number(date) }) ? null : NEVER
  const [, before, name = '', after] =
    /(?:\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? )?\b([a-z]{3,9})\b(?: (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b)?/.exec(monthIn(words)) ?? []
  const day = before ?? after
  return day !== undefined && monthOf(name) > 0 && !isDate({ year: LEAP_YEAR, month: monthOf(name), day: Number(day) }) ? NEVER : null
}

/** From just before the first month that is named. */
function monthIn(words: string): string {
  const found = /(?:\b\d{1,2}(?:st|nd|rd|th)?(?: of)? )?\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b.*$/.exec(words)
  return found?.[0] ?? ''
}

const NEVER = 'That never comes: there is no such day.'
const LEAP_YEAR = 2_000

const NOT_UNDERSTOOD =
  'That time was not understood. Write it as “every day at 9”, “every weekday at 9:30”, “every monday and thursday at 17:00”, “every 2 hours”, “every month on the 1st at 8”, “in 45 minutes”, “tomorrow at noon”, “on friday at 9”, “2026-12-24 18:00”, or as the five fields of cron.'

function again(text: string, words: string, now: number, zone: string): ReadWhen {
  const cron: Cron | null = parseCron(text)
  if (!cron) return no(faultIn(words) ?? NOT_UNDERSTOOD)
  const timing: Timing = { type: 'again', cron }
  return next(timing, now, zone) === null ? no(NEVER) : { ok: true, timing, cron: text }
}

/** Five fields for what comes again; null for anything else. */
function cronOf(words: string): string | null {
  if (parseCron(words)) return words
  const each = /^(?:every|each) (.+)$/.exec(words)?.[1] ?? EVERY[words.split(' ')[0] ?? '']?.concat(words.slice(words.split(' ')[0]?.length))
  if (each === undefined) return pluralDays(words)
  const { rest, time } = withTime(each)
  if (rest === null) return null
  const every = /^(?:(\d{1,2}) )?(minute|hour)s?$/.exec(rest)
  if (every) return time ? null : everyFew(Number(every[1] ?? 1), every[2] ?? '')
  const at = time ?? MORNING
  const day = daysOf(rest)
  return day === null ? null : `${at.minute} ${at.hour} ${day}`
}

const EVERY: Readonly<Record<string, string>> = { daily: 'day', weekdays: 'weekday', hourly: 'hour', weekly: 'monday', monthly: 'month' }

/** “on mondays at 9”, “mondays and fridays” */
function pluralDays(words: string): string | null {
  const { rest, time } = withTime(words.replace(/^on /, ''))
  if (rest === null || !/^(?:\w+days?(?:, | and |, and )?)+$/.test(rest) || !/days(?:,| |$)/.test(rest)) return null
  const day = daysOf(rest)
  const at = time ?? MORNING
  return day === null ? null : `${at.minute} ${at.hour} ${day}`
}

function everyFew(count: number, unit: string): string | null {
  if (unit === 'minute') return 60 % count === 0 && count < 60 ? `*/${count} * * * *` : null
  return 24 % count === 0 && count < 24 ? `0 */${count} * * *` : null
}

/** The last three fields. */
function daysOf(words: string): string | null {
  if (words === 'day' || words === 'morning') return '* * *'
  if (words === 'weekday' || words === 'weekdays' || words === 'workday' || words === 'working day') return '* * 1-5'
  if (words === 'weekend' || words === 'weekends') return '* * 0,6'
  const month = /^month(?: on)?(?: the)?(?: (\d{1,2})(?:st|nd|rd|th)?)?$/.exec(words)
  if (month) return `${month[1] ?? '1'} * *`
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)(?: of (?:the|each|every) month)?$/.exec(words)?.[1]
  if (ordinal !== undefined) return `${ordinal} * *`
  const date = words.startsWith('year on ') ? dateIn(words.slice('year on '.length)) : null
  if (date) return `${date.day} ${date.month} *`
  const named = words.split(/, and | and |, /).map(weekdayOf)
  return named.every((day) => day !== null) ? `* * ${named.join(',')}` : null
}

function weekdayOf(word: string): number | null {
  const at = WEEKDAYS.findIndex((day) => word === day || word === `${day}s` || word === day.slice(0, 3))
  return at < 0 ? null : at
}

/** A moment, ms since 1970; null for what is none. */
function onceOf(words: string, now: number, zone: string): number | null {
  const written = WRITTEN.exec(words)
  if (written) return writtenOut(written, zone)
  const wait = /^in (?:about )?(\d{1,5}|an?|half an) (second|minute|hour|day|week)s?$/.exec(words)
  if (wait) {
    const [, count = '', unit = ''] = wait
    return now + (count === 'half an' ? 0.5 : /^an?$/.test(count) ? 1 : Number(count)) * (UNITS[unit] ?? NaN)
  }
  const { rest, time } = withTime(words)
  if (rest === null) return null
  const today = wallAt(now, zone)
  if (rest === '' || rest === 'today') return time ? soonest(today, time, now, zone, rest === '') : null
  const at = time ?? MORNING
  if (rest === 'tomorrow' || rest === 'tomorrow morning') return on(today, 1, at, zone)
  const weekday = weekdayOf(rest.replace(/^(?:on|next|this|this coming|on the next) /, ''))
  if (weekday !== null) {
    const ahead = (weekday - new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay() + 7) % 7
    const first = on(today, ahead, at, zone)
    return first > now ? first : on(today, ahead + 7, at, zone)
  }
  const date = dateIn(rest.replace(/^on (?:the )?/, ''))
  if (!date) return null
  const moment = momentOf({ ...date, year: date.year ?? today.year, ...at }, zone)
  return date.year !== null || moment > now ? moment : momentOf({ ...date, year: today.year + 1, ...at }, zone)
}

function writtenOut([, year = '', month = '', day = '', hour, minute, second, offset]: RegExpExecArray, zone: string): number | null {
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  const at = hour === undefined ? MORNING : { hour: Number(hour), minute: Number(minute) }
  if (!isDate(date) || at.hour > 23 || at.minute > 59 || Number(second ?? 0) > 59) return null
  const seconds = Number(second ?? 0) * 1_000
  if (offset === undefined) return momentOf({ ...date, ...at }, zone) + seconds
  const [, sign, hours, minutes] = /^ ?([+-])(\d\d):?(\d\d)$/.exec(offset) ?? []
  const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE * (sign === '-' ? -1 : 1)
  return Date.UTC(date.year, date.month - 1, date.day, at.hour, at.minute) + seconds - ahead
}

/** “at 9”: today, or else tomorrow. */
function soonest(today: WallTime, time: Time, now: number, zone: string, orTomorrow: boolean): number {
  const first = on(today, 0, time, zone)
  return first > now || !orTomorrow ? first : on(today, 1, time, zone)
}

function on({ year, month, day }: WallTime, ahead: number, time: Time, zone: string): number {
  const date = new Date(Date.UTC(year, month - 1, day + ahead))
  return momentOf({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), ...time }, zone)
}

/** “3 december”, “december 3rd, 2026” */
function dateIn(words: string): { readonly year: number | null; readonly month: number; readonly day: number } | null {
  const [, dayFirst, monthSecond, yearA] = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})(?:,? (\d{4}))?$/.exec(words) ?? []
  const [, monthFirst, daySecond, yearB] = /^([a-z]{3,9}) (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(words) ?? []
  const name = monthSecond ?? monthFirst ?? ''
  const month = monthOf(name)
  const day = Number(dayFirst ?? daySecond)
  const year = yearA ?? yearB
  const date = { year: year === undefined ? null : Number(year), month, day }
  return isDate({ ...date, year: date.year ?? LEAP_YEAR }) ? date : null
}

/** 1 to 12; 0 for what is none. */
function monthOf(name: string): number {
  return MONTHS.findIndex((known) => known === name || (name.length === 3 && known.startsWith(name))) + 1
}

function isDate({ year, month, day }: { readonly year: number; readonly month: number; readonly day: number }): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Words without the time at their end or beginning; `rest` is null where that is none. */
function withTime(words: string): { readonly rest: string | null; readonly time: Time | null } {
  const last = /^(.*?)(?:^| )(?:at|@) ([^@]+?)$/.exec(words)
  if (last) {
    // “at 9 every day” is said too.
    const [, rest = '', said = ''] = last
    const time = timeOf(said)
    return time ? { rest: rest.trim(), time } : { rest: null, time: null }
  }
  return { rest: words, time: null }
}

function timeOf(words: string): Time | null {
  if (words === 'noon') return { hour: 12, minute: 0 }
  if (words === 'midnight') return { hour: 0, minute: 0 }
  const [, hourText, minuteText = '0', half] = /^(\d{1,2})(?:[:.](\d\d))?(?: ?h| o['’]?clock)?(?: ?(am|pm|a\.m|p\.m)\.?)?$/.exec(words) ?? []
  const [hour, minute] = [Number(hourText ?? NaN), Number(minuteText)]
  if (!(hour <= 23 && minute <= 59)) return null
  if (half === undefined) return { hour, minute }
  if (hour < 1 || hour > 12) return null
  return { hour: (hour % 12) + (half.startsWith('p') ? 12 : 0), minute }
}

function no(fault: string): ReadWhen {
  return { ok: false, fault }
}
