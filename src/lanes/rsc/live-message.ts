// The messages that this client holds, for the leaves inside what the server rendered: those know only how a message was.
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'

export interface LiveMessages {
  subscribe(listener: () => void): () => void
  /** Null when this client does not hold the message. */
  messageOf(id: MessageId): Message | null
}

const nowhere: LiveMessages = { subscribe: () => () => {}, messageOf: () => null }

export const LiveMessagesContext = createContext<LiveMessages>(nowhere)

/** The message as it stands, or null where only its rendering is known. */
export function useLiveMessage(id: MessageId): Message | null {
  const live = useContext(LiveMessagesContext)
  const read = () => live.messageOf(id)
  return useSyncExternalStore(live.subscribe, read, read)
}
