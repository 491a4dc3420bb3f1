// When something was said, as a reader would say it: in their language, and in the zone of their browser. The clock comes in
// as an argument. A page shows hundreds of times, so what formats them is made once; and not before it is needed, because each
// costs a phone some milliseconds.

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const SHAPES = {
  time: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>

export class ReaderTimes {
  private readonly language: string
  private readonly made = new Map<keyof typeof SHAPES, Intl.DateTimeFormat>()
  private short: Intl.RelativeTimeFormat | undefined
  private named: Intl.RelativeTimeFormat | undefined

  /** `language`: a BCP 47 tag that `Intl` knows. */
  constructor(language: string) {
    this.language = language
  }

  /** "just now", "5 min ago", "14:05", "yesterday 14:05", "22 Nov 14:05", with the year when it is not this one. */
  relative(at: number, now: number): string {
    const age = now - at
    if (age < MINUTE) return this.moment()
    if (age < HOUR) return this.ago(Math.floor(age / MINUTE))
    const then = new Date(at)
    const today = new Date(now)
    const time = this.formatted('time', at)
    if (isSameDay(then, today)) return time
    if (isSameDay(then, new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1))) return `${this.inName(-1, 'day')} ${time}`
    return `${this.formatted(then.getFullYear() === today.getFullYear() ? 'day' : 'dayOfYear', at)} ${time}`
  }

  /** To the second, with all of the date. */
  exact(at: number): string {
    return this.formatted('exact', at)
  }

  /** "now" is all that `Intl` knows of it, and not what is said in English. */
  private moment(): string {
    return /^en\b/.test(this.language) ? 'just now' : this.inName(0, 'second')
  }

  private ago(minutes: number): string {
    this.short ??= new Intl.RelativeTimeFormat(this.language, { style: 'short' })
    return this.short.format(-minutes, 'minute')
  }

  private inName(value: number, unit: 'day' | 'second'): string {
    this.named ??= new Intl.RelativeTimeFormat(this.language, { numeric: 'auto' })
    return this.named.format(value, unit)
  }

  private formatted(shape: keyof typeof SHAPES, at: number): string {
    const known = this.made.get(shape) ?? new Intl.DateTimeFormat(this.language, SHAPES[shape])
    this.made.set(shape, known)
    return known.format(at)
  }
}

/** The same for every reader, for a page made before the reader is known, and a time to programs as it stands: "2026-11-22 14:05Z". */
export function neutralTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`
}

function isSameDay(a: Date, b: Date): boolean {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate()
}
