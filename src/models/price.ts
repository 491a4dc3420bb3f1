// What a model can take and what its tokens cost, from a kept registry [R130]. For the server only: it carries some 830 kB of prices,
// so whoever needs it imports it when a turn ends, and not before.
import { calcPrice } from '@pydantic/genai-prices'
import type { ModelSettings } from './model-settings'

/** What a provider says that a turn took. */
export interface Usage {
  /** All tokens of the prompt, those that were cached included. */
  readonly inputTokens: number
  /** All tokens of the answer, its reasoning included. */
  readonly outputTokens: number
  /** Of the input: read from a cache, and written to it. */
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  /** Of the output: what it thought. */
  readonly reasoningTokens?: number
}

export interface ModelFacts {
  /** Tokens that a prompt and its answer may take together, as the registry says; null where it does not. */
  readonly contextTokens: number | null
  /** US dollars; null where the price is not known. The guide costs nothing. */
  readonly dollars: number | null
}

const UNKNOWN: ModelFacts = { contextTokens: null, dollars: null }

/** Of these settings at this time (ms since 1970): prices change. A usage that cannot be is of unknown price. */
export function factsOf(settings: ModelSettings, usage: Usage, at: number): ModelFacts {
  if (settings.provider === 'guide') return { contextTokens: null, dollars: 0 }
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage
  const isPossible = [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens].every((tokens) => Number.isFinite(tokens) && tokens >= 0)
  const isWhole = isPossible && cacheReadTokens + cacheWriteTokens <= inputTokens
  const counted = { input_tokens: inputTokens, output_tokens: outputTokens, cache_read_tokens: cacheReadTokens, cache_write_tokens: cacheWriteTokens }
  const found = calcPrice(isWhole ? counted : {}, settings.model, { ...houseOf(settings), timestamp: new Date(at) })
  if (!found) return UNKNOWN
  return { contextTokens: found.model.context_window ?? null, dollars: isWhole ? found.total_price : null }
}

/** Whose prices they are. At an address of one's own nobody knows, whatever the model is called. */
function houseOf(settings: Exclude<ModelSettings, { readonly provider: 'guide' }>): { readonly providerId: string } | { readonly providerApiUrl: string } {
  if ('baseUrl' in settings && settings.baseUrl !== undefined) return { providerApiUrl: settings.baseUrl }
  switch (settings.provider) {
    case 'openai':
    case 'openai-chat':
      return { providerId: 'openai' }
    case 'compatible':
      return { providerApiUrl: settings.baseUrl }
    case 'anthropic':
      return { providerId: 'anthropic' }
    case 'workers-ai':
      return { providerId: 'cloudflare' }
    default:
      return settings satisfies never
  }
}
