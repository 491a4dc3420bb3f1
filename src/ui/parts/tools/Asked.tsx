'use client'
// What an agent asked another one, and the way to its answer, which is a message of its own.
import { useContext } from 'react'
import { askedOf } from '../../../conversation/engaged'
import { LineButton } from '../../basics/LineButton'
import { useHydrated } from '../../frame/hydrated'
import { RoomActionsContext } from '../../frame/room-actions'
import { RoomStateContext } from '../../frame/room-state'

/** `call`: the one that asks. `fault`: why there is no answer, or not all of one. */
export function Asked({ question, call, fault }: { readonly question: string; readonly call: string; readonly fault: string | null }) {
  const actions = useContext(RoomActionsContext)
  const room = useContext(RoomStateContext)
  const hydrated = useHydrated()
  const goToAnswer = (button: HTMLElement) => {
    const asking = button.closest<HTMLElement>('[data-message-id]')?.dataset['messageId']
    const answer = room?.getState().rows.findLast(({ message }) => message?.metadata.replyTo === asking && message && askedOf(message.metadata) === call)
    if (answer) actions?.goToMessage(answer.seq)
  }
  return (
    <div data-part="question">
      <p dir="auto">{question}</p>
      {fault === null ? null : <p>{fault}</p>}
      <LineButton disabled={!actions || !hydrated} onClick={({ currentTarget }) => goToAnswer(currentTarget)}>
        Go to the answer
      </LineButton>
    </div>
  )
}
