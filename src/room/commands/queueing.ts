// What people do with replies that wait. Each refuses whoever may not, and what is being written already.
import { cancel, merge, moveUp } from '../../agents/queue/orders'
import type { Viewer } from '../../agents/queue/rights'
import { wishNow } from '../../agents/queue/steer'
import type { Command } from '../../conversation/command'
import { accept, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'

export type Order = Extract<Command, { type: 'cancel' | 'move-up' | 'now' | 'merge' }>

const ORDERS = { cancel, 'move-up': moveUp, now: wishNow, merge } as const

/** Refuses: no_such_message, too_late, not_yours. */
export function order(port: PostingPort, member: Membership, { type, id }: Order): Result<null> {
  const ordered = ORDERS[type](port.queue.all(), id, viewerOf(port, member))
  if (!ordered.ok) return ordered
  port.queue.did(ordered.value)
  return accept(null)
}

export function viewerOf(port: Pick<PostingPort, 'isAmongFew'>, { id, role }: Membership): Viewer {
  const mayOrder = role === 'owner'
  return { id, mayOrder, mayStopAll: mayOrder || port.isAmongFew() }
}
