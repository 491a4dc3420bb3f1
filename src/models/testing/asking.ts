// Asks the fake model for answers, for the tests of what an answer is.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { wrapLanguageModel } from 'ai'
import { afterAll, beforeAll, expect } from 'vitest'
import { gathered } from '../../../tests/support/fake-model/gathered'
import { type FakeModel, startFakeModel } from '../../../tests/support/fake-model/server'
import { answer, type StepChunk, type AnswerRequest } from '../answer'
import { Wire } from '../wire'

let fake: FakeModel | undefined

/** The fake model of this file of tests, from its beginning to its end. */
export function useFakeModel(): { readonly current: FakeModel } {
  beforeAll(async () => {
    fake = await startFakeModel()
  })
  afterAll(async () => fake?.close())
  return {
    get current() {
      return theFake()
    },
  }
}

function theFake(): FakeModel {
  if (!fake) throw new Error('the fake model has not begun')
  return fake
}

export function modelAt(url: string, wire = new Wire()) {
  const model = createOpenAICompatible({ name: 'fake', baseURL: url, apiKey: 'sk-secret', fetch: wire.fetch })('fake')
  return wrapLanguageModel({ model, middleware: wire.middleware })
}

export function requestFor(prompt: string, options: Partial<AnswerRequest> = {}): AnswerRequest {
  const { signal } = new AbortController()
  const wire = new Wire()
  const messages = [{ role: 'user' as const, content: prompt }]
  return { model: modelAt(theFake().url, wire), wire, system: 'Be brief.', messages, signal, silenceMs: 2_000, speaker: 'Parley', ...options }
}

export function ask(prompt: string, options: Partial<AnswerRequest> = {}): Promise<readonly StepChunk[]> {
  return gathered(answer(requestFor(prompt, options)))
}

export function textIn(chunks: readonly StepChunk[]): string {
  return chunks.flatMap((chunk) => (chunk.type === 'text' ? [chunk.text] : [])).join('')
}

export async function failureFor(prompt: string, options: Partial<AnswerRequest> = {}) {
  const chunks = await ask(prompt, options)
  const endings = chunks.filter((chunk) => chunk.type === 'done' || chunk.type === 'failed' || chunk.type === 'aborted')
  const last = chunks.at(-1)
  expect(endings).toEqual([last])
  if (last?.type !== 'failed') throw new Error(`expected a failure, got ${last?.type}`)
  expect(last.failure.text).not.toMatch(/sk-|secret|https?:|127\.0\.0\.1|\bat \w+ \(/)
  return last.failure
}
