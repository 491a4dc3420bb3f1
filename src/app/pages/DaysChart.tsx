// The last 31 days as bars, and the same as a table for whoever does not see them or wants the numbers.
import { Counted } from '../../ui/basics/Counted'
import { moneyOf } from '../../ui/basics/money'
import { numeral } from '../../ui/basics/counted'
import { INTERFACE } from '../../ui/basics/language'
import type { DayCost } from '../../room/spending/costs'

const DAYS = 31
const DAY_MS = 24 * 60 * 60 * 1000
/** In units of the drawing, which is as wide as the page. */
const STEP = 10
const HEIGHT = 60

interface DaysChartProps {
  /** In their order, without those when nothing was asked. */
  readonly days: readonly DayCost[]
  /** The beginning of today, ms since 1970. */
  readonly todayAt: number
}

export function DaysChart({ days, todayAt }: DaysChartProps) {
  const first = todayAt - (DAYS - 1) * DAY_MS
  const shown = days.filter(({ at }) => at >= first)
  const most = Math.max(1, ...shown.map(tokensOf))
  const [busiest] = shown.toSorted((a, b) => tokensOf(b) - tokensOf(a))
  if (!busiest) return null
  return (
    <figure className="m-0">
      <figcaption className="pb-2 text-sm font-medium text-ink">By day</figcaption>
      <svg
        role="img"
        aria-label={`Tokens of the last ${DAYS} days; the most, ${numeral(tokensOf(busiest), INTERFACE)}, on ${dayOf(busiest.at)}`}
        viewBox={`0 0 ${DAYS * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-24 w-full"
      >
        <rect y={HEIGHT - 0.5} width={DAYS * STEP} height="0.5" className="fill-line" />
        {shown.map((day) => {
          const height = Math.max(1, (tokensOf(day) / most) * (HEIGHT - 1))
          return (
            <rect
              key={day.at}
              data-day={dayOf(day.at)}
              data-tokens={tokensOf(day)}
              x={((day.at - first) / DAY_MS) * STEP + 1}
              y={HEIGHT - height}
              width={STEP - 2}
              height={height}
              className="fill-accent"
            >
              <title>{`${dayOf(day.at)}: ${numeral(tokensOf(day), INTERFACE)} tokens`}</title>
            </rect>
          )
        })}
      </svg>
      <div className="flex justify-between text-xs text-muted">
        <span>{dayOf(first)}</span>
        <span>{dayOf(todayAt)}</span>
      </div>
      <details className="mt-1">
        <summary className="flex min-h-10 items-center text-sm text-muted underline underline-offset-2">Days in numbers</summary>
        <table className="w-full text-sm text-ink tabular-nums">
          <thead>
            <tr className="text-muted">
              {['Day', 'Tokens', 'Answers', 'Money'].map((what, at) => (
                <th key={what} scope="col" className={`py-1 font-normal ${at === 0 ? 'text-start' : 'text-end'}`}>
                  {what}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.toReversed().map((day) => (
              <tr key={day.at} className="border-t border-line">
                <th scope="row" className="py-1 text-start font-normal">
                  {dayOf(day.at)}
                </th>
                <td className="text-end">
                  <Counted count={tokensOf(day)} />
                </td>
                <td className="text-end">
                  <Counted count={day.turns} />
                </td>
                <td className="text-end">{moneyOf(day)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

function tokensOf({ input, output }: DayCost): number {
  return input + output
}

/** As in 2026-11-26: the days of the count are UTC for everybody. */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
