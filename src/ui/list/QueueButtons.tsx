'use client'
// What may be done with a reply that waits, for whoever may. Whether "Now" may interrupt is known to the room alone, which says so.
import { useContext } from 'react'
import type { MemberId, MessageId } from '../../conversation/ids'
import { toMessage } from '../basics/hand-over'
import { SmallButton } from '../basics/SmallButton'
import { useHydrated } from '../frame/hydrated'
import { RoomActionsContext } from '../frame/room-actions'

interface QueueButtonsProps {
  readonly id: MessageId
  /** Who asked for it; null where that is not known. */
  readonly asker: MemberId | null
  readonly isNext: boolean
}

export function QueueButtons({ id, asker, isNext }: QueueButtonsProps) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  if (!actions || (!actions.mayOrder && asker !== actions.viewer)) return null
  return (
    <>
      <SmallButton ref={toMessage} disabled={!hydrated} onClick={() => actions.order('cancel', id)}>
        Cancel
      </SmallButton>
      {actions.mayOrder && !isNext ? (
        <SmallButton ref={toMessage} disabled={!hydrated} onClick={() => actions.order('move-up', id)}>
          Move up
        </SmallButton>
      ) : null}
      <SmallButton ref={toMessage} disabled={!hydrated} onClick={() => actions.order('now', id)}>
        Now
      </SmallButton>
    </>
  )
}
