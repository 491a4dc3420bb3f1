// What the rules and the queue say, as people read it.
import type { EndTold, WhyTold } from '../../conversation/engaged'
import type { Hold } from '../../conversation/why'

/** "asked by Ann · mentioned". */
export function whyInWords({ rule, name }: WhyTold): string {
  switch (rule) {
    case 'mention':
      return `asked by ${name} · mentioned`
    case 'reply-to':
      return `asked by ${name} · replied to`
    case 'follow-up':
      return `asked by ${name} · follow-up`
    case 'alone':
      return `alone with ${name}`
    case 'every':
      return `asked by ${name} · every message`
    case 'asked':
      return `asked by ${name}`
    case 'agent-mention':
      return `mentioned by ${name}`
    case 'agent-asked':
      return `asked by ${name}, an agent`
    case 'schedule':
      return `scheduled by ${name}`
    default:
      return rule satisfies never
  }
}

export function holdInWords(hold: Hold): string {
  switch (hold) {
    case 'off':
      return 'never speaks by itself'
    case 'not-addressed':
      return 'not addressed'
    case 'somebody-else-addressed':
      return 'somebody else is addressed'
    case 'between-people':
      return 'two people are talking'
    case 'another-answers':
      return 'another agent answers'
    case 'guarded':
      return 'held back, the agents have answered each other for long'
    default:
      return hold satisfies never
  }
}

/** `turns`: what Continue releases at once; each of them may call others again. */
export function guardInWords(turns: number): string {
  return `The agents have answered each other for long. Continue releases ${turns === 1 ? 'one more answer' : `${turns} more answers`}, and what they call for, on the budget of whoever presses it.`
}

export function endInWords({ how, name }: EndTold): string {
  switch (how) {
    case 'cancelled':
      return name === null ? 'cancelled: the agent was removed' : `cancelled by ${name}`
    case 'steered':
      return name === null ? 'steered' : `steered by ${name}`
    case 'merged':
      return 'answered together with another question'
    default:
      return how satisfies never
  }
}
