// An expected no from the room, in words, above the composer.
import type { Refusal } from '../../conversation/refusal'
import { Icon } from '../basics/Icon'
import { waitInWords } from '../basics/wait'

export function RefusalNote({ refusal }: { readonly refusal: Refusal }) {
  return (
    <div className="refusal-note mx-auto w-full max-w-3xl px-2 pb-2 sm:px-4">
      <p role="alert" className="flex items-center gap-2 rounded-lg bg-danger-soft px-3 py-2 text-sm text-danger">
        <Icon name="warn" className="size-4" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {refusal.message}
          {refusal.retryAfterMs === undefined ? null : ` Try again in ${waitInWords(refusal.retryAfterMs)}.`}
        </span>
      </p>
    </div>
  )
}
