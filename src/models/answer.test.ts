import { createServer } from 'node:net'
import { once } from 'node:events'
import { jsonSchema, type ToolSet } from 'ai'
import { expect, test } from 'vitest'
import { answer, type StepChunk } from './answer'
import { failureOf } from './failure'
import { ask, failureFor, modelAt, textIn, useFakeModel } from './testing/asking'

const fake = useFakeModel()

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
  const request = fake.current.requests.at(-1)
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

const clock: ToolSet = Object.fromEntries([['clock', { description: 'the time', inputSchema: jsonSchema({ type: 'object' }) }]])

const callsIn = (chunks: readonly StepChunk[]) => chunks.flatMap((chunk) => (chunk.type === 'call' ? [chunk.call] : []))

test('[R180] an answer that calls tools says which, and with what; it runs none of them, and waits for their results', async () => {
  const chunks = await ask('[[tool]] what time is it?', { tools: clock })
  expect(callsIn(chunks)).toEqual([
    { at: 1, tool: 'clock', input: undefined, isWhole: false, isBroken: false },
    { at: 1, tool: 'clock', input: {}, isWhole: true, isBroken: false },
  ])
  expect(chunks.at(-1)).toEqual({ type: 'calls' })
})

test('[R180] words before a call are said before it', async () => {
  const chunks = await ask('[[say:Looking call:clock]]', { tools: clock })
  expect(
    textIn(
      chunks.slice(
        0,
        chunks.findIndex(({ type }) => type === 'call'),
      ),
    ),
  ).toBe('Looking')
})

test.each([
  ['an unknown tool', '[[call:rm]]', [{ at: 1, tool: 'rm', input: {}, isWhole: true, isBroken: false }]],
  ['an input that is no JSON', '[[call:clock({"a)]]', [{ at: 1, tool: 'clock', input: '{"a', isWhole: true, isBroken: true }]],
  [
    'the same name of a call twice',
    '[[call:clock({"a":1}) call:clock({"a":2}) ids:same]]',
    [
      { at: 1, tool: 'clock', input: { a: 1 }, isWhole: true, isBroken: false },
      { at: 2, tool: 'clock', input: { a: 2 }, isWhole: true, isBroken: false },
    ],
  ],
])('[R180] %s is a call like any other, for whoever runs it to judge', async (_name, prompt, expected) => {
  const chunks = await ask(prompt, { tools: clock })
  expect(callsIn(chunks).filter(({ isWhole }) => isWhole)).toEqual(expected)
  expect(chunks.at(-1)).toEqual({ type: 'calls' })
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
  ['[[fault:html]]', 'configuration'],
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
  const sooner = await failureFor('[[fault:429 retry-after:7]]')
  expect((sooner.retryAt ?? 0) - Date.now()).toBeGreaterThan(5_000)
  expect((sooner.retryAt ?? 0) - Date.now()).toBeLessThanOrEqual(7_000)
  // When is said beside it, by a clock: a sentence would be true for a moment only.
  expect(sooner.text).not.toMatch(/\d/)
  const date = new Date(Date.now() + 60_000).toUTCString().replaceAll(' ', '_')
  const { retryAt = 0 } = await failureFor(`[[fault:429 retry-after:${date}]]`)
  expect(retryAt - Date.now()).toBeGreaterThan(55_000)
  expect(retryAt - Date.now()).toBeLessThanOrEqual(60_000)
  expect(await failureFor('[[fault:503 retry-after:soon]]')).not.toHaveProperty('retryAt')
})

test('a model that never says anything is silent', async () => {
  expect((await failureFor('[[fault:silence]]', { silenceMs: 50 })).code).toBe('silent')
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
  const chunks: StepChunk[] = []
  const prompt = 'stop me [[hold words:10]]'
  const request = { model: modelAt(fake.current.url), system: '', messages: [{ role: 'user' as const, content: prompt }], signal: abort.signal }
  void fake.current.held().then(() => abort.abort())
  for await (const chunk of answer(request)) chunks.push(chunk)
  expect(chunks.at(-1)).toEqual({ type: 'aborted' })
  expect(textIn(chunks)).toMatch(/^(word1 word2 word3 word4 word5 )?/)
  await expect.poll(() => fake.current.requests.at(-1)?.abandoned).toBe(true)
})

test('a signal that aborted before asks nothing of the model', async () => {
  const before = fake.current.requests.length
  expect(await ask('too late', { signal: AbortSignal.abort() })).toEqual([{ type: 'aborted' }])
  expect(fake.current.requests).toHaveLength(before)
})

test('a reader that walks away hangs up', async () => {
  for await (const chunk of answer({
    model: modelAt(fake.current.url),
    system: '',
    messages: [{ role: 'user', content: 'walk [[words:1000 delay:5]]' }],
    signal: new AbortController().signal,
  })) {
    if (chunk.type === 'text') break
  }
  await expect.poll(() => fake.current.requests.at(-1)?.abandoned).toBe(true)
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
