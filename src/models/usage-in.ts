// What a call of a model took, where its last part says so. Invariant: a number that is not there was not said; it is never guessed here.
import type { Usage } from './price'
import type { ModelPart } from './reading'

/** Null for a part that is not the last. No prompt is empty, so that one of 0 tokens was not said. */
export function usageIn(part: ModelPart): Partial<Usage> | null {
  if (part.type !== 'model-call-end') return null
  const { inputTokens, outputTokens, inputTokenDetails, outputTokenDetails } = part.usage
  return said({
    inputTokens: inputTokens === 0 ? undefined : inputTokens,
    outputTokens,
    cacheReadTokens: inputTokenDetails.cacheReadTokens,
    cacheWriteTokens: inputTokenDetails.cacheWriteTokens,
    reasoningTokens: outputTokenDetails.reasoningTokens,
  })
}

function said(numbers: Readonly<Record<keyof Usage, number | undefined>>): Partial<Usage> {
  return Object.fromEntries(Object.entries(numbers).filter(([, tokens]) => tokens !== undefined && Number.isFinite(tokens) && tokens >= 0))
}
