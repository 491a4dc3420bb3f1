// Back to the end of the list, with the number of messages that came meanwhile.
import { useState } from 'react'
import type { RowKey } from '../../conversation/room-client'
import { toComposer } from '../basics/hand-over'
import { Icon } from '../basics/Icon'

export interface JumpToLatestProps {
  readonly rows: readonly RowKey[]
  readonly atEnd: boolean
  readonly onJump: () => void
}

export function JumpToLatest({ rows, atEnd, onJump }: JumpToLatestProps) {
  const last = rows.at(-1)?.seq ?? 0
  const [seen, setSeen] = useState(last)
  // At the end everything is seen; adjusted while rendering, as React advises for state that follows props.
  if (atEnd && seen !== last) setSeen(last)
  if (atEnd) return null
  const count = rows.length - 1 - rows.findLastIndex((row) => row.seq <= seen)
  return (
    <button
      ref={toComposer}
      type="button"
      onClick={onJump}
      className="absolute bottom-3 left-1/2 inline-flex min-h-10 -translate-x-1/2 items-center gap-2 rounded-full border border-line-strong bg-raised px-4 text-sm font-medium whitespace-nowrap text-ink shadow-float hover:bg-paper"
    >
      <Icon name="down" className="size-4" />
      Jump to latest
      {count > 0 ? (
        <span className="rounded-full bg-accent px-2 py-px text-xs font-semibold text-on-accent tabular-nums">
          {count} <span className="sr-only">new</span>
        </span>
      ) : null}
    </button>
  )
}
