'use client'
// The measurement that goes on around a component, and its newest reading.
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Comparison, Reading } from './comparison'

export const ComparisonContext = createContext<Comparison | null>(null)

export function useComparison(): Comparison {
  const comparison = useContext(ComparisonContext)
  if (!comparison) throw new Error('nothing is measured here')
  return comparison
}

export function useReading(): Reading {
  const comparison = useComparison()
  return useSyncExternalStore(comparison.subscribe, comparison.get, comparison.get)
}
