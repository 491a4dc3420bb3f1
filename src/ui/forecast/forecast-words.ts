// A forecast as people read it: "Parley will answer: alone with you".
import type { Hold, WhyRule } from '../../conversation/why'
import { listed } from '../basics/language'
import type { Forecast, Spent } from './forecast'

/** `spent`: whose day is over, where it is: then what would ask an agent is refused. What matters comes first, because a phone cuts off the rest. */
export function forecastInWords({ answers, hold, off }: Omit<Forecast, 'speaking'>, spent: Spent | null = null): string {
  const names = answers.map(({ name }) => name)
  if (spent && answers.length + off.length > 0) return `No answers until 00:00 UTC: ${SPENT[spent]}`
  const are = off.length === 1 ? 'is' : 'are'
  if (answers.length > 0) {
    const rules = [...new Set(answers.map(({ rule }) => WHY[rule]))]
    return `${listed(names)} will answer: ${rules.join(', ')}${off.length > 0 ? `; ${listed(off)} ${are} off` : ''}`
  }
  if (off.length > 0)
    return `${listed(off)} ${are} off: ${off.length === 1 ? `“Ask ${off[0]}”` : '“Ask”'} under your message asks ${off.length === 1 ? 'it' : 'them'}`
  return `Nobody will answer: ${hold === null ? 'there is no agent here' : HELD[hold]}`
}

const SPENT: Readonly<Record<Spent, string>> = {
  person: 'your tokens are gone',
  room: 'the room’s tokens are gone',
  answers: 'your answers are gone',
}

const WHY: Readonly<Record<WhyRule, string>> = {
  mention: 'mentioned',
  'reply-to': 'replied to',
  'follow-up': 'follow-up',
  alone: 'alone with you',
  every: 'every message',
  // What nobody types; there all the same, so that a new rule must have words.
  asked: 'asked',
  'agent-mention': 'mentioned',
  'agent-asked': 'asked by an agent',
  schedule: 'scheduled',
}

const HELD: Readonly<Record<Hold, string>> = {
  off: 'no agent speaks by itself here',
  'not-addressed': 'no agent is addressed',
  'somebody-else-addressed': 'somebody else is addressed',
  'between-people': 'two people are talking',
  'another-answers': 'another agent answers',
  guarded: 'the agents have answered each other for long',
}
