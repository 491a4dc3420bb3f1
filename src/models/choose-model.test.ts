import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gathered } from '../../tests/support/fake-model/gathered'
import { type FakeModel, startFakeModel } from '../../tests/support/fake-model/server'
import { answer } from './answer'
import { chooseModel, modelFor } from './choose-model'
import type { RoomReader } from './room-reader'

const emptyRoom: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }
let fake: FakeModel
beforeAll(async () => {
  fake = await startFakeModel()
})
afterAll(async () => fake.close())

test('nothing set: the guide', () => {
  expect(chooseModel({}, emptyRoom)).toMatchObject({ ok: true, chosen: { id: 'guide', isGuide: true } })
})

test('a wrong variable is a configuration failure that names it', () => {
  expect(chooseModel({ MODEL: 'anthropic:x' }, emptyRoom)).toEqual({
    ok: false,
    failure: { code: 'configuration', text: 'The language model is not set up: MODEL is anthropic:x, but ANTHROPIC_API_KEY is not set.' },
  })
})

test.each([
  [{ OPENAI_API_KEY: 'k' }, 'openai:gpt-5-mini', 'gpt-5-mini (OpenAI)'],
  [{ ANTHROPIC_API_KEY: 'k' }, 'anthropic:claude-haiku-5-5', 'claude-haiku-5-5 (Anthropic)'],
  [{ MODEL: 'openai:llama3.2', OPENAI_BASE_URL: 'http://localhost:11434/v1' }, 'openai:llama3.2', 'llama3.2 (own server)'],
  [{ MODEL: 'openai-chat:gpt', OPENAI_API_KEY: 'k' }, 'openai-chat:gpt', 'gpt (OpenAI)'],
  [{ MODEL: 'openai-chat:gpt', OPENAI_BASE_URL: 'http://localhost:1/v1' }, 'openai:gpt', 'gpt (own server)'],
  [{ MODEL: 'openai-responses:gpt', OPENAI_BASE_URL: 'http://localhost:1/v1' }, 'openai-responses:gpt', 'gpt (own server)'],
  [{ MODEL: 'anthropic:c', ANTHROPIC_BASE_URL: 'http://localhost:1' }, 'anthropic:c', 'c (own server)'],
  [{ MODEL: 'workers-ai:@cf/m', CLOUDFLARE_ACCOUNT_ID: 'a', CLOUDFLARE_API_TOKEN: 't' }, 'workers-ai:@cf/m', '@cf/m (Workers AI)'],
])('%o chooses %s', (environment, id, label) => {
  expect(chooseModel(environment, emptyRoom)).toMatchObject({ ok: true, chosen: { id, label, isGuide: false, model: { specificationVersion: 'v4' } } })
})

test("a server of one's own is asked at OPENAI_BASE_URL, without a key when there is none", async () => {
  const choice = chooseModel({ MODEL: 'openai:some:tag', OPENAI_BASE_URL: fake.url }, emptyRoom)
  if (!choice.ok) throw new Error(choice.failure.text)
  await gathered(answer({ model: choice.chosen.model, system: '', messages: [{ role: 'user', content: 'hi' }], signal: new AbortController().signal }))
  expect(fake.requests.at(-1)).toMatchObject({ model: 'some:tag', authorization: null, stream: true })
})

test('Workers AI is asked over REST, under its account and with its token', async () => {
  const { model } = modelFor({ provider: 'workers-ai', model: '@cf/m', accountId: 'abc', apiToken: 'cf-token' }, emptyRoom, {
    openai: fake.url,
    'workers-ai': fake.url.replace('/v1', '/accounts'),
  })
  const chunks = await gathered(answer({ model, system: '', messages: [{ role: 'user', content: 'hi' }], signal: new AbortController().signal }))
  expect(chunks.at(-1)).toEqual({ type: 'done' })
  expect(fake.requests.at(-1)).toMatchObject({ model: '@cf/m', authorization: 'Bearer cf-token' })
})

test('[R42] a model is told how long its answer may be: by the setting, or by default', async () => {
  for (const [setting, tokens] of [
    [{}, 4_000],
    [{ MODEL_MAX_OUTPUT_TOKENS: '77' }, 77],
  ] as const) {
    const choice = chooseModel({ MODEL: 'openai:some', OPENAI_BASE_URL: fake.url, ...setting }, emptyRoom)
    if (!choice.ok) throw new Error(choice.failure.text)
    const { model, maxOutputTokens } = choice.chosen
    await gathered(answer({ model, system: '', messages: [{ role: 'user', content: 'hi' }], signal: new AbortController().signal, maxOutputTokens }))
    expect(fake.requests.at(-1)).toMatchObject({ max_tokens: tokens })
  }
})

test.each([
  ['http://localhost:11434/v1', 600_000],
  ['http://127.0.0.1:8080/v1', 600_000],
  ['http://[::1]:8080/v1', 600_000],
  ['http://10.1.2.3/v1', 600_000],
  ['http://172.31.0.1/v1', 600_000],
  ['http://192.168.1.20:1234/v1', 600_000],
  ['http://169.254.1.1/v1', 600_000],
  ['http://100.100.1.1/v1', 600_000],
  ['http://[fd00::1]/v1', 600_000],
  ['http://ollama:11434/v1', 600_000],
  ['http://box.local/v1', 600_000],
  ['http://host.docker.internal:11434/v1', 600_000],
  ['https://llm.example/v1', 60_000],
  ['https://172.32.0.1/v1', 60_000],
  ['https://100.128.0.1/v1', 60_000],
  ['https://11.0.0.1/v1', 60_000],
  ['https://[2001:db8::1]/v1', 60_000],
  ['https://local.example/v1', 60_000],
  ['https://10.example/v1', 60_000],
])('[R90] a model at %s may take %i ms to begin, and as long as MODEL_PATIENCE says', (url, patienceMs) => {
  const environment = { MODEL: 'openai:some', OPENAI_BASE_URL: url }
  expect(chooseModel(environment, emptyRoom)).toMatchObject({ chosen: { patienceMs, longestMs: 3_600_000 } })
  expect(chooseModel({ ...environment, MODEL_MAX_SECONDS: '90' }, emptyRoom)).toMatchObject({ chosen: { patienceMs, longestMs: 90_000 } })
  expect(chooseModel({ ...environment, MODEL_PATIENCE: '90' }, emptyRoom)).toMatchObject({ chosen: { patienceMs: 90_000 } })
})

test("[R95] OpenAI's Responses say that an answer was cut off at its length in a way of their own", async () => {
  const item = { type: 'message', id: 'msg_1', role: 'assistant', status: 'in_progress', content: [] }
  const response = { id: 'resp_1', object: 'response', created_at: 1, model: 'some', status: 'in_progress', output: [] }
  const events = [
    { type: 'response.created', response },
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'On and on' },
    { type: 'response.output_item.done', output_index: 0, item: { ...item, status: 'incomplete' } },
    {
      type: 'response.incomplete',
      response: { ...response, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, usage: { input_tokens: 1, output_tokens: 2 } },
    },
  ]
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { model } = modelFor({ provider: 'openai', model: 'some', baseUrl: `http://127.0.0.1:${port}/v1` }, emptyRoom)
  const chunks = await gathered(answer({ model, system: '', messages: [{ role: 'user', content: 'hi' }], signal: new AbortController().signal }))
  server.close()
  expect(chunks).toEqual([{ type: 'text-start' }, { type: 'text', text: 'On and on' }, { type: 'limited' }])
})
