'use client'
// What a turn is doing that takes several steps, with Stop for whoever may. Drawn in the browser alone: it counts seconds, and who may stop
// it depends on who looks.
import { useContext } from 'react'
import { whyOf } from '../../conversation/engaged'
import type { Message } from '../../conversation/message'
import { numeral } from '../basics/counted'
import { LineButton } from '../basics/LineButton'
import { useServerSeconds } from '../basics/server-seconds'
import { type RoomActions, RoomActionsContext } from '../frame/room-actions'
import { workOf } from './working-words'

export function Working({ message }: { readonly message: Message }) {
  const now = useServerSeconds(true)
  const actions = useContext(RoomActionsContext)
  // Its place is kept until it is known what time it is.
  if (now === null) return <p data-part="work" />
  const { id, metadata } = message
  const { step, words } = workOf(message, now, numeral)
  const mayStop = actions !== null && (isStoppableByAll(message, actions) || (metadata.askedBy ?? whyOf(metadata)?.by) === actions.viewer)
  return (
    <p data-part="work" data-step={step}>
      <span>{words}</span>
      {mayStop ? <LineButton onClick={() => actions.stopReply(id)}>Stop this answer</LineButton> : null}
    </p>
  )
}

/** What waits for people is ended by whoever asked for it, and by the owner. */
function isStoppableByAll({ metadata: { status } }: Message, { mayOrder, mayStopAll }: RoomActions): boolean {
  return status === 'asking' ? mayOrder : mayStopAll
}
