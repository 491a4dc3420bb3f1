// One agent's turn in words: the prompt it is given and the answer its model streams.
import type { AnswerChunk } from '../models/answer'
import { tokensOf } from './tokens'
import { answer } from '../models/answer'
import { reportOf } from '../models/failure-report'
import type { ModelChoice } from '../models/choose-model'
import type { Grant } from './grant'
import { buildPrompt, type Prompt, type PromptRequest } from './prompt'

export interface SpeakInput extends Omit<PromptRequest, 'contextTokens'> {
  readonly choice: ModelChoice
  readonly signal: AbortSignal
  readonly grant: Grant
}

/** Ends with exactly one done, failed or aborted. A model that is not set up fails with `configuration`; one that nobody's budget pays for, with `budget`. */
export async function* speak({ choice, signal, grant, ...request }: SpeakInput): AsyncGenerator<AnswerChunk> {
  if (!choice.ok) return yield { type: 'failed', failure: choice.failure }
  const { model, contextTokens, maxOutputTokens, patienceMs, longestMs, wire, isGuide } = choice.chosen
  const prompt = buildPrompt({ ...request, contextTokens })
  if (isGuide) return yield* answer({ model, ...prompt, signal, maxOutputTokens })
  const asked = tokensOfPrompt(prompt)
  const granted = await grant(asked + maxOutputTokens)
  if (!granted.ok) return yield { type: 'failed', failure: { code: 'budget', text: granted.refusal.message } }
  let reported: number | null = null
  let said = ''
  try {
    const call = { model, ...prompt, signal, maxOutputTokens, patienceMs, longestMs, ...(wire ? { wire } : {}) }
    const own = { speaker: request.agent.name, goesOn: (request.partial ?? '').trim() !== '' }
    const heard = answer({ ...call, ...own, onUsage: (tokens) => (reported = tokens), onFailure: (...why) => console.warn(reportOf(choice.chosen.id, ...why)) })
    for await (const chunk of heard) {
      if (chunk.type === 'text' || chunk.type === 'reasoning') said += chunk.text
      yield chunk
    }
  } finally {
    // Also when nobody listens any more, and when the provider does not say: then it is what was asked and what was heard.
    granted.value(reported ?? asked + tokensOf(said))
  }
}

function tokensOfPrompt({ system, messages }: Prompt): number {
  return messages.reduce((sum, { content }) => sum + (typeof content === 'string' ? tokensOf(content) : 0), tokensOf(system))
}
