// When something was said, as a reader would say it. Pure: the clock and the reader's locale come in as arguments.

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** "just now", "5 min ago", "14:05", "yesterday 14:05", "22 Nov 14:05", with the year when it is not this one. */
export function relativeTime(at: number, now: number, locale?: string): string {
  const age = now - at
  if (age < MINUTE) return 'just now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  const then = new Date(at)
  const today = new Date(now)
  const time = then.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  if (isSameDay(then, today)) return time
  if (isSameDay(then, new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1))) return `yesterday ${time}`
  const year = then.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return `${then.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...year })} ${time}`
}

/** The same for every reader, for a page made before the reader's clock is known, and a time to programs as it stands: "2026-11-22 14:05Z". */
export function neutralTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`
}

/** To the second, in the reader's own zone and words. */
export function exactTime(at: number, locale?: string): string {
  return new Date(at).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'medium' })
}

function isSameDay(a: Date, b: Date): boolean {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate()
}
