// One agent's turn in words: the prompt it is given and the answer its model streams.
import type { AnswerChunk } from '../models/answer'
import { answer } from '../models/answer'
import type { ModelChoice } from '../models/choose-model'
import { buildPrompt, type PromptRequest } from './prompt'

export interface SpeakInput extends Omit<PromptRequest, 'contextTokens'> {
  readonly choice: ModelChoice
  readonly signal: AbortSignal
}

/** Ends with exactly one done, failed or aborted. A model that is not set up fails with `configuration`. */
export async function* speak({ choice, signal, ...request }: SpeakInput): AsyncGenerator<AnswerChunk> {
  if (!choice.ok) return yield { type: 'failed', failure: choice.failure }
  const { model, contextTokens, maxOutputTokens } = choice.chosen
  const { system, messages } = buildPrompt({ ...request, contextTokens })
  yield* answer({ model, system, messages, signal, maxOutputTokens })
}
