'use client'
// Asks the room for a reply again.
import { useContext } from 'react'
import type { MessageId } from '../../conversation/ids'
import { toMessage } from '../basics/hand-over'
import { useHydrated } from '../frame/hydrated'
import { Icon } from '../basics/Icon'
import { RoomActionsContext } from '../frame/room-actions'
import { SmallButton } from '../basics/SmallButton'

export function RetryButton({ id }: { readonly id: MessageId }) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  return (
    <SmallButton ref={toMessage} disabled={!actions || !hydrated} onClick={() => actions?.retryReply(id)}>
      <Icon name="retry" className="size-4" />
      Retry
    </SmallButton>
  )
}
