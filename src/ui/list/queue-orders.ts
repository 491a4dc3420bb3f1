// What somebody may do with a reply that waits. Whether "Now" may interrupt is known to the room alone, which says so.
import type { MemberId } from '../../conversation/ids'
import type { QueueOrder } from '../../conversation/room-client'

interface Waiting {
  /** Who asked for it; null where that is not known. */
  readonly asker: MemberId | null
  readonly isNext: boolean
  /** The same person waits for another reply of the same agent. */
  readonly isMergeable: boolean
}

/** In the order of their buttons; none for whoever may do nothing. */
export function queueOrders({ asker, isNext, isMergeable }: Waiting, viewer: MemberId, mayOrder: boolean): readonly QueueOrder[] {
  if (!mayOrder && asker !== viewer) return []
  return ['cancel', ...(mayOrder && !isNext ? (['move-up'] as const) : []), 'now', ...(isMergeable ? (['merge'] as const) : [])]
}

export const ORDER_WORDS: Readonly<Record<QueueOrder, string>> = { cancel: 'Cancel', 'move-up': 'Move up', now: 'Now', merge: 'Merge' }
