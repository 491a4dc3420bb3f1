// Who may do what with a reply that waits. As data, so that a screen shows the buttons that there are and the room asks the same.
import type { MemberId } from '../../conversation/ids'
import { askerOf, speakingIn, type QueueRow } from './row'

export interface Viewer {
  readonly id: MemberId
  /** The room's owner: who orders the queue. */
  readonly mayOrder: boolean
  /** Who may stop any reply [L8]: they, and among few people everybody. */
  readonly mayStopAll: boolean
}

export interface RowRights {
  readonly cancel: boolean
  readonly merge: boolean
  readonly moveUp: boolean
  readonly now: boolean
}

const NONE: RowRights = { cancel: false, merge: false, moveUp: false, now: false }

/** Who asked may cancel and merge theirs, and interrupt what they may stop with it; who orders the queue may do everything. */
export function rightsOn(row: QueueRow, rows: readonly QueueRow[], viewer: Viewer): RowRights {
  if (row.state !== 'waiting') return NONE
  const isTheirs = askerOf(row) === viewer.id
  const target = targetOf(row, rows)
  const mayInterrupt = target !== undefined && isTheirs && mayStop(target, viewer)
  return { cancel: viewer.mayOrder || isTheirs, merge: viewer.mayOrder || isTheirs, moveUp: viewer.mayOrder, now: viewer.mayOrder || mayInterrupt }
}

/** The reply that "now" interrupts: of those that the agent is writing, one that the same person asked for, else the oldest. */
export function targetOf(row: QueueRow, rows: readonly QueueRow[]): QueueRow | undefined {
  const speaking = speakingIn(rows, row.agent)
  return speaking.find(({ id }) => id === row.after) ?? speaking.find((other) => askerOf(other) === askerOf(row)) ?? speaking[0]
}

export function mayStop(row: QueueRow, viewer: Viewer): boolean {
  return viewer.mayOrder || viewer.mayStopAll || askerOf(row) === viewer.id
}
