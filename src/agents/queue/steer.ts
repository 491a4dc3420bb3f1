// "Now": a prompt that waits is to be heard by the reply that its agent is writing. In two steps, so that a crash between them
// leaves the wish, which is then acted upon: first it is stored, then it is carried out, and the outcome stays on the row.
import type { MessageId } from '../../conversation/ids'
import { accept, type Result } from '../../conversation/refusal'
import { step, type Step } from './changes'
import { ordered } from './orders'
import { mayStop, targetOf, type Viewer } from './rights'
import { askerOf, endsOf, MOST_PROMPTS, withRow, type QueueRow } from './row'

/**
 * Stores the wish. Where the agent is writing nothing the reply comes first of all that wait, for whoever orders the queue. Refuses:
 * no_such_message, too_late, not_yours.
 */
export function wishNow(rows: readonly QueueRow[], id: MessageId, viewer: Viewer): Result<Step> {
  const found = ordered(rows, id, viewer, 'now')
  return found.ok ? accept(wished(rows, found.value, viewer)) : found
}

/**
 * The same for a message that was sent with "now" by its author: where they may not interrupt the reply, it waits for its end,
 * and the outcome says `refused`.
 */
export function sentNow(rows: readonly QueueRow[], id: MessageId, viewer: Viewer): Step {
  const row = rows.find((row) => row.id === id)
  const target = row?.state === 'waiting' && askerOf(row) === viewer.id ? targetOf(row, rows) : undefined
  if (!row || !target) return step(rows, rows)
  if (mayStop(target, viewer)) return wished(rows, row, viewer)
  return step(rows, withRow(rows, { ...row, after: target.id, steer: { by: viewer.id, target: target.id, outcome: 'refused' } }))
}

function wished(rows: readonly QueueRow[], row: QueueRow, { id: by }: Viewer): Step {
  if (row.steer?.outcome === null) return step(rows, rows)
  const target = targetOf(row, rows)
  if (!target) return step(rows, withRow(rows, { ...free(row), order: endsOf(rows).front }))
  return step(rows, withRow(rows, { ...row, steer: { by, target: target.id, outcome: null } }))
}

/**
 * Carries out the wish of this row, if it has one. `isInTools`: the reply that is being written waits for tools, which nothing breaks
 * off: it takes the prompt in at its next step and answers both; one that answers as many as it may is waited for. Else it ends with
 * what it said, and this one is the next to speak. A reply that has ended meanwhile is `too-late` for.
 */
export function carryOut(rows: readonly QueueRow[], id: MessageId, isInTools: boolean): Step {
  const row = rows.find((row) => row.id === id)
  const steer = row?.steer
  if (!row || steer?.outcome !== null) return step(rows, rows)
  const target = rows.find((other) => other.id === steer.target && other.state === 'speaking')
  const { front } = endsOf(rows)
  if (!target) return step(rows, withRow(rows, { ...free(row), order: front, steer: { ...steer, outcome: 'too-late' } }))
  if (isInTools && target.prompts.length + row.prompts.length > MOST_PROMPTS)
    return step(rows, withRow(rows, { ...row, order: front, after: target.id, steer: { ...steer, outcome: 'refused' } }))
  if (isInTools) {
    const left = rows.filter((other) => other !== row)
    return step(
      rows,
      withRow(left, { ...target, prompts: [...target.prompts, ...row.prompts] }),
      new Map([[id, { how: 'merged', by: steer.by, into: target.id }]]),
    )
  }
  const left = rows.filter((other) => other !== target)
  const next = { ...free(row), order: front, steer: { ...steer, outcome: 'taken-in' as const } }
  return step(rows, withRow(left, next), new Map([[target.id, { how: 'steered', by: steer.by, for: id }]]))
}

/** The wishes that a crash left, in order: they are carried out before anybody speaks. */
export function openWishes(rows: readonly QueueRow[]): readonly MessageId[] {
  return rows
    .filter(({ steer }) => steer?.outcome === null)
    .toSorted((a, b) => a.order - b.order)
    .map(({ id }) => id)
}

/** It waits for nobody's end any more. */
function free({ after: _after, ...row }: QueueRow): QueueRow {
  return row
}
