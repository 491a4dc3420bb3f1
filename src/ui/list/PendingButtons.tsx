'use client'
// What an author can do with a post that the room refused.
import { useContext } from 'react'
import type { Pending } from '../../conversation/room-client'
import { toComposer } from '../basics/hand-over'
import { Icon } from '../basics/Icon'
import { RoomActionsContext } from '../frame/room-actions'
import { SmallButton } from '../basics/SmallButton'

export function PendingButtons({ post }: { readonly post: Pending }) {
  const actions = useContext(RoomActionsContext)
  return (
    <>
      <SmallButton ref={toComposer} disabled={!actions} onClick={() => actions?.resend(post)}>
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
