'use client'
// That a reply was stopped, unless the line above it says how and by whom: that is amended, and the note may have been made before.
import { createContext, useContext } from 'react'

/** Whether the message around it says so already. */
export const EndToldContext = createContext(false)

export function Stopped() {
  return useContext(EndToldContext) ? null : 'This reply was stopped.'
}
