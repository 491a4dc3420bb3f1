// What a turn is doing that takes several steps, in one line.
import type { Message } from '../../conversation/message'
import { factsOf, isSettled, lastStepIn } from '../../conversation/tool-part'
import { usageOf } from '../../conversation/usage'
import { money } from '../basics/money'
import { elapsedInWords } from '../basics/wait'

export interface Work {
  /** The call of the model that is being made, or whose tools are being used: 1 for the first. */
  readonly step: number
  /** "Step 1 · waits for people", "Step 2 · uses search_room · 12 s · 1,204 tokens · $0.0012". */
  readonly words: string
}

/** `now`: server time, ms. `numeral` writes a whole number. */
export function workOf({ parts, metadata }: Pick<Message, 'parts' | 'metadata'>, now: number, numeral: (value: number) => string): Work {
  const { startedAt, createdAt, status } = metadata
  const running = new Set(parts.flatMap((part) => (part.type === 'dynamic-tool' && !isSettled(part) ? [factsOf(part).tool] : [])))
  const step = lastStepIn(parts) + (running.size === 0 ? 1 : 0)
  const usage = usageOf(metadata)
  const doing = running.size === 0 ? (parts.at(-1)?.type === 'text' ? 'answers' : 'asks its model') : `uses ${[...running].join(', ')}`
  const cost = usage ? [`${numeral(usage.input + usage.output)} tokens`, ...(usage.dollars ? [money(usage.dollars)] : [])] : []
  // Nothing is under way meanwhile, and it may be a day.
  const rest = status === 'asking' ? ['waits for people'] : [doing, elapsedInWords(Math.max(0, now - (startedAt ?? createdAt)))]
  return { step, words: [`Step ${step}`, ...rest, ...cost].join(' · ') }
}
