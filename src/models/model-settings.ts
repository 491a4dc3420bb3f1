// Which model the environment asks for. Imports nothing, so that a start script can load it alone and say what is wrong
// before anything runs. A message names the variable to change and never shows a key.

export interface ModelEnvironment {
  /** `provider:model`, or `guide`. */
  readonly MODEL?: string | undefined
  /** The longest answer, in tokens; each provider's own default without it. */
  readonly MODEL_MAX_OUTPUT_TOKENS?: string | undefined
  /** How long a model may take to begin, in seconds, giving no sign of life. */
  readonly MODEL_PATIENCE?: string | undefined
  /** How long all of an answer may take, in seconds. */
  readonly MODEL_MAX_SECONDS?: string | undefined
  readonly OPENAI_API_KEY?: string | undefined
  /** With its `/v1`: any server that speaks OpenAI's chat completions. */
  readonly OPENAI_BASE_URL?: string | undefined
  readonly ANTHROPIC_API_KEY?: string | undefined
  /** With or without its `/v1`: any server that speaks Anthropic's messages. */
  readonly ANTHROPIC_BASE_URL?: string | undefined
  readonly CLOUDFLARE_ACCOUNT_ID?: string | undefined
  readonly CLOUDFLARE_API_TOKEN?: string | undefined
}

export type ModelSettings =
  | { readonly provider: 'guide' }
  /** OpenAI's Responses, there or at an address that speaks them. */
  | { readonly provider: 'openai'; readonly model: string; readonly baseUrl?: string; readonly apiKey?: string }
  /** Chat completions at OpenAI. */
  | { readonly provider: 'openai-chat'; readonly model: string; readonly apiKey: string }
  /** Chat completions anywhere else. */
  | { readonly provider: 'compatible'; readonly model: string; readonly baseUrl: string; readonly apiKey?: string }
  | { readonly provider: 'anthropic'; readonly model: string; readonly baseUrl?: string; readonly apiKey?: string }
  | { readonly provider: 'workers-ai'; readonly model: string; readonly accountId: string; readonly apiToken: string }

/** What the environment says of every model; each has defaults of its own without it. */
export interface ModelBounds {
  readonly maxOutputTokens?: number
  readonly patienceMs?: number
  readonly longestMs?: number
}

interface Wrong {
  readonly ok: false
  readonly message: string
}

export type ParsedModelSettings = ({ readonly ok: true; readonly settings: ModelSettings } & ModelBounds) | Wrong

/** The models taken when a key is set and MODEL is not: each provider's small, quick one. */
const DEFAULT_OPENAI = 'gpt-5-mini'
const DEFAULT_ANTHROPIC = 'claude-haiku-5-5'

/** A day: the longest of any wait, in seconds. */
const LONGEST_WAIT = 86_400

const EXAMPLES = 'openai:gpt-5-mini, anthropic:claude-haiku-5-5, workers-ai:@cf/meta/llama-3.3-70b-instruct-fp8-fast or guide'

/**
 * The settings, or one sentence that says which variable is wrong and how. Nothing set: the guide. The Cloudflare
 * variables alone choose nothing, because deploying needs them too.
 */
export function parseModelSettings(environment: ModelEnvironment): ParsedModelSettings {
  const bounds = parseBounds(environment)
  if (!bounds.ok) return bounds
  const parsed = providerIn(environment)
  return parsed.ok ? { ...bounds, ...parsed } : parsed
}

/** How long any answer may be and take. */
export function parseBounds(environment: ModelEnvironment): ({ readonly ok: true } & ModelBounds) | Wrong {
  const limit = value(environment.MODEL_MAX_OUTPUT_TOKENS)
  if (limit !== null && !/^[1-9]\d{0,6}$/.test(limit))
    return wrong(`MODEL_MAX_OUTPUT_TOKENS is "${limit}", which is no number of tokens: write one from 1 to 9999999.`)
  for (const name of ['MODEL_PATIENCE', 'MODEL_MAX_SECONDS'] as const) {
    const seconds = value(environment[name])
    if (seconds !== null && !(/^[1-9]\d{0,4}$/.test(seconds) && Number(seconds) <= LONGEST_WAIT))
      return wrong(`${name} is "${seconds}", which is no number of seconds: write one from 1 to ${LONGEST_WAIT}.`)
  }
  const patience = value(environment.MODEL_PATIENCE)
  const longest = value(environment.MODEL_MAX_SECONDS)
  return {
    ok: true,
    ...(limit === null ? {} : { maxOutputTokens: Number(limit) }),
    ...(patience === null ? {} : { patienceMs: Number(patience) * 1_000 }),
    ...(longest === null ? {} : { longestMs: Number(longest) * 1_000 }),
  }
}

function providerIn(environment: ModelEnvironment): ParsedModelSettings {
  const model = value(environment.MODEL)
  if (model === null) return withoutModel(environment)
  if (model === 'guide') return settings({ provider: 'guide' })
  const colon = model.indexOf(':')
  if (colon < 0) return wrong(`MODEL is "${model}", which names no provider: write provider:model, such as ${EXAMPLES}.`)
  const name = model.slice(colon + 1).trim()
  if (name === '') return wrong(`MODEL is "${model}", which names no model after the colon: write provider:model, such as ${EXAMPLES}.`)
  const provider = model.slice(0, colon).trim()
  switch (provider) {
    case 'openai':
    case 'openai-chat':
    case 'openai-responses':
      return openai(provider, name, environment)
    case 'anthropic':
      return anthropic(name, environment)
    case 'workers-ai':
      return workersAi(name, environment)
    default:
      return wrong(`MODEL names the provider "${provider}", which Parley does not know: write ${EXAMPLES}.`)
  }
}

function withoutModel(environment: ModelEnvironment): ParsedModelSettings {
  if (value(environment.OPENAI_BASE_URL) !== null) {
    return wrong('MODEL is not set, and OPENAI_BASE_URL names a server but none of its models: set MODEL too, such as openai:llama3.2.')
  }
  if (value(environment.OPENAI_API_KEY) !== null) return openai('openai', DEFAULT_OPENAI, environment)
  if (value(environment.ANTHROPIC_API_KEY) !== null) return anthropic(DEFAULT_ANTHROPIC, environment)
  if (value(environment.ANTHROPIC_BASE_URL) !== null) {
    return wrong('MODEL is not set, and ANTHROPIC_BASE_URL names a server but none of its models: set MODEL too, such as anthropic:claude-haiku-5-5.')
  }
  return settings({ provider: 'guide' })
}

/** `openai` speaks Responses with OpenAI itself and chat completions with everybody else, who mostly know only those; the other two choose. */
function openai(kind: 'openai' | 'openai-chat' | 'openai-responses', model: string, environment: ModelEnvironment): ParsedModelSettings {
  const apiKey = value(environment.OPENAI_API_KEY)
  const baseUrl = value(environment.OPENAI_BASE_URL)
  if (baseUrl === null) {
    if (apiKey !== null) return settings({ provider: kind === 'openai-chat' ? 'openai-chat' : 'openai', model, apiKey })
    return wrong(`MODEL is ${kind}:${model}, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set: set the key, or the address of your own server.`)
  }
  const fault = faultOfUrl(baseUrl, 'OPENAI_API_KEY')
  if (fault !== null) return wrong(`OPENAI_BASE_URL ${fault}: write an address such as http://localhost:11434/v1.`)
  return settings({ provider: kind === 'openai-responses' ? 'openai' : 'compatible', model, baseUrl: withoutSlash(baseUrl), ...keyed(apiKey) })
}

function anthropic(model: string, environment: ModelEnvironment): ParsedModelSettings {
  const apiKey = value(environment.ANTHROPIC_API_KEY)
  const baseUrl = value(environment.ANTHROPIC_BASE_URL)
  if (baseUrl === null) {
    if (apiKey !== null) return settings({ provider: 'anthropic', model, apiKey })
    return wrong(`MODEL is anthropic:${model}, but ANTHROPIC_API_KEY is not set.`)
  }
  const fault = faultOfUrl(baseUrl, 'ANTHROPIC_API_KEY')
  if (fault !== null) return wrong(`ANTHROPIC_BASE_URL ${fault}: write an address such as http://localhost:4000.`)
  // Anthropic's own tools leave the version out of this variable, others put it in.
  return settings({ provider: 'anthropic', model, baseUrl: withoutSlash(baseUrl).replace(/(?:\/v1)?$/, '/v1'), ...keyed(apiKey) })
}

function keyed(apiKey: string | null): { readonly apiKey?: string } {
  return apiKey === null ? {} : { apiKey }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function workersAi(model: string, environment: ModelEnvironment): ParsedModelSettings {
  const accountId = value(environment.CLOUDFLARE_ACCOUNT_ID)
  const apiToken = value(environment.CLOUDFLARE_API_TOKEN)
  if (accountId === null) return wrong(`MODEL is workers-ai:${model}, but CLOUDFLARE_ACCOUNT_ID is not set.`)
  if (!/^[A-Za-z0-9]+$/.test(accountId)) return wrong('CLOUDFLARE_ACCOUNT_ID is not an account id: it holds letters and digits only.')
  if (apiToken === null) return wrong(`MODEL is workers-ai:${model}, but CLOUDFLARE_API_TOKEN is not set.`)
  return settings({ provider: 'workers-ai', model, accountId, apiToken })
}

function faultOfUrl(text: string, key: string): string | null {
  const url = URL.parse(text)
  if (!url) return `is "${text}", which is not a URL`
  if (url.username !== '' || url.password !== '') return `holds a user name or password, which belongs in ${key}`
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `is "${text}", which is neither http nor https`
  if (url.search !== '' || url.hash !== '') return `is "${text}", which has a query or a fragment`
  return null
}

/** A variable set to nothing or to white space counts as not set. */
function value(variable: string | undefined): string | null {
  const text = variable?.trim() ?? ''
  return text === '' ? null : text
}

function settings(value: ModelSettings): ParsedModelSettings {
  return { ok: true, settings: value }
}

function wrong(message: string): Wrong {
  return { ok: false, message }
}
