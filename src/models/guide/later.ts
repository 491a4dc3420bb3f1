// What is to be done later, by the room's schedules: a time, and then what is to be done; and what is planned.
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

/** “remind us to sum up every weekday at 9” */
const REMIND_LAST = new RegExp(String.raw`^(?:please\s+)?remind\s+(?:me|us)\s+(?:to|of|that|about)\s+(.{2,}?),?\s+(${WHEN})[.!]?$`, 'is')

/** What it is when it comes, and without a time. */
const REMINDER = /^(?:please\s+)?remind\s+(?:me|us)(?:\s+(?:to|of|that|about)\b|\s*:)\s*(.{2,})$/is

const LISTS =
  /^(?:what(?:['’]s|\s+is|\s+are|\s+have (?:we|you))\s+(?:all\s+)?(?:planned|scheduled)|(?:show|list)\s+(?:me\s+)?(?:the\s+|our\s+|your\s+|all\s+)*(?:schedules?|plans))\b/i

/** Told at once: the rest stands on the page. */
const SHOWN = 8

export function later({ text }: Question, means: Means): string | null {
  if (LISTS.test(text)) return plannedHere(means)
  const [, when = '', between = '', task = ''] = FIRST.exec(text) ?? remindedIn(text) ?? []
  const reminder = task === '' ? REMINDER.exec(text)?.[1] : undefined
  if (reminder !== undefined) return `**Reminder**: ${inert(reminder.trim())}`
  // “Every day I write” plans nothing.
  if (task === '' || (between === '' && !/\d|\bat\b|\bhour|\bminute/i.test(when))) return null
  const planned = means.schedule(when.replace(/\s+/g, ' ').toLowerCase(), task.trim())
  if (!planned) return null
  return `Planned, ${inert(planned.when)}: “${inert(task.trim())}”. It comes next at ${inert(planned.next)}. Whoever planned it can cancel it on the page **Schedules**.`
}

function plannedHere({ plans }: Means): string {
  if (plans.length === 0) return 'Nothing is planned in this room. Say “every weekday at 9, what did I miss?”, and I plan it.'
  const more = plans.length > SHOWN ? `\n\nThe other ${plans.length - SHOWN} stand on the page **Schedules**.` : ''
  return `Planned in this room, the next first:\n\n${plans
    .slice(0, SHOWN)
    .map(({ when, task, next }) => `- **${inert(when)}**: ${inert(task)} (next at ${inert(next)})`)
    .join('\n')}${more}`
}

function remindedIn(text: string): readonly string[] | null {
  const [last, task = '', at = ''] = REMIND_LAST.exec(text) ?? []
  if (last !== undefined) return [last, at, ',', `Remind us: ${task}`]
  const [whole, when = '', what = ''] = REMIND.exec(text) ?? []
  return whole === undefined ? null : [whole, when, ',', `Remind us: ${what.trim()}`]
}
