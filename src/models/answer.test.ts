import { createServer } from 'node:net'
import { once } from 'node:events'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { tool } from 'ai'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { gathered } from '../../tests/support/fake-model/gathered'
import { type FakeModel, startFakeModel } from '../../tests/support/fake-model/server'
import { answer, type AnswerChunk, type AnswerRequest } from './answer'
import { failureOf } from './failure'

let fake: FakeModel
beforeAll(async () => {
  fake = await startFakeModel()
})
afterAll(async () => fake.close())

const modelAt = (url: string) => createOpenAICompatible({ name: 'fake', baseURL: url, apiKey: 'sk-secret' })('fake')

function requestFor(prompt: string, options: Partial<AnswerRequest> = {}): AnswerRequest {
  const { signal } = new AbortController()
  return { model: modelAt(fake.url), system: 'Be brief.', messages: [{ role: 'user', content: prompt }], signal, silenceMs: 2_000, ...options }
}

function ask(prompt: string, options: Partial<AnswerRequest> = {}): Promise<readonly AnswerChunk[]> {
  return gathered(answer(requestFor(prompt, options)))
}

const textIn = (chunks: readonly AnswerChunk[]) => chunks.flatMap((chunk) => (chunk.type === 'text' ? [chunk.text] : [])).join('')

async function failureFor(prompt: string, options: Partial<AnswerRequest> = {}) {
  const chunks = await ask(prompt, options)
  const endings = chunks.filter((chunk) => chunk.type === 'done' || chunk.type === 'failed' || chunk.type === 'aborted')
  const last = chunks.at(-1)
  expect(endings).toEqual([last])
  if (last?.type !== 'failed') throw new Error(`expected a failure, got ${last?.type}`)
  expect(last.failure.text).not.toMatch(/sk-|secret|https?:|127\.0\.0\.1|\bat \w+ \(/)
  return last.failure
}

test('an answer is one text part in pieces, then done', async () => {
  const chunks = await ask('hello [[words:3]]')
  expect(chunks).toEqual([
    { type: 'text-start' },
    { type: 'text', text: 'word1 ' },
    { type: 'text', text: 'word2 ' },
    { type: 'text', text: 'word3' },
    { type: 'done' },
  ])
})

test('the model receives the instructions, the messages and the key', async () => {
  await ask('what do you see?')
  const request = fake.requests.at(-1)
  expect(request?.authorization).toBe('Bearer sk-secret')
  expect(request?.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'what do you see?' },
  ])
})

test('reasoning is a part of its own before the text', async () => {
  const chunks = await ask('[[reasoning]] hello')
  expect(chunks[0]).toEqual({ type: 'reasoning-start' })
  expect(chunks.filter((chunk) => chunk.type === 'text-start')).toHaveLength(1)
  const lastReasoning = chunks.findLastIndex((chunk) => chunk.type === 'reasoning')
  expect(chunks[lastReasoning + 1]).toEqual({ type: 'text-start' })
  expect(chunks.at(-1)).toEqual({ type: 'done' })
})

test('a tool shows its call and its result, and the answer after it is a new text part', async () => {
  const clock = tool({ description: 'the time', inputSchema: z.object({}), execute: async () => ({ time: 'noon' }) })
  const chunks = await ask('[[tool]] what time is it?', { tools: { clock } })
  const states = chunks.flatMap((chunk) => (chunk.type === 'tool' ? [chunk.part] : []))
  expect(states.map((part) => part.state)).toEqual(['input-streaming', 'input-available', 'output-available'])
  expect(states.at(-1)).toMatchObject({ toolName: 'clock', input: {}, output: { time: 'noon' } })
  expect(new Set(states.map((part) => part.toolCallId)).size).toBe(1)
  expect(textIn(chunks)).toContain('what time is it?')
  expect(chunks.at(-1)).toEqual({ type: 'done' })
})

test('a tool that throws shows that it failed, without its words, and the model goes on', async () => {
  const execute = async (): Promise<string> => Promise.reject(new Error('password is sk-secret'))
  const broken = tool({ description: 'breaks', inputSchema: z.object({}), execute })
  const chunks = await ask('[[tool]] try', { tools: { broken } })
  const last = chunks.flatMap((chunk) => (chunk.type === 'tool' ? [chunk.part] : [])).at(-1)
  expect(last).toMatchObject({ state: 'output-error', errorText: 'This tool did not work.' })
  expect(chunks.at(-1)).toEqual({ type: 'done' })
})

test.each([
  ['[[fault:401]]', 'unauthorized'],
  ['[[fault:403]]', 'unauthorized'],
  ['[[fault:402]]', 'rate_limited'],
  ['[[fault:404]]', 'configuration'],
  ['[[fault:400]]', 'provider'],
  ['[[fault:413]]', 'provider'],
  ['[[fault:429]]', 'rate_limited'],
  ['[[fault:500]]', 'provider'],
  ['[[fault:529]]', 'provider'],
  ['[[fault:hangup]]', 'unreachable'],
  ['[[fault:cut]]', 'cut_off'],
  ['[[fault:unfinished]]', 'cut_off'],
  ['[[fault:malformed]]', 'malformed'],
  ['[[fault:shape]]', 'malformed'],
  ['[[fault:html]]', 'malformed'],
  ['[[fault:error]]', 'provider'],
  ['[[fault:empty]]', 'empty'],
  ['[[reasoning fault:empty]]', 'empty'],
  ['[[fault:filter]]', 'provider'],
])('%s fails as %s', async (prompt, code) => {
  expect((await failureFor(prompt)).code).toBe(code)
})

test('what was said before a cut stays', async () => {
  const chunks = await ask('[[words:10 fault:cut after:4 delay:5]]')
  expect(textIn(chunks)).toBe('word1 word2 word3 word4 ')
})

test('an answer as long as it may be is done', async () => {
  expect((await ask('[[fault:length]] hello')).at(-1)).toEqual({ type: 'limited' })
})

test('a provider that asks to wait is heard, in seconds and as a date', async () => {
  expect(await failureFor('[[fault:429 retry-after:7]]')).toMatchObject({ retryAfterMs: 7_000, text: expect.stringContaining('7 seconds') })
  const date = new Date(Date.now() + 60_000).toUTCString().replaceAll(' ', '_')
  const { retryAfterMs } = await failureFor(`[[fault:429 retry-after:${date}]]`)
  expect(retryAfterMs).toBeGreaterThan(55_000)
  expect(retryAfterMs).toBeLessThanOrEqual(60_000)
  expect(await failureFor('[[fault:503 retry-after:soon]]')).not.toHaveProperty('retryAfterMs')
})

test('a model that never says anything is silent', async () => {
  expect((await failureFor('[[fault:silence]]', { silenceMs: 50 })).code).toBe('silent')
})

describe('by a clock that stands while words are on their way', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
  afterEach(() => void vi.useRealTimers())

  async function askSlowly(prompt: string, afterText: (soFar: string) => void): Promise<readonly AnswerChunk[]> {
    const chunks: AnswerChunk[] = []
    for await (const chunk of answer(requestFor(prompt, { silenceMs: 60_000 }))) {
      chunks.push(chunk)
      if (chunk.type === 'text') afterText(textIn(chunks))
    }
    return chunks
  }

  test('a model that falls silent in the middle keeps what it said', async () => {
    const chunks = await askSlowly('[[words:6 fault:silence after:3]]', (soFar) => {
      if (soFar === 'word1 word2 word3 ') vi.advanceTimersByTime(60_000)
    })
    expect(textIn(chunks)).toBe('word1 word2 word3 ')
    expect(chunks.at(-1)).toMatchObject({ type: 'failed', failure: { code: 'silent' } })
    vi.useRealTimers()
    await expect.poll(() => fake.requests.at(-1)?.abandoned).toBe(true)
  })

  test('a slow model is not silent as long as it says something', async () => {
    const chunks = await askSlowly('[[words:5]]', () => void vi.advanceTimersByTime(59_999))
    expect(textIn(chunks)).toBe('word1 word2 word3 word4 word5')
    expect(chunks.at(-1)).toEqual({ type: 'done' })
  })
})

test('a server that is not there is unreachable', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await new Promise((resolve) => server.close(resolve))
  expect((await failureFor('hello', { model: modelAt(`http://127.0.0.1:${port}/v1`) })).code).toBe('unreachable')
})

test("the caller's signal ends the answer at once, quietly, and hangs up", async () => {
  const abort = new AbortController()
  const chunks: AnswerChunk[] = []
  const prompt = 'stop me [[hold words:10]]'
  const request = { model: modelAt(fake.url), system: '', messages: [{ role: 'user' as const, content: prompt }], signal: abort.signal }
  void fake.held().then(() => abort.abort())
  for await (const chunk of answer(request)) chunks.push(chunk)
  expect(chunks.at(-1)).toEqual({ type: 'aborted' })
  expect(textIn(chunks)).toMatch(/^(word1 word2 word3 word4 word5 )?/)
  await expect.poll(() => fake.requests.at(-1)?.abandoned).toBe(true)
})

test('a signal that aborted before asks nothing of the model', async () => {
  const before = fake.requests.length
  expect(await ask('too late', { signal: AbortSignal.abort() })).toEqual([{ type: 'aborted' }])
  expect(fake.requests).toHaveLength(before)
})

test('a reader that walks away hangs up', async () => {
  for await (const chunk of answer({
    model: modelAt(fake.url),
    system: '',
    messages: [{ role: 'user', content: 'walk [[words:1000 delay:5]]' }],
    signal: new AbortController().signal,
  })) {
    if (chunk.type === 'text') break
  }
  await expect.poll(() => fake.requests.at(-1)?.abandoned).toBe(true)
})

test('a fault that passes is gone when asked again', async () => {
  expect((await failureFor('again [[fault:500 times:1]]')).code).toBe('provider')
  expect((await ask('again [[fault:500 times:1]]')).at(-1)).toEqual({ type: 'done' })
})

test('anything else thrown is a failure in plain words', () => {
  expect(failureOf(new Error('secret stack'), false)).toEqual({ code: 'provider', text: 'The language model failed.' })
  expect(failureOf('secret', true).code).toBe('provider')
  expect(failureOf(new Error('Network connection lost.'), false).code).toBe('unreachable')
  expect(failureOf(new Error('internal error; reference = abc'), false).code).toBe('unreachable')
  expect(failureOf(new Error('Network connection lost.'), true).code).toBe('cut_off')
})
