'use client'
// What the lane on the screen costs this browser, in a corner of its room. For `?debug`.
import { Icon } from '../ui/basics/Icon'
import { useComparison, useReading } from './comparison-context'
import { PLAIN_ROWS, RATIO } from './figure-rows'
import { LANE_FACTS } from './lane-facts'
import { Sparkline } from './Sparkline'

export function DebugPanel() {
  const comparison = useComparison()
  const { lanes } = useReading()
  const [reading] = lanes
  if (!reading) return null
  const { lane, figures, received, text } = reading
  const [ms = 1, bytes = 1] = received.at(-1) ?? []
  return (
    <details
      data-lane={lane}
      className="group absolute right-2 bottom-2 max-w-[calc(100%-1rem)] rounded-xl border border-line-strong bg-raised text-ink shadow-float sm:right-3"
      open
    >
      <summary className="flex min-h-10 list-none items-center gap-2 px-3 text-sm font-semibold [&::-webkit-details-marker]:hidden">
        <span aria-hidden="true" className="size-2.5 rounded-full bg-(--lane)" />
        {LANE_FACTS[lane].label}
        <span className="ml-auto pl-6 font-medium tabular-nums">{RATIO.words(figures)}</span>
        <Icon name="chevron" className="size-4 -rotate-90 text-muted group-open:rotate-90" />
      </summary>
      <div className="flex w-56 flex-col gap-2 border-t border-line px-3 pt-2 pb-3">
        <Sparkline
          label="Bytes received, over the text among them, since counting began"
          area={text}
          line={received}
          width={ms}
          height={bytes}
          className="h-9"
        />
        <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 text-[0.8125rem]">
          {[RATIO, ...PLAIN_ROWS].map((row) => (
            <div key={row.name} className="contents">
              <dt title={row.meaning} className="text-muted">
                {row.name}
              </dt>
              <dd className="text-right font-medium tabular-nums">{row.words(figures)}</dd>
            </div>
          ))}
        </dl>
        <button type="button" onClick={comparison.reset} className="min-h-8 rounded-lg border border-line-strong text-sm font-medium hover:bg-paper">
          Reset
        </button>
      </div>
    </details>
  )
}
