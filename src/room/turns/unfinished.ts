// Calls of tools that have no result when a reply ends or the room restarts: which of them may run once more, and what is said of the
// others. Invariant: what may have had an effect is never run again.
import type { DynamicToolUIPart } from 'ai'
import type { Part } from '../../conversation/message'
import { factsOf, isSettled, withoutResult } from '../../conversation/tool-part'

const MAY_HAVE_HAPPENED = 'What it does may have happened all the same.'

/** The parts of a reply that ends: every call has an end. `begun`: the calls with an effect that were. `why`: a sentence. */
export function endCalls(parts: readonly Part[], begun: ReadonlySet<string>, why: string): readonly Part[] {
  if (parts.every((part) => part.type !== 'dynamic-tool' || isSettled(part))) return parts
  return parts.map((part) => (part.type !== 'dynamic-tool' || isSettled(part) ? part : ended(part, begun, why)))
}

/** The parts from which a turn goes on after a restart: what was never whole is gone, and what had begun has its end. */
export function afterRestart(parts: readonly Part[], begun: ReadonlySet<string>): readonly Part[] {
  return parts.flatMap((part) => {
    if (part.type !== 'dynamic-tool' || isSettled(part)) return [part]
    if (part.state === 'input-streaming') return []
    return mayRunAgain(part, begun) ? [part] : [ended(part, begun, 'The room restarted before this tool answered.')]
  })
}

/** The parts that stay of a reply that is asked for anew: up to the last call that had an effect, so that its model knows of it. */
export function forRetry(parts: readonly Part[]): readonly Part[] {
  return parts.slice(0, parts.findLastIndex((part) => part.type === 'dynamic-tool' && hasEffect(part)) + 1)
}

/** What an older release wrote does not say, and there may have been one. A tool that there is not has none. */
function hasEffect(part: DynamicToolUIPart): boolean {
  const { effect, step } = factsOf(part)
  return effect === null ? step === 0 : effect !== 'none'
}

function mayRunAgain(part: DynamicToolUIPart, begun: ReadonlySet<string>): boolean {
  // Of no step: of an older release, which noted no calls.
  return factsOf(part).step > 0 && !begun.has(part.toolCallId)
}

function ended(part: DynamicToolUIPart, begun: ReadonlySet<string>, why: string): DynamicToolUIPart {
  return withoutResult(part, begun.has(part.toolCallId) || factsOf(part).step === 0 ? `${why} ${MAY_HAVE_HAPPENED}` : why)
}
