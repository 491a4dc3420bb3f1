// A folded piece of an agent's work: one line until somebody opens it. Native, so that it needs no script.
import type { ReactNode } from 'react'
import { Icon } from '../basics/Icon'

export interface FoldProps {
  readonly kind: 'reasoning' | 'tool' | 'asked'
  /** What it is as long as nobody touches it. */
  readonly open?: boolean
  /** By which programs find it. */
  readonly data?: Readonly<Record<`data-${string}`, string>>
  readonly summary: ReactNode
  readonly children: ReactNode
}

export function Fold({ kind, open = false, data, summary, children }: FoldProps) {
  return (
    <details data-part={kind} open={open} {...data} className="group mt-1 mb-1.5 w-fit max-w-full rounded-lg border border-line text-sm open:w-full">
      <summary className="flex min-h-10 list-none items-center gap-2 rounded-lg px-2.5 text-muted hover:text-ink pointer-fine:min-h-8 [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-3.5 transition-transform group-open:rotate-90" />
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">{summary}</span>
      </summary>
      <div className="border-t border-line px-3 py-2.5">{children}</div>
    </details>
  )
}
