// An expected no from the room, in words, above the composer.
import { useState } from 'react'
import type { Refusal } from '../../conversation/refusal'
import { Icon } from '../basics/Icon'
import { useDeviceSeconds } from '../basics/server-seconds'
import { waitInWords, waitLeft } from '../basics/wait'

export function RefusalNote({ refusal }: { readonly refusal: Refusal }) {
  const now = useDeviceSeconds(refusal.retryAfterMs !== undefined)
  const [shown, setShown] = useState({ refusal, since: now })
  if (shown.refusal !== refusal) setShown({ refusal, since: now })
  const wait = waitLeft(refusal.retryAfterMs, shown.since, now)
  return (
    <div className="refusal-note mx-auto w-full max-w-3xl px-2 pb-2 sm:px-4">
      <p role="alert" className="flex items-center gap-2 rounded-lg bg-danger-soft px-3 py-2 text-sm text-danger">
        <Icon name="warn" className="size-4" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {refusal.message}
          {wait > 0 ? (
            // Said once, and not again with every second.
            <span aria-live="off" data-part="wait">
              {' '}
              Try again in {waitInWords(wait)}.
            </span>
          ) : null}
        </span>
      </p>
    </div>
  )
}
