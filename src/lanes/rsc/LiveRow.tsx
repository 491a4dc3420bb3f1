'use client'
// What the server rendered of a message, given the message as it stands.
import { memo } from 'react'
import { MessageItem } from '../../ui/list/MessageItem'
import type { NodeRow } from './held-room'
import { LiveMessageContext } from './live-message'

export const LiveRow = memo(function LiveRow({ message, node }: Pick<NodeRow, 'message' | 'node'>) {
  if (node === undefined) return <MessageItem message={message} />
  return <LiveMessageContext value={message}>{node}</LiveMessageContext>
})
