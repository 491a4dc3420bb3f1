// What the rules of engagement and the queue tell about a message, as its amendments hold it: why a reply is there, which place it has
// among those that wait, what held agents back from a message. Read with care: a newer release may have written more.
import { isFields } from './fields'
import { type Hold, HOLDS, type Why, WHY_RULES, type WhyRule } from './why'
import type { MemberId, MessageId } from './ids'
import type { MessageMetadata } from './message'

type Amended = Pick<MessageMetadata, 'amended'>

/** Why a reply is there; `name`: what whoever it was for was called then. */
export interface WhyTold extends Why {
  readonly name: string
}

/** An agent that did not answer a message, and what held it back. */
export interface HeldTold {
  readonly agent: MemberId
  readonly name: string
  readonly hold: Hold
}

/** How a reply left the queue, or was interrupted, by whom. */
export interface EndTold {
  readonly how: 'cancelled' | 'steered' | 'merged'
  /** Null for nobody in particular. */
  readonly name: string | null
}

/** What is amended by this name, all of it or in part. Null takes it away. */
export interface EngagedValues {
  readonly why?: WhyTold
  /** 1 is the next for its agent. */
  readonly place?: number | null
  /** Of a reply to several messages: all of them. */
  readonly prompts?: readonly MessageId[]
  readonly held?: readonly HeldTold[] | null
  readonly end?: EndTold | null
  /** Of a reply that another agent asked for: the call of its tool that did, in the message that this one replies to. */
  readonly asked?: string
  /** Of an agent's message: its chain has stopped, and Continue here releases so many turns. One message of a chain says so. */
  readonly guarded?: number | null
}

export function whyOf(metadata: Amended): WhyTold | null {
  const why = valueOf(metadata, 'why')
  if (!isFields(why)) return null
  const { rule, by, name } = why
  return WHY_RULES.includes(rule as WhyRule) && typeof by === 'string' && typeof name === 'string' ? { rule: rule as WhyRule, by: by as MemberId, name } : null
}

export function placeOf(metadata: Amended): number | null {
  const place = valueOf(metadata, 'place')
  return typeof place === 'number' ? place : null
}

/** The messages that a reply answers, in the order in which they were said. */
export function promptsOf({ amended, replyTo }: Pick<MessageMetadata, 'amended' | 'replyTo'>): readonly MessageId[] {
  const prompts = amended?.values['prompts']
  return Array.isArray(prompts) ? (prompts as readonly MessageId[]) : replyTo === undefined ? [] : [replyTo]
}

export function heldOf(metadata: Amended): readonly HeldTold[] {
  const held = valueOf(metadata, 'held')
  if (!Array.isArray(held)) return NONE
  return held.filter(
    (one): one is HeldTold => isFields(one) && typeof one['agent'] === 'string' && typeof one['name'] === 'string' && HOLDS.includes(one['hold'] as Hold),
  )
}

/** What is shown of it: where a chain stopped, Continue is what may be pressed. */
export function shownHeldOf(metadata: Amended): readonly HeldTold[] {
  return guardedOf(metadata) > 0 ? NONE : heldOf(metadata)
}

export function endOf(metadata: Amended): EndTold | null {
  const end = valueOf(metadata, 'end')
  return isFields(end) && (end['how'] === 'cancelled' || end['how'] === 'steered' || end['how'] === 'merged') ? (end as unknown as EndTold) : null
}

/** Whether the line that says why a reply is there says how it ended, too. */
export function isEndTold(metadata: Amended): boolean {
  return whyOf(metadata) !== null && endOf(metadata) !== null
}

export function askedOf(metadata: Amended): string | null {
  const asked = valueOf(metadata, 'asked')
  return typeof asked === 'string' ? asked : null
}

export function guardedOf(metadata: Amended): number {
  const guarded = valueOf(metadata, 'guarded')
  return typeof guarded === 'number' ? guarded : 0
}

const NONE: readonly HeldTold[] = []

function valueOf({ amended }: Amended, name: keyof EngagedValues): unknown {
  return amended?.values[name]
}
