// When a schedule comes next. Pure: the zone's rules are all that it asks for. A time that clocks skip comes at the first that they show
// after it, and one that they show twice comes once.
import { type Cron, isDayOf } from './cron'
import { momentOf, wallAt } from './wall-clock'

/** Once, at a moment (ms since 1970); or again and again, by the clocks of a zone. */
export type Timing = { readonly type: 'once'; readonly at: number } | { readonly type: 'again'; readonly cron: Cron }

/** Days that are looked at: from one 29 February to the next there may be eight years. */
const MOST_DAYS = 366 * 8 + 2

/** The first moment after `after` (ms since 1970), or null where it never comes, or not within eight years. */
export function next(timing: Timing, after: number, zone: string): number | null {
  if (timing.type === 'once') return timing.at > after ? timing.at : null
  const { cron } = timing
  const start = wallAt(after, zone)
  for (let ahead = 0; ahead < MOST_DAYS; ahead++) {
    const date = new Date(Date.UTC(start.year, start.month - 1, start.day + ahead))
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
    if (!isDayOf(cron, year, month, day)) continue
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        // What the clock has passed today is over, whatever clocks do: the first of two is what counts.
        if (ahead === 0 && hour * 60 + minute <= start.hour * 60 + start.minute) continue
        const moment = momentOf({ year, month, day, hour, minute }, zone)
        if (moment > after) return moment
      }
    }
  }
  return null
}
