'use client'
// The buttons of a measurement, of one agent and of three where a room has them, and the one that forgets it.
import { Button } from '../ui/basics/Button'
import { useHydrated } from '../ui/frame/hydrated'
import { useComparison, useReading } from './comparison-context'

/** `hasThree`: the room has agents enough. */
export function RunButtons({ hasThree }: { readonly hasThree: boolean }) {
  const comparison = useComparison()
  const { phase, ready } = useReading()
  const hydrated = useHydrated()
  const waits = !ready || phase === 'running'
  return (
    <div className="flex flex-wrap gap-2">
      {/* While it runs the button does nothing, and keeps the focus, which a disabled one would lose. */}
      <Button variant="primary" disabled={!hydrated} aria-disabled={waits} onClick={() => waits || comparison.run()} className="min-h-11 px-5">
        <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 fill-current">
          <path d="M3 1.5v13l11-6.5z" />
        </svg>
        Run the standard reply
      </Button>
      {hasThree ? (
        <Button disabled={!hydrated} aria-disabled={waits} onClick={() => waits || comparison.run('three')} className="min-h-11">
          Run three agents at once
        </Button>
      ) : null}
      <Button disabled={!hydrated} onClick={comparison.reset} className="min-h-11">
        Reset
      </Button>
    </div>
  )
}
