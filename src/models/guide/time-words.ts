// Where a sentence says when: the words of a time at its beginning or end, readable or not; whoever plans reads them, and says what is
// wrong with them. Invariant: what begins like a time is never a part of what is to be done; ordinary sentences begin like none.

/** A time as it was written, and the words beside it. */
export interface Timed {
  readonly when: string
  readonly task: string
}

const DAY = /^(?:sun|mon|tues|wednes|thurs|fri|satur)days?$/
const SHORT_DAY = /^(?:sun|mon|tue|tues|wed|thu|thur|thurs|fri|sat)$/
const MONTH = /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)$/
const UNIT = /^(?:seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|months?|years?|weekdays?|weekends?|workdays?|fortnights?|quarters?)$/
const PART_OF_DAY = /^(?:mornings?|evenings?|afternoons?|nights?)$/
const NAMED = /^(?:tomorrow|tonight|noon|midnight)$/
const AGAIN = /^(?:every|each|daily|hourly|weekly|monthly|yearly|weekdays|weekends)$/
const VAGUE = /^(?:now|then|so|often|other|few|couple|while|moment|bit)$/
const NUMBER = /^@?[+-]?\d[\d:.,/-]{0,20}(?:st|nd|rd|th|h|am|pm|a\.m\.?|p\.m\.?|z)?$/
const WRITTEN = /^\d{4}-\d{1,2}-\d{1,2}(?:t[\d:.]{1,14}(?:z|[+-]\d\d:?\d\d)?)?$/
const CLOCK = /^@?\d{1,4}(?::\d{1,3}(?::\d{1,3})?|\.\d\d|[:.]?\d{0,2}(?:am|pm|a\.m\.?|p\.m\.?|h))(?:z|[+-]\d\d(?::?\d\d)?)?$/
const COUNT = /^(?:-?\d{1,6}|an?|half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|few|couple)$/
const ZONE =
  /^\(?(?:(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific|etc|us)\/[\w+/-]{1,40}|(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d\d)?)?|cest|cet|eest|eet|wet|bst|ist|est|edt|cst|cdt|mst|mdt|pst|pdt|jst|kst|aest|aedt|msk)\)?$/
/** What belongs to a time also at its end. */
const TAIL = /^(?:am|pm|a\.m\.?|p\.m\.?|h|o['’]?clock|sharp)$/
const GLUE =
  /^(?:at|@|on|in|of|the|and|to|from|next|this|coming|about|around|past|before|after|until|till|between|by|half|an?|first|third|once|twice|working|work|per)$/
const OPENS = /^(?:at|@|on|in|next|this|today|yesterday|from|after|before|until|till|between|by|around|about|once|twice)$/
/** These begin much that is no time: only a clock makes them one. */
const NEEDS_CLOCK = /^(?:this|today|yesterday|from|after|before|until|till|between|by|around|about)$/
const CRON = /^[\d*][\d*/,-]* [\d*][\d*/,-]* [\d*][\d*/,-]* [\d*a-z/,-]+ [\d*a-z/,-]+$/

/** How many words of a sentence's beginning, or end, may be a time. */
const MOST_WORDS = 16
/** What follows a time without a comma and can be nothing else than what is to be done. */
const COMMAND =
  /^(?:please\s+)?(?:what|who|when|where|how|search|find|sum|tell|count|calculate|write|explain|catch|remind|say|read|ask|use|call|run|list|show|look|recap|summar\w*|remember|note|forget)\b/i
/** “In 2 minutes we are ready” asks for nothing. */
const STATES = /^(?:is|are|was|were|will|would|should|may|might|must|has|have|had|we|i|he|she|they|it|there|that|you)\b/i
/** What a time at its end may be cut off from: elsewhere it may belong to what is said. */
const ENDS_WITH_TIME =
  /^(?:please\s+)?(?:count\s+to\s+\d|tell\s+(?:me|us)\s+(?:a|the)\s|write\s+\d|say\s|what\s+(?:did|have|do)\s+(?:i|we)\s+miss|catch\s+(?:me|us)\s+up|sum\s+(?:\w+\s+)?up|summari[sz]e|recap|who(?:['’]s|\s+is)\s+here|what(?:['’]s|\s+is)?\s+(?:the\s+)?time)/i
const PAST = /\bmiss/i

/** A time that a sentence begins with, and what follows; `task` is empty where nothing does. Null for an ordinary sentence. */
export function timeFirst(text: string): Timed | null {
  const words = wordsOf(text).slice(0, MOST_WORDS + 1)
  const cron = cronIn(text)
  if (cron) return cron
  const found = phraseIn(words)
  const last = words[found.count - 1]
  if (!last) return null
  const strength = strengthOf(words.slice(0, found.count).map(({ word }) => word))
  if (strength === 'none') return null
  const when = cut(text.slice(0, last.end))
  const rest = text.slice(last.end).trim()
  if (rest === '' || found.isClosed) return /^\d+(?:st|nd|rd|th)\b/i.test(rest) ? null : { when, task: rest }
  if (COMMAND.test(rest)) return { when, task: rest }
  if (strength === 'weak') return null
  // What stands between a time and its comma is none of what is to be done.
  const [, more, task] = /^([^,:;\n]{1,40})[,:;]\s+([^]{2,})$/.exec(rest) ?? []
  if (more !== undefined && task !== undefined && COMMAND.test(task) && more.split(/\s+/).length <= 4) return { when: `${when} ${more}`, task }
  return STATES.test(rest) ? null : { when, task: rest }
}

/** A time that a sentence ends with, and what stands before it. `isReminder`: whatever is said may have one. */
export function timeLast(text: string, isReminder = false): Timed | null {
  const said = text.replace(/[\s.!?]+$/, (end) => (/\b[ap]\.m\.$/i.test(text) ? '.' : end.slice(end.length)))
  if (!isReminder && !ENDS_WITH_TIME.test(said)) return null
  const words = wordsOf(said)
  for (let from = Math.max(1, words.length - MOST_WORDS); from < words.length; from += 1) {
    const tail = words.slice(from)
    const all = tail.map(({ word }) => word)
    const start = tail[0]?.start
    if (start === undefined || phraseIn(tail, true).count < tail.length) continue
    const strength = strengthOf(all)
    const isMeant = isReminder
      ? strength !== 'none'
      : strength === 'strong' || AGAIN.test(all[0] ?? '') || (strength === 'weak' && (hasClock(all) || all[0] === 'tomorrow'))
    const isPast = PAST.test(said) && all[0] === 'in'
    if (isMeant && !isPast) return { when: cut(said.slice(start)), task: cut(said.slice(0, start)) }
  }
  return null
}

interface Word {
  readonly word: string
  readonly mark: string
  readonly start: number
  readonly end: number
}

function wordsOf(text: string): readonly Word[] {
  return [...text.slice(0, MOST_READ).matchAll(/\S+/g)].map(({ index, 0: written }) => {
    const [, word = '', mark = ''] = /^(.*?)([,:;]*)$/s.exec(written) ?? []
    return { word: word.toLowerCase(), mark, start: index, end: index + written.length }
  })
}

/** Of a sentence, in characters. */
const MOST_READ = 2_000

/** How many of the first words say when, and whether a comma ends them. */
function phraseIn(words: readonly Word[], isWhole = false): { readonly count: number; readonly isClosed: boolean } {
  let [count, closed] = [0, 0]
  for (const [at, { word, mark }] of words.slice(0, MOST_WORDS).entries()) {
    if (at === 0 ? !opens(words) : !isOfTime(words, at)) break
    count = at + 1
    if (mark === '') continue
    closed = count
    if (mark !== ',' || !goesOn(words, count)) break
    if (word === '') break
  }
  if (isWhole) return { count, isClosed: true }
  while (count > closed && isLoose(words, count - 1)) count -= 1
  return { count, isClosed: count === closed && closed > 0 }
}

function opens(words: readonly Word[]): boolean {
  const [word, next] = [words[0]?.word ?? '', words[1]?.word ?? '']
  if (AGAIN.test(word) || OPENS.test(word) || NAMED.test(word) || DAY.test(word) || WRITTEN.test(word) || CLOCK.test(word)) return true
  return (MONTH.test(word) && /^\d/.test(next)) || (/^\d{1,2}(?:st|nd|rd|th)?$/.test(word) && MONTH.test(next))
}

function isOfTime(words: readonly Word[], at: number): boolean {
  const word = words[at]?.word ?? ''
  if (isHard(word) || GLUE.test(word) || TAIL.test(word) || COUNT.test(word) || VAGUE.test(word) || word === 'today' || word === 'yesterday') return true
  // “Berlin time”
  return word === 'time' ? at > 1 : words[at + 1]?.word === 'time' && /^\p{L}+$/u.test(word)
}

function isHard(word: string): boolean {
  return [DAY, SHORT_DAY, MONTH, UNIT, PART_OF_DAY, NAMED, NUMBER, WRITTEN, CLOCK, ZONE, AGAIN].some((kind) => kind.test(word))
}

/** Behind a comma a time goes on with a day, a year, a zone or a clock. */
function goesOn(words: readonly Word[], at: number): boolean {
  const [word, next] = [words[at]?.word ?? '', words[at + 1]?.word ?? '']
  if (word === 'and' || word === 'at' || word === 'on') return isHard(next)
  return DAY.test(word) || SHORT_DAY.test(word) || ZONE.test(word) || CLOCK.test(word) || /^20\d\d$/.test(word)
}

function isLoose(words: readonly Word[], at: number): boolean {
  const word = words[at]?.word ?? ''
  return (GLUE.test(word) || VAGUE.test(word) || COUNT.test(word)) && !/^-?\d/.test(word)
}

/** 'strong' is a time whatever follows, 'weak' one where a comma or a command does. */
function strengthOf(words: readonly string[]): 'strong' | 'weak' | 'none' {
  const [first = ''] = words
  const clock = hasClock(words)
  if (NEEDS_CLOCK.test(first) && !(first === 'this' && words.some((word) => DAY.test(word))) && !clock) return 'none'
  const again = AGAIN.test(first)
  const counted =
    (again || first === 'in') && words.some((word, at) => at > 0 && COUNT.test(word) && UNIT.test(words[at + (words[at + 1] === 'an' ? 2 : 1)] ?? ''))
  const digits = words.some((word) => /^[@+-]?\d/.test(word))
  if (counted || (again && (clock || digits || words.some((word) => /^(?:hours?|minutes?)$/.test(word)))))
    return again && !clock && !counted && !words.some((word) => UNIT.test(word)) ? 'weak' : 'strong'
  if (clock) return words.length > 2 || words.some((word) => CLOCK.test(word)) ? 'strong' : 'weak'
  if (again)
    return first !== 'every' && first !== 'each'
      ? 'weak'
      : words.slice(1).some((word) => /^(?:now|then|so|often|other)$/.test(word) || isHard(word))
        ? 'weak'
        : 'none'
  if (words.some((word) => NAMED.test(word) || DAY.test(word) || WRITTEN.test(word) || PART_OF_DAY.test(word))) return 'weak'
  if (words.some((word, at) => MONTH.test(word) && (/^\d/.test(words[at + 1] ?? '') || /^\d/.test(words[at - 1] ?? '')))) return 'weak'
  if (first === 'on' && words.some((word) => SHORT_DAY.test(word) || /^\d{1,2}(?:st|nd|rd|th)$/.test(word))) return 'weak'
  if (first === 'once' || first === 'twice') return words.some((word) => UNIT.test(word)) ? 'weak' : 'none'
  return (first === 'next' && words.some((word) => UNIT.test(word))) || /^in an? (?:few |couple of )?(?:moment|while|bit)$/.test(words.join(' '))
    ? 'weak'
    : 'none'
}

function hasClock(words: readonly string[]): boolean {
  return words.some(
    (word, at) =>
      CLOCK.test(word) || (/^(?:at|@)$/.test(words[at - 1] ?? '') && (/^-?\d{1,4}$/.test(word) || /^(?:noon|midnight)$/.test(word))) || /^@\d/.test(word),
  )
}

/** “0 9 * * 1-5, sum up”: with two stars side by side it is no sum. */
function cronIn(text: string): Timed | null {
  const [, when = '', task = ''] = /^([^:;]{9,60}?)\s*[,:]\s+(.{2,})$/s.exec(text.slice(0, MOST_READ)) ?? []
  return when.includes('* *') && CRON.test(when.toLowerCase()) ? { when, task } : null
}

function cut(words: string): string {
  return words
    .trim()
    .replace(/[,:;]$/, '')
    .trim()
}
