// The one door to language models: from the environment to a model that can answer.
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai'
import type { Failure } from '../conversation/message'
import { LONGEST_MS } from './answer'
import { Guide } from './guide/guide'
import { type ModelBounds, type ModelEnvironment, type ModelSettings, parseBounds, parseModelSettings } from './model-settings'
import { isNearby } from './nearby'
import type { RoomReader } from './room-reader'
import { Wire } from './wire'

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
  /** How long it may take to begin, giving no sign of life, ms. */
  readonly patienceMs: number
  /** How long all of an answer may take, ms. */
  readonly longestMs: number
  /** What is seen of its HTTP; null for a model that needs none. */
  readonly wire: Wire | null
  readonly isGuide: boolean
  /** The instance's owner set it in the app, and not whoever runs Parley. */
  readonly isConnected?: boolean
  /** What it was made of: whose prices its tokens have. */
  readonly settings: ModelSettings
}

export type ModelChoice = { readonly ok: true; readonly chosen: ChosenModel } | { readonly ok: false; readonly failure: Failure }

/** Well under what these models take: a chat needs no more of its past, and every token of it is paid for on each turn. */
export const LARGE_CONTEXT = 32_000
/** Workers AI serves its 70B Llama with 24,000 tokens. */
const WORKERS_AI_CONTEXT = 16_000
/** Local servers often load a model with this much, whatever it could take. */
const LOCAL_CONTEXT = 8_000

/** Some 12,000 words, what a model thinks before it speaks included: no chat reads more, and every token is paid for. */
const LONG_ANSWER = 16_000
const ANSWER = 8_000
/** Where a whole conversation has little room, an answer has half of it. */
const SHORT_ANSWER = 4_000

const PATIENCE_MS = 60_000
/** A machine of one's own may have to load a model first, and then reads a long prompt slowly. */
const NEARBY_PATIENCE_MS = 10 * 60_000

/** Where those are asked who have no address of one's own; a test has them elsewhere. */
const HOUSES = { openai: 'https://api.openai.com/v1', 'workers-ai': 'https://api.cloudflare.com/client/v4/accounts' }

/** One for each answer: the model that the environment asks for, or a failure with code `configuration` that names the variable at fault. */
export function chooseModel(environment: ModelEnvironment, room: RoomReader): ModelChoice {
  const parsed = parseModelSettings(environment)
  if (!parsed.ok) return { ok: false, failure: { code: 'configuration', text: `The language model is not set up: ${parsed.message}` } }
  return chosenWith(parsed.settings, parsed, room)
}

/** The same of settings from elsewhere; how long everything may take is said by the environment all the same. */
export function modelWith(settings: ModelSettings, environment: ModelEnvironment, room: RoomReader): ModelChoice {
  const bounds = parseBounds(environment)
  return bounds.ok
    ? chosenWith(settings, bounds, room)
    : { ok: false, failure: { code: 'configuration', text: `The language model is not set up: ${bounds.message}` } }
}

function chosenWith(settings: ModelSettings, { maxOutputTokens, patienceMs, longestMs }: ModelBounds, room: RoomReader): ModelChoice {
  const chosen = modelFor(settings, room)
  return {
    ok: true,
    chosen: {
      ...chosen,
      maxOutputTokens: maxOutputTokens ?? chosen.maxOutputTokens,
      patienceMs: patienceMs ?? chosen.patienceMs,
      longestMs: longestMs ?? chosen.longestMs,
    },
  }
}

export function modelFor(settings: ModelSettings, room: RoomReader, houses = HOUSES): ChosenModel {
  if (settings.provider === 'guide') {
    const guide = { model: new Guide(room), id: 'guide', label: 'Built-in guide', wire: null, isGuide: true, settings }
    return { ...guide, contextTokens: LARGE_CONTEXT, maxOutputTokens: ANSWER, patienceMs: PATIENCE_MS, longestMs: LONGEST_MS }
  }
  const wire = new Wire()
  const { fetch } = wire
  const [contextTokens, maxOutputTokens] = sizesOf(settings)
  const baseUrl = 'baseUrl' in settings ? settings.baseUrl : undefined
  const named = {
    id: `${nameOf(settings)}:${settings.model}`,
    // Its address is for whoever set it.
    label: `${settings.model} (${baseUrl === undefined ? LABELS[settings.provider] : 'own server'})`,
  }
  const model = wrapLanguageModel({ model: provided(settings, fetch, houses), middleware: wire.middleware })
  const patienceMs = baseUrl !== undefined && isNearby(baseUrl) ? NEARBY_PATIENCE_MS : PATIENCE_MS
  return { ...named, model, wire, contextTokens, maxOutputTokens, patienceMs, longestMs: LONGEST_MS, isGuide: false, settings }
}

type Connected = Exclude<ModelSettings, { readonly provider: 'guide' }>

const LABELS = { openai: 'OpenAI', 'openai-chat': 'OpenAI', anthropic: 'Anthropic', 'workers-ai': 'Workers AI', compatible: '' } as const

/** The provider as MODEL names it. */
function nameOf(settings: Connected): string {
  if (settings.provider === 'openai') return settings.baseUrl === undefined ? 'openai' : 'openai-responses'
  return settings.provider === 'compatible' ? 'openai' : settings.provider
}

function sizesOf({ provider }: Connected): readonly [context: number, answer: number] {
  if (provider === 'compatible') return [LOCAL_CONTEXT, SHORT_ANSWER]
  if (provider === 'workers-ai') return [WORKERS_AI_CONTEXT, SHORT_ANSWER]
  return [LARGE_CONTEXT, provider === 'anthropic' ? ANSWER : LONG_ANSWER]
}

function provided(settings: Connected, fetch: typeof globalThis.fetch, houses: typeof HOUSES): LanguageModelV4 {
  switch (settings.provider) {
    case 'openai':
      return unstored(createOpenAI({ apiKey: settings.apiKey ?? NO_KEY, baseURL: settings.baseUrl ?? houses.openai, fetch })(settings.model))
    case 'openai-chat':
      return createOpenAI({ apiKey: settings.apiKey, baseURL: houses.openai, fetch }).chat(settings.model)
    case 'compatible':
      return chat('compatible', settings.baseUrl, settings.apiKey, settings.model, fetch)
    case 'anthropic':
      return createAnthropic({ apiKey: settings.apiKey ?? NO_KEY, fetch, ...(settings.baseUrl === undefined ? {} : { baseURL: settings.baseUrl }) })(
        settings.model,
      )
    case 'workers-ai':
      return chat('workers-ai', `${houses['workers-ai']}/${settings.accountId}/ai/v1`, settings.apiToken, settings.model, fetch)
    default:
      return settings satisfies never
  }
}

/** These providers send a key, whether a server of one's own asks for one or not. */
const NO_KEY = 'none'

function chat(name: string, baseURL: string, apiKey: string | undefined, model: string, fetch: typeof globalThis.fetch): LanguageModelV4 {
  return createOpenAICompatible({ name, baseURL, fetch, ...(apiKey === undefined ? {} : { apiKey }) })(model)
}

/** OpenAI keeps every response unless asked not to; what a room says is the room's. */
function unstored(model: LanguageModelV4): LanguageModelV4 {
  return wrapLanguageModel({ model, middleware: defaultSettingsMiddleware({ settings: { providerOptions: { openai: { store: false } } } }) })
}
