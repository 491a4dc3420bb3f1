'use client'
// The table of figures, live.
import { useReading } from './comparison-context'
import { FigureTable } from './FigureTable'

export function CompareFigures() {
  const { lanes, phase } = useReading()
  return <FigureTable lanes={lanes} final={phase === 'done'} />
}
