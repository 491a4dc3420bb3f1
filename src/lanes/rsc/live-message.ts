// A row's message as this client holds it, for the leaves inside what the server rendered: those know only how it was.
import { createContext, useContext } from 'react'
import type { Message } from '../../conversation/message'

/** Null outside a row. */
export const LiveMessageContext = createContext<Message | null>(null)

/** The message as it stands. */
export function useLiveMessage(): Message | null {
  return useContext(LiveMessageContext)
}
