// What a reply cost, as people read it.
import type { UsageTold } from '../../conversation/usage'
import { money } from '../basics/money'

/** "asked by Ann · openai:gpt-5-mini · 1,204 tokens in (300 cached), 250 out (100 thinking) · $0.0012 · first word after 0.8 s, 3.2 s in all". `numeral` writes a whole number. */
export function costInWords(usage: UsageTold, numeral: (value: number) => string): string {
  const { name, model, calls, input, output, cached, reasoning, isEstimated, dollars, firstMs, lastMs } = usage
  const aside = (count: number, what: string) => (count > 0 ? ` (${numeral(count)} ${what})` : '')
  return [
    `asked by ${name}`,
    calls > 1 ? `${model}, called ${numeral(calls)} times` : model,
    `${isEstimated ? 'about ' : ''}${numeral(input)} tokens in${aside(cached, 'cached')}, ${numeral(output)} out${aside(reasoning, 'thinking')}`,
    dollars === null ? 'price not known' : dollars === 0 ? 'costs nothing' : money(dollars),
    `${firstMs === null ? '' : `first word after ${seconds(firstMs)}, `}${seconds(lastMs)} in all`,
  ].join(' · ')
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`
}
