import { afterAll, beforeAll, expect, test } from 'vitest'
import { gathered } from '../../tests/support/fake-model/gathered'
import { type FakeModel, startFakeModel } from '../../tests/support/fake-model/server'
import { answer } from './answer'
import { chooseModel, modelFor } from './choose-model'
import type { RoomReader } from './room-reader'

const emptyRoom: RoomReader = { count: () => 0, search: () => [], newest: () => [] }
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
  [{ MODEL: 'openai:llama3.2', OPENAI_BASE_URL: 'http://localhost:11434/v1' }, 'openai:llama3.2', 'llama3.2 (localhost:11434)'],
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
  const { model } = modelFor(
    { provider: 'workers-ai', model: '@cf/m', accountId: 'abc', apiToken: 'cf-token' },
    emptyRoom,
    fake.url.replace('/v1', '/accounts'),
  )
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
