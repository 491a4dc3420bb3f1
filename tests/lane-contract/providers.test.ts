// Every way to a model, against a server of providers' interfaces that nobody here wrote. What it cannot do, our own fake
// does (models.test.ts).
import { LLMock } from '@copilotkit/aimock'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answer, type StepChunk } from '../../src/models/answer'
import { modelFor } from '../../src/models/choose-model'
import type { ModelSettings } from '../../src/models/model-settings'
import type { RoomReader } from '../../src/models/room-reader'
import { gathered } from '../support/fake-model/gathered'
import { signInAsGuest } from '../support/guest'
import { makeRoom } from '../support/room'
import { startServer, type TestServer } from '../support/server'
import { DRIVERS } from './drivers'
import { Participant } from './participant'
import { type Message, textOf } from '../../src/conversation/message'

const mock = new LLMock({ port: 0, host: '127.0.0.1' })
beforeAll(async () => {
  mock.on({ userMessage: 'capital of France' }, { content: 'Paris, of course.' }, { chunkSize: 4 })
  mock.on({ userMessage: 'think first' }, { content: 'Paris.', reasoning: 'France has one capital.' }, { chunkSize: 4 })
  mock.on({ userMessage: 'inline thought' }, { content: '<think>hm</think>[#2 agent Parley] Paris.' }, { chunkSize: 3 })
  mock.on({ userMessage: 'go on for ever' }, { content: 'On and on', finishReason: 'length' }, { chunkSize: 4 })
  mock.on({ userMessage: 'break off' }, { content: 'Paris is the capital of France' }, { chunkSize: 4, truncateAfterChunks: 6, latency: 50 })
  mock.on(
    { userMessage: 'no key' },
    { error: { message: 'Incorrect API key provided: sk-secret', type: 'invalid_request_error', code: 'invalid_api_key' }, status: 401 },
  )
  mock.on({ userMessage: 'moderate' }, { error: { message: 'Your input was flagged by moderation.', type: 'moderation' }, status: 403 })
  mock.on({ userMessage: 'wrong model' }, { error: { message: 'The model does not exist', type: 'not_found_error', code: 'model_not_found' }, status: 404 })
  mock.on({ userMessage: 'wrong place' }, { error: { message: 'Not Found' }, status: 404 })
  mock.on({ userMessage: 'too fast' }, { error: { message: 'Rate limit reached', type: 'rate_limit_error' }, status: 429, retryAfter: 20 })
  mock.on(
    { userMessage: 'no money' },
    { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' }, status: 429 },
  )
  mock.on({ userMessage: 'in trouble' }, { error: { message: 'Overloaded', type: 'overloaded_error' }, status: 529 })
  mock.on({ userMessage: 'nonsense' }, { content: 'never said' }, { chaos: { malformedRate: 1 } })
  mock.on({ userMessage: 'hang up' }, { content: 'never said' }, { chaos: { disconnectRate: 1 } })
  await mock.start()
})
afterAll(() => mock.stop())

/** What is asked, what people see: state, reasoning in braces, words, and the code of a failure. */
const CASES = [
  ['capital of France', 'complete: Paris, of course.'],
  ['think first', 'complete: {France has one capital.} Paris.'],
  ['inline thought', 'complete: {hm} Paris.'],
  ['go on for ever', 'stopped: On and on (limit)'],
  ['no key', 'failed:  (unauthorized)'],
  ['moderate', 'failed:  (provider)'],
  ['wrong model', 'failed:  (configuration)'],
  ['wrong place', 'failed:  (configuration)'],
  ['too fast', 'failed:  (rate_limited)'],
  ['no money', 'failed:  (rate_limited)'],
  ['in trouble', 'failed:  (provider)'],
  ['nonsense', 'failed:  (malformed)'],
] as const

/** The server's Responses never say that they are incomplete (choose-model.test.ts does); OpenAI's chat completions tell no reasoning. */
function casesOf(path: string, isOpenAI = false): readonly (readonly [prompt: string, expected: string])[] {
  const known = path === '/v1/responses' ? CASES.filter(([prompt]) => prompt !== 'go on for ever') : CASES
  return known.map(([prompt, expected]) => [prompt, isOpenAI && prompt === 'think first' ? 'complete: Paris.' : expected])
}

describe.each([
  ['openai', () => ({ MODEL: 'openai:some', OPENAI_BASE_URL: `${mock.url}/v1` }), '/v1/chat/completions'],
  ['openai-responses', () => ({ MODEL: 'openai-responses:some', OPENAI_BASE_URL: `${mock.url}/v1`, OPENAI_API_KEY: 'sk-secret' }), '/v1/responses'],
  ['anthropic', () => ({ MODEL: 'anthropic:some', ANTHROPIC_BASE_URL: mock.url, ANTHROPIC_API_KEY: 'sk-secret' }), '/v1/messages'],
])('[R95] through %s', (_provider, environment, path) => {
  let server: TestServer
  const joined: Participant[] = []
  beforeAll(async () => {
    server = await startServer({ env: environment() })
  })
  afterEach(() => {
    for (const participant of joined.splice(0)) participant.close()
  })
  afterAll(() => server.stop())

  async function replyTo(prompt: string): Promise<Message> {
    const guest = await signInAsGuest(server.url, 'Ann')
    const who = await new Participant(DRIVERS.agents, guest, await makeRoom(guest)).connected()
    joined.push(who)
    who.client.post(prompt)
    await who.until('an ended reply', () => who.messages().some(({ role, metadata }) => role === 'assistant' && metadata.status !== 'streaming'))
    const reply = who.messages().find(({ role }) => role === 'assistant')
    if (!reply) throw new Error('there is one')
    return reply
  }

  it.each(casesOf(path))('“%s” is %s', async (prompt, expected) => {
    const reply = await replyTo(prompt)
    expect(summary(reply)).toBe(expected)
    expect(mock.getLastRequest()?.path).toBe(path)
    expect(reply.metadata.failure?.text ?? '').not.toMatch(/sk-|secret|https?:|127\.0\.0\.1/)
  })

  it('a reply that breaks off keeps its words and can be asked for again', async () => {
    const reply = await replyTo('break off')
    expect(reply.metadata).toMatchObject({ status: 'failed', failure: { code: 'cut_off' } })
    expect('Paris is the capital of France'.startsWith(textOf(reply))).toBe(true)
  })

  it('a server that hangs up is not there', async () => {
    expect((await replyTo('hang up')).metadata.failure?.code).toMatch(/unreachable|cut_off/)
  })
})

const emptyRoom: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }

/** Those whose address no setting changes, from the door to models on. */
describe.each<[string, ModelSettings, string]>([
  ['openai', { provider: 'openai', model: 'some', apiKey: 'sk-secret' }, '/v1/responses'],
  ['openai-chat', { provider: 'openai-chat', model: 'some', apiKey: 'sk-secret' }, '/v1/chat/completions'],
  ['workers-ai', { provider: 'workers-ai', model: '@cf/some', accountId: 'abc', apiToken: 'cf-secret' }, '/v1/chat/completions'],
])('[R95] through %s at its own address', (provider, settings, path) => {
  it.each(casesOf(path, provider === 'openai-chat'))('“%s” is %s', async (prompt, expected) => {
    const { model, wire } = modelFor(settings, emptyRoom, { openai: `${mock.url}/v1`, 'workers-ai': mock.url })
    if (!wire) throw new Error('a provider has one')
    const { signal } = new AbortController()
    const chunks = await gathered(answer({ model, wire, system: '', messages: [{ role: 'user', content: prompt }], signal, speaker: 'Parley' }))
    expect(summaryOf(chunks)).toBe(expected)
    expect(mock.getLastRequest()?.path).toContain(path)
  })
})

function summary({ metadata: { status, failure }, parts, ...reply }: Message): string {
  const reasoning = parts.flatMap((part) => (part.type === 'reasoning' ? [`{${part.text}} `] : [])).join('')
  return `${status}: ${reasoning}${textOf({ ...reply, parts })}${failure ? ` (${failure.code})` : ''}`
}

function summaryOf(chunks: readonly StepChunk[]): string {
  const said = (type: 'text' | 'reasoning') => chunks.flatMap((chunk) => (chunk.type === type ? [chunk.text] : [])).join('')
  const words = `${said('reasoning') === '' ? '' : `{${said('reasoning')}} `}${said('text')}`
  const last = chunks.at(-1)
  if (last?.type === 'failed') return `failed: ${words} (${last.failure.code})`
  return last?.type === 'limited' ? `stopped: ${words} (limit)` : `complete: ${words}`
}
