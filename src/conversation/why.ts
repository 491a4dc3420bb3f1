// Why an agent speaks, and why it does not: words that every message carries and every screen can put into a sentence.
import type { MemberId } from './ids'

/** The rules by which an agent answers, as `data-why` names them. */
export const WHY_RULES = ['mention', 'reply-to', 'follow-up', 'alone', 'every', 'asked', 'agent-mention', 'agent-asked', 'schedule'] as const

export type WhyRule = (typeof WHY_RULES)[number]

/** Why a reply is there. */
export interface Why {
  readonly rule: WhyRule
  /** Whose wish it was: the author of the message, whoever pressed "Ask", the agent that mentioned or asked, the maker of a schedule. */
  readonly by: MemberId
}

/** What holds an agent back from a message. */
export const HOLDS = [
  /** It never speaks by itself. */
  'off',
  /** Nothing in the message is for it. */
  'not-addressed',
  /** The message is for another agent, or for a person. */
  'somebody-else-addressed',
  /** It answers somebody who had spoken to its author: two people are talking. */
  'between-people',
  /** It would have answered, but another agent comes first. */
  'another-answers',
  /** The chain of agents that answer each other has become too long. */
  'guarded',
] as const

export type Hold = (typeof HOLDS)[number]
