'use client'
// Leads to a message of this room by its number, also to one that is not loaded yet.
import { useContext } from 'react'
import { LineButton } from '../../basics/LineButton'
import { useHydrated } from '../../frame/hydrated'
import { RoomActionsContext } from '../../frame/room-actions'

export function MessageLink({ number }: { readonly number: number }) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  return (
    <LineButton disabled={!actions || !hydrated} aria-label={`Go to message ${number}`} onClick={() => actions?.goToMessage(number)}>
      Go to #{number}
    </LineButton>
  )
}
