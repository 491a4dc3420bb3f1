'use client'
// Measures the lane inside it.
import { useState, type ReactNode } from 'react'
import type { LaneName } from '../lanes/lanes'
import { MeteringContext } from '../lanes/client/metering'
import { Comparison } from './comparison'
import { ComparisonContext } from './comparison-context'

export function Measured({ lane, children }: { readonly lane: LaneName; readonly children: ReactNode }) {
  const [comparison] = useState(() => new Comparison([lane]))
  return (
    <ComparisonContext value={comparison}>
      <MeteringContext value={comparison.meters.get(lane) ?? null}>{children}</MeteringContext>
    </ComparisonContext>
  )
}
