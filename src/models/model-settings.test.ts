import { expect, test } from 'vitest'
import { type ModelEnvironment, parseModelSettings } from './model-settings'

const OPENAI = { OPENAI_API_KEY: 'sk-secret' }
const OLLAMA = { OPENAI_BASE_URL: 'http://localhost:11434/v1' }
const ANTHROPIC = { ANTHROPIC_API_KEY: 'sk-ant-secret' }
const CLOUDFLARE = { CLOUDFLARE_ACCOUNT_ID: 'abc123', CLOUDFLARE_API_TOKEN: 'cf-secret' }

test.each<[string, ModelEnvironment, object]>([
  ['nothing set is the guide', {}, { provider: 'guide' }],
  ['variables set to nothing count as not set', { MODEL: ' ', OPENAI_API_KEY: '' }, { provider: 'guide' }],
  ['the guide can be asked for beside a key', { MODEL: 'guide', ...OPENAI }, { provider: 'guide' }],
  ['an OpenAI key alone', OPENAI, { provider: 'openai', model: 'gpt-5-mini', apiKey: 'sk-secret' }],
  ['an Anthropic key alone', ANTHROPIC, { provider: 'anthropic', model: 'claude-haiku-5-5', apiKey: 'sk-ant-secret' }],
  ['what deploying needs chooses no model', CLOUDFLARE, { provider: 'guide' }],
  [
    'MODEL decides between keys',
    { MODEL: 'anthropic:claude-sonnet-5-5', ...OPENAI, ...ANTHROPIC },
    { provider: 'anthropic', model: 'claude-sonnet-5-5', apiKey: 'sk-ant-secret' },
  ],
  [
    "a server of one's own needs no key",
    { MODEL: 'openai:llama3.2:3b', ...OLLAMA },
    { provider: 'compatible', model: 'llama3.2:3b', baseUrl: 'http://localhost:11434/v1' },
  ],
  [
    'it is given one if there is one',
    { MODEL: 'openai:x', OPENAI_BASE_URL: 'https://llm.example/v1//', ...OPENAI },
    { provider: 'compatible', model: 'x', baseUrl: 'https://llm.example/v1', apiKey: 'sk-secret' },
  ],
  ['chat completions at OpenAI', { MODEL: 'openai-chat:gpt', ...OPENAI }, { provider: 'openai-chat', model: 'gpt', apiKey: 'sk-secret' }],
  ['chat completions elsewhere', { MODEL: 'openai-chat:x', ...OLLAMA }, { provider: 'compatible', model: 'x', baseUrl: 'http://localhost:11434/v1' }],
  ['Responses at OpenAI', { MODEL: 'openai-responses:gpt', ...OPENAI }, { provider: 'openai', model: 'gpt', apiKey: 'sk-secret' }],
  ['Responses elsewhere', { MODEL: 'openai-responses:x', ...OLLAMA }, { provider: 'openai', model: 'x', baseUrl: 'http://localhost:11434/v1' }],
  [
    "Anthropic's messages elsewhere, with the version",
    { MODEL: 'anthropic:c', ANTHROPIC_BASE_URL: 'http://localhost:4000/v1/' },
    { provider: 'anthropic', model: 'c', baseUrl: 'http://localhost:4000/v1' },
  ],
  [
    'and without it',
    { MODEL: 'anthropic:c', ANTHROPIC_BASE_URL: 'http://localhost:4000/proxy', ...ANTHROPIC },
    { provider: 'anthropic', model: 'c', baseUrl: 'http://localhost:4000/proxy/v1', apiKey: 'sk-ant-secret' },
  ],
  [
    'only the first colon splits',
    { MODEL: 'workers-ai:@cf/meta/llama:x', ...CLOUDFLARE },
    { provider: 'workers-ai', model: '@cf/meta/llama:x', accountId: 'abc123', apiToken: 'cf-secret' },
  ],
])('%s', (_name, environment, settings) => {
  expect(parseModelSettings(environment)).toEqual({ ok: true, settings })
})

test.each<[string, ModelEnvironment, RegExp]>([
  ['no colon', { MODEL: 'gpt-5', ...OPENAI }, /^MODEL is "gpt-5", which names no provider/],
  ['no model', { MODEL: 'openai:', ...OPENAI }, /^MODEL .*no model after the colon/],
  ['an unknown provider', { MODEL: 'mistral:large' }, /^MODEL names the provider "mistral", which Parley does not know/],
  ['openai without key or server', { MODEL: 'openai:gpt-5' }, /neither OPENAI_API_KEY nor OPENAI_BASE_URL is set/],
  ['anthropic without key', { MODEL: 'anthropic:claude', ...OPENAI }, /ANTHROPIC_API_KEY is not set/],
  ['workers-ai without account', { MODEL: 'workers-ai:@cf/x', CLOUDFLARE_API_TOKEN: 'cf-secret' }, /CLOUDFLARE_ACCOUNT_ID is not set/],
  ['workers-ai without token', { MODEL: 'workers-ai:@cf/x', CLOUDFLARE_ACCOUNT_ID: 'abc' }, /CLOUDFLARE_API_TOKEN is not set/],
  ['an account id that is a path', { MODEL: 'workers-ai:@cf/x', CLOUDFLARE_ACCOUNT_ID: '../x', CLOUDFLARE_API_TOKEN: 'cf-secret' }, /^CLOUDFLARE_ACCOUNT_ID/],
  ['a server without a model', OLLAMA, /^MODEL is not set, and OPENAI_BASE_URL/],
  ['openai-chat without key or server', { MODEL: 'openai-chat:gpt-5' }, /^MODEL is openai-chat:gpt-5, but neither/],
  ['a server of messages without a model', { ANTHROPIC_BASE_URL: 'http://localhost:4000' }, /^MODEL is not set, and ANTHROPIC_BASE_URL/],
  ['no URL of messages', { MODEL: 'anthropic:c', ANTHROPIC_BASE_URL: 'localhost' }, /^ANTHROPIC_BASE_URL is "localhost", which is not a URL/],
  ['a password in it', { MODEL: 'anthropic:c', ANTHROPIC_BASE_URL: 'http://me:sk-secret@x' }, /^ANTHROPIC_BASE_URL holds .* ANTHROPIC_API_KEY/],
  ['no URL', { MODEL: 'openai:x', OPENAI_BASE_URL: 'localhost' }, /^OPENAI_BASE_URL is "localhost", which is not a URL/],
  ['a host and port without http', { MODEL: 'openai:x', OPENAI_BASE_URL: 'localhost:11434/v1' }, /^OPENAI_BASE_URL .*neither http nor https/],
  ['another scheme', { MODEL: 'openai:x', OPENAI_BASE_URL: 'ftp://x/v1' }, /^OPENAI_BASE_URL .*neither http nor https/],
  ['a password in the URL', { MODEL: 'openai:x', OPENAI_BASE_URL: 'http://me:sk-secret@x/v1' }, /^OPENAI_BASE_URL holds a user name or password/],
])('%s is one sentence that names the variable', (_name, environment, message) => {
  const parsed = parseModelSettings(environment)
  if (parsed.ok) throw new Error('expected a refusal')
  expect(parsed.message).toMatch(message)
  expect(parsed.message).not.toMatch(/secret/)
  expect(parsed.message).toMatch(/^[^\n]+\.$/)
})

test('[R42] the longest answer is a number of tokens', () => {
  expect(parseModelSettings({ MODEL_MAX_OUTPUT_TOKENS: ' 500 ' })).toEqual({ ok: true, settings: { provider: 'guide' }, maxOutputTokens: 500 })
  for (const wrong of ['0', '-1', '1.5', 'many', '1e9', '99999999']) {
    expect(parseModelSettings({ MODEL_MAX_OUTPUT_TOKENS: wrong })).toMatchObject({ ok: false, message: expect.stringMatching(/^MODEL_MAX_OUTPUT_TOKENS is /) })
  }
})

test('[R90] patience is a number of seconds, and so is the longest answer', () => {
  expect(parseModelSettings({ MODEL_PATIENCE: ' 600 ' })).toEqual({ ok: true, settings: { provider: 'guide' }, patienceMs: 600_000 })
  expect(parseModelSettings({ MODEL_MAX_SECONDS: '7200' })).toEqual({ ok: true, settings: { provider: 'guide' }, longestMs: 7_200_000 })
  for (const wrong of ['0', '-1', '1.5', '10m', '86401', '1e3']) {
    expect(parseModelSettings({ MODEL_MAX_SECONDS: wrong })).toMatchObject({ ok: false, message: expect.stringMatching(/^MODEL_MAX_SECONDS is /) })
    expect(parseModelSettings({ MODEL_PATIENCE: wrong })).toMatchObject({ ok: false, message: expect.stringMatching(/^MODEL_PATIENCE is /) })
  }
})
