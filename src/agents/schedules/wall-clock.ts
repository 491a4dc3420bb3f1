// What the clocks on the walls of a time zone show, and when they show it. By `Intl` alone. Invariant: a time that clocks skip is the
// first that they show after it; one that they show twice is the first of the two.

/** A day and a time of some zone, as a clock there shows it. `month`: 1 to 12. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

const MINUTE = 60_000
const DAY = 86_400_000
/** Zones that are kept ready: a formatter takes some time to be made. */
const MOST_KEPT = 50
const kept = new Map<string, Intl.DateTimeFormat>()

/** Whether there is a time zone of this name: `UTC`, `Europe/Zurich`. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,3}$/.test(name) || name.length > 64) return false
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

/** What a clock there shows at a moment, ms since 1970. */
export function wallAt(moment: number, zone: string): WallTime {
  const shown: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(moment)) shown[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = shown
  return { year, month, day, hour, minute }
}

/** When a clock there shows this, ms since 1970. */
export function momentOf(wall: WallTime, zone: string): number {
  const asUtc = utcOf(wall)
  const [before, after] = [offsetAt(asUtc - DAY, zone), offsetAt(asUtc + DAY, zone)]
  const shown = [asUtc - before, asUtc - after].filter((moment) => offsetAt(moment, zone) === asUtc - moment)
  if (shown.length > 0) return Math.min(...shown)
  return changeIn(asUtc - DAY, asUtc + DAY, before, zone)
}

/** The moment at which clocks are put forward, over a time that they never show. */
function changeIn(from: number, to: number, before: number, zone: string): number {
  let [low, high] = [Math.floor(from / MINUTE), Math.ceil(to / MINUTE)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * MINUTE, zone) === before) low = middle
    else high = middle
  }
  return high * MINUTE
}

/** By how much its clocks are ahead of UTC at a moment, ms, in whole minutes. */
function offsetAt(moment: number, zone: string): number {
  return utcOf(wallAt(moment, zone)) - Math.floor(moment / MINUTE) * MINUTE
}

function utcOf({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute)
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = kept.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB-u-ca-gregory-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  })
  const [oldest] = kept.keys()
  if (oldest !== undefined && kept.size >= MOST_KEPT) kept.delete(oldest)
  kept.set(zone, format)
  return format
}
