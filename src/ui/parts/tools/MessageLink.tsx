'use client'
// Leads to a message of this room by its number, also to one that is not loaded yet.
import { type MouseEvent, useContext } from 'react'
import { LineButton } from '../../basics/LineButton'
import { useHydrated } from '../../frame/hydrated'
import { RoomActionsContext } from '../../frame/room-actions'
import { goToMessage } from '../../list/go-to-message'

export function MessageLink({ number }: { readonly number: number }) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  const go = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const list = currentTarget.closest<HTMLElement>('.room-log')
    if (list && actions) void goToMessage(list, number, () => actions.loadEarlier())
  }
  return (
    <LineButton disabled={!actions || !hydrated} aria-label={`Go to message ${number}`} onClick={go}>
      Go to #{number}
    </LineButton>
  )
}
