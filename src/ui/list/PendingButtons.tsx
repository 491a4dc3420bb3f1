'use client'
// What an author can do with a post that the room refused.
import { useContext } from 'react'
import type { Pending } from '../../conversation/room-client'
import { toComposer } from '../basics/hand-over'
import { Icon } from '../basics/Icon'
import { RoomActionsContext } from '../frame/room-actions'
import { SmallButton } from '../basics/SmallButton'

/** `waits`: it is too early to send it again. */
export function PendingButtons({ post, waits = false }: { readonly post: Pending; readonly waits?: boolean }) {
  const actions = useContext(RoomActionsContext)
  return (
    <>
      <SmallButton ref={toComposer} disabled={!actions || waits} onClick={() => actions?.resend(post)}>
        <Icon name="retry" className="size-4" />
        Retry
      </SmallButton>
      <SmallButton disabled={!actions} onClick={() => actions?.edit(post)}>
        <Icon name="edit" className="size-4" />
        Edit
      </SmallButton>
    </>
  )
}
