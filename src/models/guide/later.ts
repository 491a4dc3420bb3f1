// What is to be done later, by the room's schedules: a time, and then what is to be done; and what is planned.
import type { Means } from './means'
import type { Question } from './question'
import { pageOf } from './pages'
import { inert } from './quote'
import { type Timed, timeFirst, timeLast } from './time-words'

/** “remind us every weekday at 9 to sum up” and “remind us to sum up every weekday at 9” */
const REMIND = /^(?:please\s+)?remind\s+(?:me|us)\s+([^]{2,})$/i
const WHAT = /^(?:to|of|that|about)\b\s*([^]{2,})$/i

/** What it is when it comes, and without a time. */
const REMINDER = /^(?:please\s+)?remind\s+(?:me|us)(?:\s+(?:to|of|that|about)\b|\s*:)\s*(.{2,})$/is

const LISTS =
  /^(?:what(?:['’]s|\s+is|\s+are|\s+have (?:we|you))\s+(?:all\s+)?(?:planned|scheduled)|(?:show|list)\s+(?:me\s+)?(?:the\s+|our\s+|your\s+|all\s+)*(?:schedules?|plans))\b/i

/** Told at once: the rest stands on the page. */
const SHOWN = 8

export function later({ text }: Question, means: Means): string | null {
  if (LISTS.test(text)) return plannedHere(means)
  const timed = timedIn(text)
  if (!timed) {
    const reminder = REMINDER.exec(text)?.[1]
    return reminder === undefined ? null : `**Reminder**: ${inert(reminder.trim())}`
  }
  const when = timed.when.replace(/\s+/g, ' ').toLowerCase()
  const task = timed.task.replace(/^please\s+/i, '').trim()
  if (task === '') return `What shall I do ${inert(when)}? Write, for example, “${inert(when)}, what did I miss?”`
  const planned = means.schedule(when, task)
  if (!planned) return `I cannot plan anything here. Without “${inert(when)}” I answer at once.`
  return `Planned, ${inert(planned.when)}: “${inert(task)}”. It comes next at ${inert(planned.next)}. Whoever planned it can cancel it on the page ${pageOf(means, 'schedules')}.`
}

/** Whether all of a text is to be done at a time. */
export function isTimed(text: string): boolean {
  return timedIn(text) !== null
}

/** What is said to be done at a time, readable or not. */
function timedIn(text: string): Timed | null {
  const said = text.trim().replace(/^please,?\s+/i, '')
  const reminded = REMIND.exec(said)?.[1]
  return reminded === undefined ? (timeFirst(said) ?? timeLast(said)) : remindedIn(reminded)
}

function plannedHere(means: Means): string {
  const { plans } = means
  if (plans.length === 0) return 'Nothing is planned in this room. Say “every weekday at 9, what did I miss?”, and I plan it.'
  const more = plans.length > SHOWN ? `The other ${plans.length - SHOWN} stand on the page ${pageOf(means, 'schedules')}, where each` : 'Each'
  return `Planned in this room, the next first:\n\n${plans
    .slice(0, SHOWN)
    .map(({ when, task, next }) => `- **${inert(when)}**: ${inert(task)} (next at ${inert(next)})`)
    .join('\n')}\n\n${more} can be cancelled${plans.length > SHOWN ? '' : ` on the page ${pageOf(means, 'schedules')}`}.`
}

function remindedIn(said: string): Timed | null {
  const first = WHAT.test(said) ? null : timeFirst(said)
  const what = first && (WHAT.exec(first.task)?.[1] ?? first.task)
  if (first && what !== null) return { when: first.when, task: what === '' ? '' : `Remind us: ${what.trim()}` }
  const last = WHAT.exec(said)?.[1]
  const timed = last === undefined ? null : timeLast(last, true)
  return timed && { when: timed.when, task: `Remind us: ${timed.task}` }
}
