// What a step changed in the queue, for the room to store and to tell everybody. Found by comparing the rows before and after, so
// that nothing changes untold: the old rows with the changes are the new rows.
import type { MemberId, MessageId } from '../../conversation/ids'
import { placesIn, type QueueRow } from './row'

/** How a reply left the queue. */
export type End =
  /** It was written to its end, or failed. */
  | { readonly how: 'settled' }
  | { readonly how: 'cancelled'; readonly by: MemberId | null }
  /** Another reply answers its prompts too. */
  | { readonly how: 'merged'; readonly by: MemberId; readonly into: MessageId }
  /** It keeps what it said; the reply that came in its place knows it. */
  | { readonly how: 'steered'; readonly by: MemberId; readonly for: MessageId }

export type Change =
  | { readonly type: 'queued'; readonly row: QueueRow; readonly place: number | null }
  /** `place`: 1 is the next for its agent; null once it speaks. */
  | { readonly type: 'changed'; readonly row: QueueRow; readonly place: number | null }
  | { readonly type: 'ended'; readonly id: MessageId; readonly end: End }

export interface Step {
  readonly rows: readonly QueueRow[]
  /** One for each row that is new, changed, in another place, or gone. */
  readonly changes: readonly Change[]
}

const SETTLED: End = { how: 'settled' }

/** `ends`: how the rows that are gone left. */
export function step(before: readonly QueueRow[], after: readonly QueueRow[], ends: ReadonlyMap<MessageId, End> = new Map()): Step {
  const old = new Map(before.map((row) => [row.id, row]))
  const [oldPlaces, places] = [placesIn(before), placesIn(after)]
  const changes = after.flatMap((row): readonly Change[] => {
    const place = places.get(row.id) ?? null
    const known = old.get(row.id)
    if (!known) return [{ type: 'queued', row, place }]
    return known === row && place === (oldPlaces.get(row.id) ?? null) ? [] : [{ type: 'changed', row, place }]
  })
  const left = new Set(after.map(({ id }) => id))
  const gone = before.flatMap(({ id }): readonly Change[] => (left.has(id) ? [] : [{ type: 'ended', id, end: ends.get(id) ?? SETTLED }]))
  return { rows: after, changes: [...gone, ...changes] }
}
