'use client'
// Who said it and when, of the message around it.
import { EntryHead } from '../../ui/list/Entry'
import { useLiveMessage } from './live-message'

export function LiveHead() {
  const message = useLiveMessage()
  return message && <EntryHead {...message.metadata} />
}
