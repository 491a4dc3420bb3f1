'use client'
// The one button of a measurement, and the one that forgets it.
import { Button } from '../ui/basics/Button'
import { useHydrated } from '../ui/frame/hydrated'
import { useComparison, useReading } from './comparison-context'

export function RunButtons() {
  const comparison = useComparison()
  const { phase, ready } = useReading()
  const hydrated = useHydrated()
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" disabled={!hydrated || !ready || phase === 'running'} onClick={comparison.run} className="min-h-11 px-5">
        <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 fill-current">
          <path d="M3 1.5v13l11-6.5z" />
        </svg>
        Run the standard reply
      </Button>
      <Button disabled={!hydrated} onClick={comparison.reset} className="min-h-11">
        Reset
      </Button>
    </div>
  )
}
