'use client'
// What the server rendered of a message, given the message as it stands. It is drawn again when one of them is another,
// and not whenever the list is. What it refers to may be on its way: until then this draws the same itself.
import { memo, type ReactNode } from 'react'
import { RowInDocument } from '../opening/RowInDocument'
import type { NodeRow } from './held-room'
import { LiveMessageContext } from './live-message'
import { renderMessage } from './render'

interface LiveRowProps extends Pick<NodeRow, 'message' | 'node'> {
  /** Goes on from the message before. */
  readonly continued?: boolean
}

export const LiveRow = memo(function LiveRow({ message, node, continued = false }: LiveRowProps) {
  const given = (drawn: ReactNode) => <LiveMessageContext value={message}>{drawn}</LiveMessageContext>
  const drawnHere = renderMessage(message, continued)
  return (
    <RowInDocument id={message.id} meanwhile={given(drawnHere)}>
      {given(node ?? drawnHere)}
    </RowInDocument>
  )
})
