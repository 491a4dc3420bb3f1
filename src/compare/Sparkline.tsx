// A small chart: a filled area, and a line over it, drawn as steps because things arrive all at once. Hook-free.
import type { Point } from './figures'

export interface SparklineProps {
  /** What it says, in words. */
  readonly label: string
  readonly area?: readonly Point[]
  readonly line?: readonly Point[]
  /** Like an area, in a colour that can stand alone. */
  readonly bars?: readonly Point[]
  /** The largest x and y of all the charts that are compared; what is higher is cut off. */
  readonly width: number
  readonly height: number
  readonly className?: string
}

/** Of the drawing; the page stretches it. */
const WIDE = 200
const HIGH = 50

export function Sparkline({ label, area = [], line = [], bars = [], width, height, className = 'h-11' }: SparklineProps) {
  const scaled = (points: readonly Point[]) =>
    points.map(([x, y]): Point => [(x / Math.max(width, 1)) * WIDE, HIGH - Math.min(1, y / Math.max(height, 1)) * (HIGH - 2)])
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" className={`block w-full ${className}`}>
      <path d={`M0 ${HIGH}H${WIDE}`} vectorEffect="non-scaling-stroke" className="stroke-line-strong" />
      <path d={closed(scaled(area))} className="fill-(--lane-area)" />
      <path d={closed(scaled(bars))} className="fill-(--lane)" />
      <path d={steps(scaled(line))} fill="none" strokeWidth={2} strokeLinejoin="round" vectorEffect="non-scaling-stroke" className="stroke-(--lane)" />
    </svg>
  )
}

function steps(points: readonly Point[]): string {
  return points.length === 0 ? '' : `M0 ${HIGH}${points.map(([x, y]) => `H${x.toFixed(1)}V${y.toFixed(1)}`).join('')}`
}

/** The same, down to the ground. */
function closed(points: readonly Point[]): string {
  return points.length === 0 ? '' : `${steps(points)}V${HIGH}Z`
}
