// Why words that look like a time are none that can be planned, in a sentence that names what is wrong.

const ZONE =
  /\(?\b(?:(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific|etc|us)\/[\w+/-]{1,40}|(?:utc|gmt)(?: ?[+-]\d{1,2}(?::?\d\d)?)?|cest|cet|eest|eet|wet|bst|ist|est|edt|cst|cdt|mst|mdt|pst|pdt|jst|kst|aest|aedt|msk|(?!local\b)\p{L}{2,30} time)(?![\w/])\)?|(?<=\d(?: ?[ap]m)?) ?(?:z|[+-]\d\d:?\d\d)(?![\w:-])/iu

const HIGHEST = { hour: 23, minute: 59 }
const NO_DAY = /^(?:every |each |on )?(?:the )?(\d{1,3})(?:st|nd|rd|th)\b/
const DAYS_OF_MONTH = 31

/** The words without a zone that is the room's own, and the zone that they name otherwise. */
export function withoutZone(words: string, zone: string): { readonly words: string; readonly other: string | null } {
  const local = words.replace(/ \(?local time\)?(?= |$)/, '')
  const named = ZONE.exec(local)?.[0]
  if (named === undefined) return { words: local, other: null }
  const name = named.replace(/[()]/g, '').trim()
  const isSame = name === zone.toLowerCase() || (zone === 'UTC' && /^(?:utc|gmt|z|etc\/utc|\+00:?00)$/.test(name))
  return isSame ? { words: local.replace(named, '').replace(/\s+/g, ' ').trim(), other: null } : { words: local, other: name }
}

/** Null where nothing better can be said than that it was not understood. */
export function faultIn(words: string): string | null {
  const clock = impossibleClock(words)
  if (clock !== null) return `“${clock}” is no time of a day: hours go from 0 to ${HIGHEST.hour}, and minutes to ${HIGHEST.minute}.`
  const every = /^(?:every|each) (\d{1,6}) (minute|hour)s?\b/.exec(words)
  if (every)
    return `“Every ${every[1]} ${every[2]}s” is not the same on every day: take a number that divides ${every[2] === 'hour' ? '24 hours' : '60 minutes'}.`
  if (/^(?:every|each) (?:\d{1,6} |few )?(?:second|sec)s?\b(?! day| week| month| year)/.test(words)) return 'Nothing is planned more often than every minute.'
  const day = NO_DAY.exec(words)?.[1] ?? /\bmonth on the (\d{1,3})/.exec(words)?.[1]
  if (day !== undefined && (Number(day) < 1 || Number(day) > DAYS_OF_MONTH)) return `No month has a day ${Number(day)}.`
  if (/^in (?:about )?-\d/.test(words) || /^yesterday\b/.test(words)) return 'That time has passed.'
  return null
}

function impossibleClock(words: string): string | null {
  for (const [said, hour = '', minute = '0', half] of words.matchAll(/(?:(?<=\bat )|(?<=@ ?))(\d{1,4})(?:[:.](\d{1,3}))?(?: ?(am|pm|a\.m|p\.m))?(?![\w:-])/g))
    if (!isClock(hour, minute, half)) return said
  for (const [said, hour = '', minute = '0', half] of words.matchAll(/(?<![\w:.-])(\d{1,4}):(\d{1,3})(?: ?(am|pm|a\.m|p\.m))?(?![\w-])/g))
    if (!isClock(hour, minute, half)) return said
  return null
}

function isClock(hour: string, minute: string, half: string | undefined): boolean {
  if (Number(minute) > HIGHEST.minute) return false
  return half === undefined ? Number(hour) <= HIGHEST.hour : Number(hour) >= 1 && Number(hour) <= 12
}
