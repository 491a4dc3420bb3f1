// What waits and what speaks in a room: one row for each reply that is asked for, until it ends. The order is a number on the row, so
// that it outlasts a restart; every function here takes rows in any order, and answers new ones.
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Why } from '../../conversation/why'

/** Replies written at the same time in a room. */
export const MOST_SPEAKING = 8
/** And of those that an agent asked for, beside these: as many as such chains have, whose every asker waits. */
export const MOST_ASKED = 3 * MOST_SPEAKING
/** Replies that wait in a room, at most. */
export const MOST_WAITING = 100
/** Prompts that one reply answers, at most: they share one context. */
export const MOST_PROMPTS = 20

export interface Prompt {
  /** The message to answer. */
  readonly trigger: MessageId
  /** The person whose wish it is and whose budget pays: of an agent's call, whoever began the chain. */
  readonly asker: MemberId
  /** When it was asked, server time, ms since 1970. */
  readonly at: number
}

export interface QueueRow {
  /** The reply's own id. */
  readonly id: MessageId
  readonly agent: MemberId
  /** Why its first prompt is answered. */
  readonly why: Why
  /** What it answers, in the order in which it was asked; never empty. */
  readonly prompts: readonly [Prompt, ...Prompt[]]
  /** Smaller is sooner. No two rows have the same. */
  readonly order: number
  readonly state: 'waiting' | 'speaking'
  /** The reply whose end it waits for ("after this"). */
  readonly after?: MessageId
  readonly steer?: Steer
}

/** "Now": the wish that this prompt be heard by a reply that is being written. Stored before anything acts on it. */
export interface Steer {
  readonly by: MemberId
  /** The reply that it is to interrupt. */
  readonly target: MessageId
  /** Null until it was acted upon. */
  readonly outcome: 'taken-in' | 'too-late' | 'refused' | null
}

/** The rows that wait, the next first. */
export function waitingIn(rows: readonly QueueRow[], agent?: MemberId): readonly QueueRow[] {
  return inOrder(rows.filter((row) => row.state === 'waiting' && (agent === undefined || row.agent === agent)))
}

export function speakingIn(rows: readonly QueueRow[], agent?: MemberId): readonly QueueRow[] {
  return inOrder(rows.filter((row) => row.state === 'speaking' && (agent === undefined || row.agent === agent)))
}

/** Each waiting row's place, 1 being the next for its agent. */
export function placesIn(rows: readonly QueueRow[]): ReadonlyMap<MessageId, number> {
  const places = new Map<MessageId, number>()
  const waiting = new Map<MemberId, number>()
  for (const { id, agent } of waitingIn(rows)) {
    const place = (waiting.get(agent) ?? 0) + 1
    waiting.set(agent, place)
    places.set(id, place)
  }
  return places
}

export function askerOf({ prompts: [first] }: QueueRow): MemberId {
  return first.asker
}

/** The numbers before and behind all others. */
export function endsOf(rows: readonly QueueRow[]): { readonly front: number; readonly back: number } {
  if (rows.length === 0) return { front: 0, back: 1 }
  const orders = rows.map(({ order }) => order)
  return { front: Math.min(...orders) - 1, back: Math.max(...orders) + 1 }
}

/** The rows with one of them changed. */
export function withRow(rows: readonly QueueRow[], changed: QueueRow): readonly QueueRow[] {
  return rows.map((row) => (row.id === changed.id ? changed : row))
}

function inOrder(rows: readonly QueueRow[]): readonly QueueRow[] {
  return rows.toSorted((a, b) => a.order - b.order)
}
