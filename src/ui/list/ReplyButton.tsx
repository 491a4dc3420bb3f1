'use client'
// Chooses a message to reply to. Over the message's corner, or in the margin of one without a header, so that it takes no line and
// nothing moves when scripts come.
import { useContext } from 'react'
import type { MessageId } from '../../conversation/ids'
import { Icon } from '../basics/Icon'
import { useHydrated } from '../frame/hydrated'
import { RoomActionsContext } from '../frame/room-actions'

export function ReplyButton({ id }: { readonly id: MessageId }) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  if (!hydrated || !actions?.replyTo) return null
  const { replyTo } = actions
  return (
    <button type="button" className="reply-button" aria-label="Reply" title="Reply" onClick={() => replyTo(id)}>
      <Icon name="reply" className="size-4" />
    </button>
  )
}
