// The newest messages of a room, played again under each mode that an agent could have: what its form shows before it is saved.
import { rehearse, MOST_REHEARSED, type PastMessage } from '../../agents/engagement/rehearsal'
import type { EngagedAgent } from '../../agents/engagement/facts'
import { LOOKS } from '../../agents/looks'
import { type Mode, MODES } from '../../conversation/agent-profile'
import { whyOf } from '../../conversation/engaged'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { type Message, textOf } from '../../conversation/message'
import type { History } from '../history/history'

/** What is read of the past at most, bytes: names are looked for in all of it, eight times at most. */
const MOST_BYTES = 200_000

/** People beside those who wrote whose names are looked for, at most: each costs a look in every message with an @. */
const MOST_SILENT = 50

export interface Rehearsal {
  readonly mode: Mode
  readonly answered: number
  readonly heldBack: number
  /** The same as the first and as the last in the order, for a mode to which the order matters, where it stands elsewhere now. */
  readonly elsewhere: readonly Elsewhere[]
}

export interface Elsewhere {
  readonly as: 'first' | 'last'
  readonly answered: number
  readonly heldBack: number
}

/** One line for each mode, in the place that the agent has in the order and at its ends. An agent that is not there yet comes last in the order. */
export function rehearsalOf(
  history: Pick<History, 'newest'>,
  roster: readonly EngagedAgent[],
  people: readonly Member[],
  agent: Pick<EngagedAgent, 'id' | 'name' | 'handle'>,
): readonly Rehearsal[] {
  const past = history.newest(null, MOST_REHEARSED, MOST_BYTES).map(pastOf)
  const writers = past.flatMap(({ author }) => (author.kind === 'person' ? [author] : []))
  const known = [...new Map([...people.slice(0, MOST_SILENT), ...writers].map((person) => [person.id, person])).values()]
  const others = roster.filter(({ id }) => id !== agent.id)
  const found = roster.findIndex(({ id }) => id === agent.id)
  const place = found < 0 ? others.length : found
  const played = (mode: Mode, at: number) => {
    const changed: EngagedAgent = { ...agent, kind: 'agent', mode }
    const counts = rehearse(past, others.toSpliced(at, 0, changed), known, LOOKS).find((one) => one.agent === agent.id)
    return { answered: counts?.answered ?? 0, heldBack: counts?.heldBack ?? 0 }
  }
  return MODES.map((mode) => {
    const places = mode === 'auto' || mode === 'always' ? ELSEWHERE.map((as) => ({ as, at: as === 'first' ? 0 : others.length })) : []
    const elsewhere = places.filter(({ at }) => at !== place).map(({ as, at }) => ({ as, ...played(mode, at) }))
    return { mode, ...played(mode, place), elsewhere }
  })
}

const ELSEWHERE = ['first', 'last'] as const

/** Of an agent that nobody has saved yet. */
export const NOBODY_YET = 'new-agent' as MemberId

function pastOf({ id, metadata, parts }: Message): PastMessage {
  const { author, createdAt, replyTo, status } = metadata
  const why = whyOf(metadata)
  return {
    id,
    author,
    text: textOf({ parts }),
    at: createdAt,
    isFinished: author.kind === 'person' || status === 'complete',
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(why ? { why } : {}),
  }
}
