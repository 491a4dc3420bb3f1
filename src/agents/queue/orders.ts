// What people do with replies that wait: cancel, move up, answer together. Each refuses whoever may not, and what speaks already.
import type { MemberId, MessageId } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { step, type End, type Step } from './changes'
import { isByPerson } from './enqueue'
import { rightsOn, type RowRights, type Viewer } from './rights'
import { askerOf, MOST_PROMPTS, waitingIn, withRow, type Prompt, type QueueRow } from './row'

/** Refuses: no_such_message, too_late, not_yours. */
export function cancel(rows: readonly QueueRow[], id: MessageId, viewer: Viewer): Result<Step> {
  const found = ordered(rows, id, viewer, 'cancel')
  if (!found.ok) return found
  return accept(leaving(rows, new Map([[id, { how: 'cancelled', by: viewer.id }]])))
}

/** One place, past the reply before it of the same agent; the next one stays. Refuses: no_such_message, too_late, not_yours. */
export function moveUp(rows: readonly QueueRow[], id: MessageId, viewer: Viewer): Result<Step> {
  const found = ordered(rows, id, viewer, 'moveUp')
  if (!found.ok) return found
  const row = found.value
  const queue = waitingIn(rows, row.agent)
  const before = queue[queue.indexOf(row) - 1]
  if (!before) return accept(step(rows, rows))
  return accept(step(rows, withRow(withRow(rows, { ...row, order: before.order }), { ...before, order: row.order })))
}

/**
 * Makes one turn of all that the asker of this reply waits for from its agent, in the place of the last of them, so that whoever waits
 * between them is not overtaken. What agents and schedules called for stays by itself. Refuses: no_such_message, too_late, not_yours.
 */
export function merge(rows: readonly QueueRow[], id: MessageId, viewer: Viewer): Result<Step> {
  const found = ordered(rows, id, viewer, 'merge')
  if (!found.ok) return found
  const together = waitingIn(rows, found.value.agent).filter(
    (row) => askerOf(row) === askerOf(found.value) && isByPerson(row.why) && row.steer?.outcome !== null && row.after === found.value.after,
  )
  const [first, ...others] = together
  if (!first || !together.includes(found.value)) return accept(step(rows, rows))
  const prompts: [Prompt, ...Prompt[]] = [...first.prompts]
  const ends = new Map<MessageId, End>()
  let { order } = first
  for (const other of others) {
    if (prompts.length + other.prompts.length > MOST_PROMPTS) continue
    prompts.push(...other.prompts)
    order = other.order
    ends.set(other.id, { how: 'merged', by: viewer.id, into: first.id })
  }
  return accept(ends.size === 0 ? step(rows, rows) : leaving(rows, ends, { ...first, prompts, order }))
}

/** All that waits for an agent that was removed is cancelled, by nobody in particular. */
export function withdraw(rows: readonly QueueRow[], agent: MemberId): Step {
  return leaving(rows, new Map(waitingIn(rows, agent).map(({ id }) => [id, { how: 'cancelled', by: null }])))
}

function leaving(rows: readonly QueueRow[], ends: ReadonlyMap<MessageId, End>, changed?: QueueRow): Step {
  const left = rows.filter(({ id }) => !ends.has(id))
  return step(rows, changed ? withRow(left, changed) : left, ends)
}

/** The row that somebody gives an order about. */
export function ordered(rows: readonly QueueRow[], id: MessageId, viewer: Viewer, right: keyof RowRights): Result<QueueRow> {
  const row = rows.find((row) => row.id === id)
  if (!row) return refuse('no_such_message', 'No answer of that name is being waited for.')
  if (row.state !== 'waiting') return refuse('too_late', 'That answer is being written already.')
  if (!rightsOn(row, rows, viewer)[right])
    return refuse('not_yours', 'Somebody else asked for that answer. They may cancel it, and the room’s owner may order what waits.')
  return accept(row)
}
