// Five fields that say when: minute, hour, day of the month, month, day of the week; as cron has them. Of a day of the month and one of
// the week, both written, either will do.

export interface Cron {
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>
  /** Whether the days of the month, or of the week, are all of them. */
  readonly anyDay: boolean
  readonly anyWeekday: boolean
}

interface Field {
  readonly from: number
  readonly to: number
  readonly names?: readonly string[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const FIELDS = {
  minutes: { from: 0, to: 59 },
  hours: { from: 0, to: 23 },
  days: { from: 1, to: 31 },
  months: { from: 1, to: 12, names: MONTHS },
  // Sunday is 0, and 7 as well.
  weekdays: { from: 0, to: 7, names: WEEKDAYS },
} as const satisfies Record<string, Field>

/** Longer is no schedule that anybody wrote. */
const LONGEST = 200

/** Null for what is no such thing. */
export function parseCron(text: string): Cron | null {
  const written = text.trim().toLowerCase().split(/\s+/)
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = written
  if (written.length !== 5 || text.length > LONGEST) return null
  const minutes = valuesIn(minute, FIELDS.minutes)
  const hours = valuesIn(hour, FIELDS.hours)
  const days = valuesIn(day, FIELDS.days)
  const months = valuesIn(month, FIELDS.months)
  const weekdays = valuesIn(weekday, FIELDS.weekdays)
  if (!minutes || !hours || !days || !months || !weekdays) return null
  return {
    minutes: [...minutes].toSorted((a, b) => a - b),
    hours: [...hours].toSorted((a, b) => a - b),
    days,
    months,
    weekdays: new Set([...weekdays].map((value) => value % 7)),
    anyDay: day.startsWith('*'),
    anyWeekday: weekday.startsWith('*'),
  }
}

/** How often it comes on a day, at most. */
export function timesADay({ minutes, hours }: Cron): number {
  return minutes.length * hours.length
}

/** Whether this day is one of its. `month`: 1 to 12. */
export function isDayOf({ days, months, weekdays, anyDay, anyWeekday }: Cron, year: number, month: number, day: number): boolean {
  if (!months.has(month)) return false
  const isDay = days.has(day)
  const isWeekday = weekdays.has(new Date(Date.UTC(year, month - 1, day)).getUTCDay())
  return anyDay || anyWeekday ? isDay && isWeekday : isDay || isWeekday
}

function valuesIn(text: string, field: Field): ReadonlySet<number> | null {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const range = rangeOf(part, field)
    if (!range) return null
    for (let value = range.from; value <= range.to; value += range.step) values.add(value)
  }
  return values
}

/** `*`, `5`, `1-5`, and each of them with a step, `/15`; `5/15` goes on to the end. */
function rangeOf(part: string, field: Field): { readonly from: number; readonly to: number; readonly step: number } | null {
  const [, base = '', stepText] = /^(\*|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/(\d{1,2}))?$/.exec(part) ?? []
  const step = stepText === undefined ? 1 : Number(stepText)
  if (base === '' || step === 0) return null
  // All days of the week are seven, and not eight.
  if (base === '*') return { from: field.from, to: field.names === WEEKDAYS ? 6 : field.to, step }
  const [first = '', last] = base.split('-')
  const from = valueOf(first, field)
  const to = last === undefined ? (stepText === undefined ? from : field.to) : valueOf(last, field)
  if (from === null || to === null) return null
  // From Friday to Sunday.
  if (field.names === WEEKDAYS && to === 0 && from > 0) return { from, to: 7, step }
  return from <= to ? { from, to, step } : null
}

function valueOf(text: string, { from, to, names = [] }: Field): number | null {
  const named = names.indexOf(text)
  if (named >= 0) return named + (from === 1 ? 1 : 0)
  const value = /^\d{1,2}$/.test(text) ? Number(text) : NaN
  return value >= from && value <= to ? value : null
}
