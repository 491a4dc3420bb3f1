'use client'
// The buttons of a reply that waits, for whoever may press them. The row that was rendered for everybody has none.
import { useContext } from 'react'
import type { MemberId, MessageId } from '../../conversation/ids'
import { toMessage } from '../basics/hand-over'
import { LineButton } from '../basics/LineButton'
import { useHydrated } from '../frame/hydrated'
import { MergeableContext, RoomActionsContext } from '../frame/room-actions'
import { ORDER_WORDS, queueOrders } from './queue-orders'

interface QueueButtonsProps {
  readonly id: MessageId
  /** Who asked for it; null where that is not known. */
  readonly asker: MemberId | null
  readonly isNext: boolean
}

export function QueueButtons({ id, asker, isNext }: QueueButtonsProps) {
  const actions = useContext(RoomActionsContext)
  const mergeable = useContext(MergeableContext)
  const hydrated = useHydrated()
  if (!hydrated || !actions) return null
  return queueOrders({ asker, isNext, isMergeable: mergeable.has(id) }, actions.viewer, actions.mayOrder).map((order) => (
    <LineButton key={order} ref={toMessage} onClick={() => actions.order(order, id)}>
      {ORDER_WORDS[order]}
    </LineButton>
  ))
}
