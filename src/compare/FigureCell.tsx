// One figure of one lane. Hook-free.
import type { ReactNode } from 'react'
import type { LaneName } from '../lanes/lanes'

export interface FigureCellProps {
  readonly lane: LaneName
  readonly words: string
  readonly best: boolean
  readonly look: 'large' | 'small'
  /** Beside the figure; below it on a phone. */
  readonly children?: ReactNode
}

const LOOK = {
  large: 'text-2xl font-semibold tracking-tight md:text-4xl',
  small: 'text-[0.8125rem] font-medium md:text-base',
}

export function FigureCell({ lane, words, best, look, children }: FigureCellProps) {
  return (
    <td data-lane={lane} data-best={best} className="px-1.5 py-0.5 align-middle md:border-l md:border-line md:px-4">
      <div className="flex items-center gap-x-3 max-md:flex-col max-md:items-start">
        <span className={`rounded-md tabular-nums md:whitespace-nowrap ${LOOK[look]} ${best ? 'bg-(--lane-soft) px-1.5 text-(--lane)' : 'text-ink'}`}>
          {words}
          {best ? <span className="sr-only">, best</span> : null}
        </span>
        {children ? <span className="min-w-0 flex-1 max-md:w-full">{children}</span> : null}
      </div>
    </td>
  )
}
