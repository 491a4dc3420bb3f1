// The one door to language models: from the environment to a model that can answer.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai'
import type { Failure } from '../conversation/message'
import { Guide } from './guide/guide'
import { type ModelEnvironment, type ModelSettings, parseModelSettings } from './model-settings'
import type { RoomReader } from './room-reader'

export interface ChosenModel {
  readonly model: LanguageModelV4
  /** `provider:model`, as MODEL would name it. */
  readonly id: string
  /** The same for people. */
  readonly label: string
  /** Tokens that a prompt and its answer may take together. */
  readonly contextTokens: number
  /** Tokens that an answer may take. */
  readonly maxOutputTokens: number
  readonly isGuide: boolean
}

export type ModelChoice = { readonly ok: true; readonly chosen: ChosenModel } | { readonly ok: false; readonly failure: Failure }

/** Well under what these models take: a chat needs no more of its past, and every token of it is paid for on each turn. */
const LARGE_CONTEXT = 32_000
/** Workers AI serves its 70B Llama with 24,000 tokens. */
const WORKERS_AI_CONTEXT = 16_000
/** Local servers often load a model with this much, whatever it could take. */
const LOCAL_CONTEXT = 8_000

/** Some 12,000 words, what a model thinks before it speaks included: no chat reads more, and every token is paid for. */
const LONG_ANSWER = 16_000
const ANSWER = 8_000
/** Where a whole conversation has little room, an answer has half of it. */
const SHORT_ANSWER = 4_000

const WORKERS_AI = 'https://api.cloudflare.com/client/v4/accounts'

/** The model that the environment asks for, or a failure with code `configuration` that names the variable at fault. */
export function chooseModel(environment: ModelEnvironment, room: RoomReader): ModelChoice {
  const parsed = parseModelSettings(environment)
  if (!parsed.ok) return { ok: false, failure: { code: 'configuration', text: `The language model is not set up: ${parsed.message}` } }
  const { settings, maxOutputTokens } = parsed
  const chosen = modelFor(settings, room)
  return { ok: true, chosen: maxOutputTokens === undefined ? chosen : { ...chosen, maxOutputTokens } }
}

/** `workersAi`: where Workers AI's REST interface is; a test points it elsewhere. */
export function modelFor(settings: ModelSettings, room: RoomReader, workersAi = WORKERS_AI): ChosenModel {
  switch (settings.provider) {
    case 'guide':
      return { model: new Guide(room), id: 'guide', label: 'Built-in guide', contextTokens: LARGE_CONTEXT, maxOutputTokens: ANSWER, isGuide: true }
    case 'openai':
      return named(settings, 'openai', 'OpenAI', [LARGE_CONTEXT, LONG_ANSWER], unstored(createOpenAI({ apiKey: settings.apiKey })(settings.model)))
    case 'compatible':
      return named(
        settings,
        'openai',
        new URL(settings.baseUrl).host,
        [LOCAL_CONTEXT, SHORT_ANSWER],
        chat('compatible', settings.baseUrl, settings.apiKey, settings.model),
      )
    case 'anthropic':
      return named(settings, 'anthropic', 'Anthropic', [LARGE_CONTEXT, ANSWER], createAnthropic({ apiKey: settings.apiKey })(settings.model))
    case 'workers-ai': {
      const baseUrl = `${workersAi}/${settings.accountId}/ai/v1`
      return named(settings, 'workers-ai', 'Workers AI', [WORKERS_AI_CONTEXT, SHORT_ANSWER], chat('workers-ai', baseUrl, settings.apiToken, settings.model))
    }
    default:
      return settings satisfies never
  }
}

function named(
  settings: { readonly model: string },
  provider: string,
  label: string,
  [contextTokens, maxOutputTokens]: readonly [number, number],
  model: LanguageModelV4,
): ChosenModel {
  return { model, id: `${provider}:${settings.model}`, label: `${settings.model} (${label})`, contextTokens, maxOutputTokens, isGuide: false }
}

function chat(name: string, baseURL: string, apiKey: string | undefined, model: string): LanguageModelV4 {
  return createOpenAICompatible({ name, baseURL, ...(apiKey === undefined ? {} : { apiKey }) })(model)
}

/** OpenAI keeps every response unless asked not to; what a room says is the room's. */
function unstored(model: LanguageModelV4): LanguageModelV4 {
  return wrapLanguageModel({ model, middleware: defaultSettingsMiddleware({ settings: { providerOptions: { openai: { store: false } } } }) })
}
