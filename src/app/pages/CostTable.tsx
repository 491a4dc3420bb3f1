// What each person, agent or model took this month, the most first: a table whose rows are a chart, too. The bars repeat the numbers for
// the eye alone.
import { Counted } from '../../ui/basics/Counted'
import { moneyOf } from '../../ui/basics/money'
import type { CostLine } from '../../room/spending/costs'

interface CostTableProps {
  readonly title: string
  readonly lines: readonly CostLine[]
  readonly of: 'person' | 'agent' | 'model'
}

const FILL = { person: 'fill-accent', agent: 'fill-agent', model: 'fill-muted' } as const

export function CostTable({ title, lines, of }: CostTableProps) {
  const most = Math.max(1, ...lines.map(({ input, output }) => input + output))
  return (
    <table className="w-full table-fixed text-sm text-ink">
      <caption className="pb-1 text-start font-medium">{title}</caption>
      <thead>
        <tr className="text-end text-muted">
          <th scope="col" className="w-[28%] py-1 text-start font-normal capitalize sm:w-2/5">
            {of}
          </th>
          <th scope="col" className="text-end font-normal">
            Today
          </th>
          <th scope="col" className="text-end font-normal">
            Month
          </th>
          <th scope="col" className="w-[28%] text-end font-normal sm:w-auto">
            Money
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={line.key} line={line} of={of} most={most} />
        ))}
        {lines.length === 0 ? (
          <tr>
            <td colSpan={4} className="border-t border-line py-2 text-muted">
              Nothing this month.
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  )
}

function Row({ line, of, most }: { readonly line: CostLine; readonly of: CostTableProps['of']; readonly most: number }) {
  const { key, name, input, output, today } = line
  const tokens = input + output
  return (
    <tr
      {...(of === 'model' ? { 'data-model': key } : { 'data-member': key })}
      data-tokens={tokens}
      data-tokens-today={today.input + today.output}
      className="border-t border-line align-top tabular-nums"
    >
      <th scope="row" className="py-2 pe-3 text-start font-normal">
        {/* Each name reads in its own direction, and stands where its bar begins. */}
        <bdi className="block truncate text-left" title={name}>
          {name}
        </bdi>
        <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" className="mt-1 h-1.5 w-full">
          <rect width={(tokens / most) * 100} height="1" className={FILL[of]} />
        </svg>
      </th>
      <td className="py-2 text-end whitespace-nowrap max-sm:text-[0.8125rem] max-[24rem]:text-xs">
        <Counted count={today.input + today.output} />
      </td>
      <td className="py-2 text-end whitespace-nowrap max-sm:text-[0.8125rem] max-[24rem]:text-xs">
        <Counted count={tokens} />
      </td>
      <td className="py-2 text-end max-sm:text-[0.8125rem] max-[24rem]:text-xs">{moneyOf(line)}</td>
    </tr>
  )
}
