// A day as everybody reads it, whatever their time zone: a page is written by the server, which does not know it.

/** Made when a day is told: it takes a browser some ten milliseconds, and few pages tell one. */
let day: Intl.DateTimeFormat | undefined

/** `at` is ms since 1970. "2 Dec 2026, 09:30 UTC" */
export function dayInWords(at: number): string {
  day ??= new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
  return day.format(at)
}
