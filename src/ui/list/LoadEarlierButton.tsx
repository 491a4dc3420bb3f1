'use client'
// The only way to older messages: nothing is fetched before somebody asks [L7].
import { useContext } from 'react'
import { toMessages } from '../basics/hand-over'
import { useHydrated } from '../frame/hydrated'
import { Icon } from '../basics/Icon'
import { RoomActionsContext } from '../frame/room-actions'
import { SmallButton } from '../basics/SmallButton'

export function LoadEarlierButton({ loading }: { readonly loading: boolean }) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  return (
    <SmallButton
      ref={toMessages}
      disabled={!actions || !hydrated}
      aria-disabled={loading}
      aria-busy={loading}
      onClick={() => loading || actions?.loadEarlier()}
    >
      {loading ? (
        <span aria-hidden="true" className="size-4 animate-spin rounded-full border-2 border-line-strong border-t-transparent" />
      ) : (
        <Icon name="up" className="size-4" />
      )}
      Load earlier messages
    </SmallButton>
  )
}
