// What is to be done later, by the room's schedules: a time, and then what is to be done.
import type { Means } from './means'
import type { Question } from './question'
import { inert } from './quote'

const TIME = String.raw`(?:\s+at\s+(?:noon|midnight|\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]m)?))`
const DAY = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days?`
const DAYS = String.raw`${DAY}(?:(?:,|,? and) ${DAY})*`
const EVERY = String.raw`(?:every|each)\s+(?:\d{1,2}\s+(?:minutes|hours)|minute|hour|(?:day|morning|weekday|weekend|month(?:\s+on\s+the\s+\d{1,2}(?:st|nd|rd|th)?)?|${DAYS})${TIME}?)`
const ONCE = String.raw`in\s+(?:\d{1,4}|an?)\s+(?:seconds?|minutes?|hours?|days?|weeks?)|tomorrow${TIME}?|today${TIME}|at\s+\d{1,2}[:.]\d\d|(?:on|next)\s+${DAY}${TIME}?`
const WHEN = `(?:${EVERY}|(?:daily|weekdays)${TIME}?|${ONCE})`

/** “every weekday at 9, sum up” and “remind us every weekday at 9 to sum up” */
const FIRST = new RegExp(String.raw`^(?:please\s+)?(${WHEN})(\s*[,:]?)\s+(?:please\s+)?(?!at\b)(.{2,})$`, 'is')
const REMIND = new RegExp(String.raw`^(?:please\s+)?remind\s+(?:me|us)\s+(${WHEN})\s*,?\s+(?:to|of|that|about)\b\s*(.{2,})$`, 'is')

export function later({ text }: Question, means: Means): string | null {
  const [, when = '', between = '', task = ''] = FIRST.exec(text) ?? remindedIn(text) ?? []
  // “Every day I write” plans nothing.
  if (task === '' || (between === '' && !/\d|\bat\b|\bhour|\bminute/i.test(when))) return null
  const planned = means.schedule(when.replace(/\s+/g, ' ').toLowerCase(), task.trim())
  if (!planned) return null
  return `Planned, ${inert(planned.when)}: “${inert(task.trim())}”. It comes next at ${inert(planned.next)}. Whoever planned it can cancel it on the page **Schedules**.`
}

function remindedIn(text: string): readonly string[] | null {
  const [whole, when = '', what = ''] = REMIND.exec(text) ?? []
  return whole === undefined ? null : [whole, when, ',', `Remember: ${what.trim()}`]
}
