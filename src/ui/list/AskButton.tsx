'use client'
// Asks one agent for an answer to a message that it was held back from.
import { useContext } from 'react'
import type { MemberId, MessageId } from '../../conversation/ids'
import { toMessage } from '../basics/hand-over'
import { LineButton } from '../basics/LineButton'
import { useHydrated } from '../frame/hydrated'
import { RoomActionsContext } from '../frame/room-actions'

interface AskButtonProps {
  readonly id: MessageId
  readonly agent: MemberId
  readonly name: string
}

export function AskButton({ id, agent, name }: AskButtonProps) {
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  return (
    <LineButton ref={toMessage} disabled={!actions || !hydrated} onClick={() => actions?.ask(id, agent)}>
      Ask {name}
    </LineButton>
  )
}
