// A forecast as people read it: "Parley will answer: alone with you".
import type { Hold, WhyRule } from '../../conversation/why'
import { listed } from '../basics/language'
import type { Forecast } from './forecast'

export function forecastInWords({ answers, hold }: Pick<Forecast, 'answers' | 'hold'>): string {
  if (answers.length === 0) return `Nobody will answer: ${hold === null ? 'there is no agent here' : HELD[hold]}`
  const rules = [...new Set(answers.map(({ rule }) => WHY[rule]))]
  return `${listed(answers.map(({ name }) => name))} will answer: ${rules.join(', ')}`
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
