// The figures of all lanes, a column each. Hook-free.
import type { LaneName } from '../lanes/lanes'
import { bestOf } from './best'
import { FigureCell } from './FigureCell'
import { LAG, PLAIN_ROWS, RATIO, type FigureRow } from './figure-rows'
import type { LaneReading, Point } from './figures'
import { bytesInWords, msInWords } from './in-words'
import { LANE_FACTS } from './lane-facts'
import { Sparkline } from './Sparkline'

export interface FigureTableProps {
  readonly lanes: readonly LaneReading[]
  /** The figures are final: the best may be named. */
  readonly final: boolean
}

export function FigureTable({ lanes, final }: FigureTableProps) {
  const bytes = { width: most(lanes, ({ received, text }) => [...received, ...text], 0), height: most(lanes, ({ received }) => received, 1) }
  // One slow moment would flatten all the others: the tallest are cut off.
  const lag = { width: most(lanes, ({ lags }) => lags, 0), height: 1.5 * Math.max(1, ...lanes.map(({ figures }) => figures.lag?.p99 ?? 0)) }
  const values = (row: FigureRow) =>
    final
      ? bestOf(
          lanes.map(({ figures }) => row.value(figures)),
          row.alike,
        )
      : []
  const cells = (row: FigureRow, look: 'large' | 'small') => {
    const best = values(row)
    return lanes.map(({ lane, figures }, at) => <FigureCell key={lane} lane={lane} words={row.words(figures)} best={best[at] === true} look={look} />)
  }
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">What each sync engine cost this browser</caption>
      <thead>
        <tr>
          <th scope="col" className="w-24 md:w-56">
            <span className="sr-only">Figure</span>
          </th>
          {lanes.map(({ lane }) => (
            <LaneHeading key={lane} lane={lane} />
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <RowHeading {...RATIO} strong />
          {cells(RATIO, 'large')}
        </tr>
        <tr>
          <RowHeading name="As it came" meaning="line: received, area: its text" />
          {lanes.map(({ lane, received, text, figures }) => (
            <td key={lane} data-lane={lane} className={`${COLUMN} pt-0.5 pb-1.5`}>
              <Sparkline
                label={`${LANE_FACTS[lane].label}: ${figures.bytes === 0 ? 'nothing received yet' : `${bytesInWords(figures.bytes)} received for ${bytesInWords(text.at(-1)?.[1] ?? 0)} of text, over time`}`}
                area={text}
                line={received}
                {...bytes}
              />
            </td>
          ))}
        </tr>
        {PLAIN_ROWS.map((row) => (
          <tr key={row.name} className="border-t border-line">
            <RowHeading {...row} />
            {cells(row, 'small')}
          </tr>
        ))}
        <tr className="border-t border-line">
          <RowHeading {...LAG} />
          {lanes.map(({ lane, figures, lags }, at) => (
            <FigureCell key={lane} lane={lane} words={LAG.words(figures)} best={values(LAG)[at] === true} look="small">
              <Sparkline
                label={`${LANE_FACTS[lane].label}: ${lags.length === 0 ? 'nothing measured yet' : `at most ${msInWords(most([{ lags }], (of) => of.lags, 1))} behind`}`}
                bars={lags}
                className="h-5"
                {...lag}
              />
            </FigureCell>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

/** Of every cell that belongs to a lane. */
const COLUMN = 'px-1.5 md:border-l md:border-line md:px-4'

function LaneHeading({ lane }: { readonly lane: LaneName }) {
  const { label, builtOn, travels } = LANE_FACTS[lane]
  return (
    <th scope="col" data-lane={lane} className={`${COLUMN} border-t-3 border-t-(--lane)! pt-1.5 pb-1 text-left align-top font-normal`}>
      <span className="block truncate text-[0.9375rem] font-semibold text-(--lane) md:text-xl md:tracking-tight">{label}</span>
      <span className="block text-xs text-muted max-md:hidden">{builtOn}</span>
      <span className="mt-1 block text-[0.8125rem] leading-snug text-ink max-md:hidden">{travels}</span>
    </th>
  )
}

function RowHeading({ name, meaning, strong = false }: Pick<FigureRow, 'name' | 'meaning'> & { readonly strong?: boolean }) {
  return (
    <th scope="row" className="py-0.5 pr-2 pl-3 text-left align-middle font-normal md:pl-5">
      <span className={`block leading-tight text-ink ${strong ? 'text-[0.8125rem] font-semibold md:text-base' : 'text-xs font-medium md:text-sm'}`}>
        {name}
      </span>
      <span className="block text-[0.6875rem] leading-tight text-muted max-md:hidden">{meaning}</span>
    </th>
  )
}

function most<T>(lanes: readonly T[], points: (lane: T) => readonly Point[], axis: 0 | 1): number {
  return lanes.reduce((most, lane) => points(lane).reduce((most, point) => Math.max(most, point[axis]), most), 0)
}
