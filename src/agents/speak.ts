// One agent's turn in words: the prompt it is given and the answer its model streams, within what somebody's budget pays for.
import type { Failure } from '../conversation/message'
import { answer, type AnswerChunk } from '../models/answer'
import type { ModelChoice } from '../models/choose-model'
import { dollarsOf } from '../models/dollars'
import { ofConnected } from '../models/failure'
import { reportOf } from '../models/failure-report'
import type { Usage } from '../models/price'
import type { Grant, Took } from './grant'
import { buildPrompt, type Prompt, type PromptRequest } from './prompt'
import { TokenCount, tokensOf } from './tokens'

export interface SpeakInput extends Omit<PromptRequest, 'contextTokens'> {
  readonly choice: ModelChoice
  readonly signal: AbortSignal
  readonly grant: Grant
}

/** Ends with exactly one done, limited, failed or aborted. A model that is not set up fails with `configuration`; one that nobody's budget pays for, with `budget`. */
export async function* speak({ choice, signal, grant, ...request }: SpeakInput): AsyncGenerator<AnswerChunk> {
  if (!choice.ok) return yield { type: 'failed', failure: choice.failure }
  const { model, id, contextTokens, maxOutputTokens, patienceMs, longestMs, wire, isGuide, isConnected, settings } = choice.chosen
  const prompt = buildPrompt({ ...request, contextTokens })
  const asked = tokensOfPrompt(prompt)
  const granted = await grant({ asked, longest: maxOutputTokens, model: id, isMetered: !isGuide })
  if (!granted.ok) return yield { type: 'failed', failure: { code: 'budget', text: granted.refusal.message } }
  const { longest, end, hear, settle } = granted.value
  const said = new TokenCount()
  let reported: Partial<Usage> = {}
  let isSettled = false
  const account = () => {
    if (!isSettled) settle(tookOf(reported, asked, said.tokens, (usage) => dollarsOf(settings, usage, request.now)))
    isSettled = true
  }
  const call = { model, ...prompt, signal, maxOutputTokens: longest, onUsage: (usage: Partial<Usage>) => (reported = usage) }
  const own = { speaker: request.agent.name, goesOn: (request.partial ?? '').trim() !== '' }
  const onFailure = (failure: Failure, thrown: unknown) => console.warn(reportOf(id, failure, thrown))
  try {
    for await (const chunk of answer(isGuide ? call : { ...call, ...own, onFailure, patienceMs, longestMs, ...(wire ? { wire } : {}) })) {
      if (chunk.type === 'text' || chunk.type === 'reasoning') {
        const stop = hear(said.add(chunk.text), chunk.type === 'text')
        yield chunk
        if (!stop) continue
        account()
        return yield { type: 'limited', failure: stop }
      }
      // Before the end is told: whoever takes it asks for nothing more.
      if (chunk.type === 'done' || chunk.type === 'limited' || chunk.type === 'failed') account()
      if (chunk.type === 'failed' && isConnected) yield { ...chunk, failure: ofConnected(chunk.failure) }
      else yield chunk.type === 'limited' && end ? { ...chunk, failure: end } : chunk
    }
  } finally {
    // Also when nobody listens any more.
    account()
  }
}

/** Where the provider does not say, it is what was asked and what was heard. */
function tookOf(reported: Partial<Usage>, asked: number, heard: number, dollars: (usage: Usage) => Promise<number | null>): Took {
  const { inputTokens = asked, outputTokens = heard, cacheReadTokens = 0, reasoningTokens = 0 } = reported
  return {
    input: Math.ceil(inputTokens),
    output: Math.ceil(outputTokens),
    cached: Math.ceil(cacheReadTokens),
    reasoning: Math.ceil(reasoningTokens),
    isEstimated: reported.inputTokens === undefined || reported.outputTokens === undefined,
    dollars: () => dollars({ ...reported, inputTokens, outputTokens }),
  }
}

function tokensOfPrompt({ system, messages }: Prompt): number {
  return messages.reduce((sum, { content }) => sum + (typeof content === 'string' ? tokensOf(content) : 0), tokensOf(system))
}
