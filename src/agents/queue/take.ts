// Who speaks next. In order, but for those whose agent writes as much at once as it may, and those that wait for another's end:
// they hold up nobody.
import type { MemberId, MessageId } from '../../conversation/ids'
import { step, type Step } from './changes'
import { MOST_ASKED, MOST_SPEAKING, speakingIn, waitingIn, withRow, type QueueRow } from './row'

export interface Taken extends Step {
  /** The replies that begin now, in order. */
  readonly taken: readonly MessageId[]
}

/** `atOnce`: the answers that an agent writes at the same time. */
export function take(rows: readonly QueueRow[], atOnce: (agent: MemberId) => number): Taken {
  let after = rows
  const taken: MessageId[] = []
  for (const row of waitingIn(rows)) {
    if (isHeld(row, after) || !hasPlace(row, speakingIn(after), atOnce)) continue
    after = withRow(after, { ...row, state: 'speaking' })
    taken.push(row.id)
  }
  return { ...step(rows, after), taken }
}

/** Whom an agent asks that waits meanwhile holds up nobody, and is held up by nobody: else those who wait for each other would wait for ever. */
function hasPlace(row: QueueRow, speaking: readonly QueueRow[], atOnce: (agent: MemberId) => number): boolean {
  const others = speaking.filter((one) => isAsked(one) === isAsked(row))
  if (isAsked(row)) return others.length < MOST_ASKED
  return others.length < MOST_SPEAKING && others.filter(({ agent }) => agent === row.agent).length < atOnce(row.agent)
}

function isAsked({ why }: QueueRow): boolean {
  return why.rule === 'agent-asked'
}

/** A reply has ended: written, failed, or stopped while it spoke. One that is not there changes nothing. */
export function settle(rows: readonly QueueRow[], id: MessageId): Step {
  return step(
    rows,
    rows.filter((row) => row.id !== id),
  )
}

/** What is to be heard now is first acted upon. */
function isHeld({ after, steer }: QueueRow, rows: readonly QueueRow[]): boolean {
  return steer?.outcome === null || (after !== undefined && rows.some(({ id }) => id === after))
}
