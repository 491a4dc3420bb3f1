'use client'
// Asks the room for a reply again.
import { useContext } from 'react'
import type { MessageId } from '../conversation/ids'
import { useHydrated } from './hydrated'
import { Icon } from './Icon'
import { RoomActionsContext } from './room-actions'
import { SmallButton } from './SmallButton'

export function RetryButton({ id }: { readonly id: MessageId }) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  return (
    <SmallButton disabled={!actions || !hydrated} onClick={() => actions?.retryReply(id)}>
      <Icon name="retry" className="size-4" />
      Retry
    </SmallButton>
  )
}
