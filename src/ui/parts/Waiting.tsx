'use client'
// How long a reply has been waiting for its model, once that is long enough to wonder: before its first word, and whenever it
// says nothing for a while. It counts by the server's clock, and nothing is sent for it.
import { useState } from 'react'
import { useServerSeconds } from '../basics/server-seconds'
import { elapsedInWords } from '../basics/wait'

/** Sooner than this nobody wonders, ms: a model may be slow, and a line must not come and go between its words. */
const SHOWN_AFTER_MS = { beforeWords: 3_000, betweenWords: 10_000 }

export interface WaitingProps {
  /** When the reply was begun: server time, ms since 1970. */
  readonly since: number
  /** How much it says, by whatever measure: it grows with every word. */
  readonly said: number
}

export function Waiting({ since, said }: WaitingProps) {
  const now = useServerSeconds(true)
  /** When it last grew before our eyes. */
  const [grown, setGrown] = useState({ said: 0, at: since })
  if (now === null) return null
  if (grown.said !== said) setGrown({ said, at: now })
  const waited = now - Math.max(grown.at, since)
  if (grown.said !== said || waited < SHOWN_AFTER_MS[said === 0 ? 'beforeWords' : 'betweenWords']) return null
  return (
    <p role="timer" data-part="waiting" className="mt-1 text-sm text-muted">
      Waiting for the model, {elapsedInWords(waited)}
    </p>
  )
}
