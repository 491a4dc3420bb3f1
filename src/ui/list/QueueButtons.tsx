'use client'
// What may be done with a reply that waits, for whoever may. Whether "Now" may interrupt is known to the room alone, which says so.
import { useContext } from 'react'
import type { MemberId, MessageId } from '../../conversation/ids'
import { toMessage } from '../basics/hand-over'
import { LineButton } from '../basics/LineButton'
import { useHydrated } from '../frame/hydrated'
import { MergeableContext, RoomActionsContext } from '../frame/room-actions'

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
  // Whose they are depends on who looks: the row that was rendered for everybody has none.
  if (!hydrated || !actions || (!actions.mayOrder && asker !== actions.viewer)) return null
  return (
    <>
      <LineButton ref={toMessage} onClick={() => actions.order('cancel', id)}>
        Cancel
      </LineButton>
      {actions.mayOrder && !isNext ? (
        <LineButton ref={toMessage} onClick={() => actions.order('move-up', id)}>
          Move up
        </LineButton>
      ) : null}
      <LineButton ref={toMessage} onClick={() => actions.order('now', id)}>
        Now
      </LineButton>
      {mergeable.has(id) ? (
        <LineButton ref={toMessage} onClick={() => actions.order('merge', id)}>
          Merge
        </LineButton>
      ) : null}
    </>
  )
}
