'use client'
// What the server rendered of a message, given the message as it stands. It is drawn again when one of them is another,
// and not whenever the list is.
import { memo } from 'react'
import { MessageItem } from '../../ui/list/MessageItem'
import { RowInDocument } from '../opening/RowInDocument'
import type { NodeRow } from './held-room'
import { LiveMessageContext } from './live-message'

export const LiveRow = memo(function LiveRow({ message, node }: Pick<NodeRow, 'message' | 'node'>) {
  return (
    <RowInDocument id={message.id}>
      {node === undefined ? <MessageItem message={message} /> : <LiveMessageContext value={message}>{node}</LiveMessageContext>}
    </RowInDocument>
  )
})
