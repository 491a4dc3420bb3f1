'use client'
// Asks the room for the rest of a reply that was cut off.
import { useContext } from 'react'
import type { MessageId } from '../../conversation/ids'
import { toMessage } from '../basics/hand-over'
import { useHydrated } from '../frame/hydrated'
import { Icon } from '../basics/Icon'
import { RoomActionsContext } from '../frame/room-actions'
import { SmallButton } from '../basics/SmallButton'

export function ContinueButton({ id }: { readonly id: MessageId }) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  return (
    <SmallButton ref={toMessage} disabled={!actions || !hydrated} onClick={() => actions?.continueReply(id)}>
      <Icon name="down" className="size-4" />
      Continue
    </SmallButton>
  )
}
