'use client'
// What a message says, in the rsc lane: the words that this client holds by now, or those that came with the rendering.
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { MessageId } from '../../conversation/ids'
import type { Part } from '../../conversation/message'
import { MessageBody } from '../../ui/parts/MessageBody'

/** Where the words of a message are found while they grow. */
export interface LiveParts {
  subscribe(listener: () => void): () => void
  /** Null when this client does not hold the message. */
  partsOf(id: MessageId): readonly Part[] | null
}

const nowhere: LiveParts = { subscribe: () => () => {}, partsOf: () => null }

export const LivePartsContext = createContext<LiveParts>(nowhere)

interface LiveBodyProps {
  readonly id: MessageId
  readonly parts: readonly Part[]
  readonly streaming: boolean
}

export function LiveBody({ id, parts, streaming }: LiveBodyProps) {
  const live = useContext(LivePartsContext)
  const read = () => live.partsOf(id) ?? parts
  return <MessageBody parts={useSyncExternalStore(live.subscribe, read, read)} streaming={streaming} />
}
