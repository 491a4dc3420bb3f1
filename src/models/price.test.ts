import { expect, test } from 'vitest'
import type { ModelSettings } from './model-settings'
import { factsOf } from './price'

const AT = Date.UTC(2026, 10, 26)
const openai = (model: string): ModelSettings => ({ provider: 'openai', model, apiKey: 'k' })
const anthropic = (model: string): ModelSettings => ({ provider: 'anthropic', model, apiKey: 'k' })
const at = (baseUrl: string, model: string): ModelSettings => ({ provider: 'compatible', model, baseUrl })
const workersAi: ModelSettings = { provider: 'workers-ai', model: '@cf/meta/llama-3.3-70b-instruct-fp8-fast', accountId: 'a', apiToken: 't' }

test.each<readonly [string, ModelSettings, number | null]>([
  ['OpenAI', openai('gpt-5-mini'), 400_000],
  ['OpenAI, a dated name', openai('gpt-5-mini-2025-08-07'), 400_000],
  ['chat completions at OpenAI', { provider: 'openai-chat', model: 'gpt-5-mini', apiKey: 'k' }, 400_000],
  ['Anthropic', anthropic('claude-sonnet-4-5'), 200_000],
  ['Workers AI', workersAi, 24_000],
  ['a house by its address', at('https://api.groq.com/openai/v1', 'llama-3.3-70b-versatile'), null],
])('[R130] %s has a price and a context', (_name, settings, contextTokens) => {
  const facts = factsOf(settings, { inputTokens: 1_000, outputTokens: 1_000 }, AT)
  expect(facts.contextTokens).toBe(contextTokens)
  expect(facts.dollars).toBeGreaterThan(0)
  expect(facts.dollars).toBeLessThan(1)
})

test.each<readonly [string, ModelSettings]>([
  ['a model that nobody knows', openai('gpt-99')],
  ["OpenAI's name on this machine", at('http://localhost:11434/v1', 'gpt-5-mini')],
  ["OpenAI's name at another's address", { provider: 'openai', model: 'gpt-5-mini', baseUrl: 'https://models.example/v1' }],
  ["Anthropic's name behind a proxy", { provider: 'anthropic', model: 'claude-sonnet-4-5', baseUrl: 'http://10.0.0.7:4000/v1' }],
  ['a local model', at('http://localhost:11434/v1', 'llama3.2')],
  ['no name at all', openai('')],
  ['the longest of names', openai('x'.repeat(10_000))],
])('[R130] %s shows tokens without money', (_name, settings) => {
  expect(factsOf(settings, { inputTokens: 1_000, outputTokens: 1_000 }, AT)).toEqual({ contextTokens: null, dollars: null })
})

test('[R130] the guide costs nothing', () => {
  expect(factsOf({ provider: 'guide' }, { inputTokens: 10, outputTokens: 10 }, AT).dollars).toBe(0)
})

test('[R130] tokens from a cache cost less, those of the answer more', () => {
  const dollars = (inputTokens: number, outputTokens: number, cacheReadTokens = 0) =>
    factsOf(openai('gpt-5-mini'), { inputTokens, outputTokens, cacheReadTokens }, AT).dollars ?? NaN
  expect(dollars(1_000_000, 0)).toBeCloseTo(0.25)
  expect(dollars(0, 1_000_000)).toBeCloseTo(2)
  expect(dollars(1_000_000, 0, 1_000_000)).toBeCloseTo(0.025)
  expect(dollars(0, 0)).toBe(0)
})

test.each([
  [NaN, 1, 0],
  [-1, 1, 0],
  [1, Infinity, 0],
  [1, 1, 2],
])('[R130] a usage that cannot be (%d in, %d out, %d cached) is of unknown price, and its context is known', (inputTokens, outputTokens, cacheReadTokens) => {
  expect(factsOf(openai('gpt-5-mini'), { inputTokens, outputTokens, cacheReadTokens }, AT)).toEqual({ contextTokens: 400_000, dollars: null })
})
