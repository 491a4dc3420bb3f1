import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import type { MemberId, MessageId } from '../conversation/ids'
import { accept, refuse } from '../conversation/refusal'
import { gathered } from '../../tests/support/fake-model/gathered'
import type { Grant } from './grant'
import { speak, type SpeakInput } from './speak'
import { tokensOf } from './tokens'

const ann = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' } as const
const text = 'What is the capital of France? '.repeat(20)
const prompt = {
  id: 'message-1' as MessageId,
  role: 'user',
  metadata: { seq: 1, version: 1, author: ann, status: 'complete', createdAt: 0 },
  parts: [{ type: 'text', text }],
} as const

/** A model that says these words and then, if anything, what they took. */
function modelSaying(words: readonly string[], usage: { readonly input?: number; readonly output?: number } = {}, onCall = () => {}): LanguageModelV4 {
  const parts: readonly LanguageModelV4StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '1' },
    ...words.map((delta) => ({ type: 'text-delta', id: '1', delta }) as const),
    { type: 'text-end', id: '1' },
    {
      type: 'finish',
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: {
        inputTokens: { total: usage.input, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: usage.output, text: undefined, reasoning: undefined },
      },
    },
  ]
  return {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'test',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('nobody asks that')),
    doStream: () => {
      onCall()
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          controller.close()
        },
      })
      return Promise.resolve({ stream })
    },
  }
}

const MAX_OUTPUT = 1_000

function inputFor(model: LanguageModelV4, grant: Grant, isGuide = false): SpeakInput {
  const { signal } = new AbortController()
  return {
    choice: {
      ok: true,
      chosen: {
        model,
        id: 'test',
        label: 'Test',
        contextTokens: 8_000,
        maxOutputTokens: MAX_OUTPUT,
        patienceMs: 60_000,
        longestMs: 3_600_000,
        wire: null,
        isGuide,
        settings: { provider: 'guide' },
      },
    },
    agent: { id: 'parley' as MemberId, name: 'Parley', kind: 'agent', instruction: '' },
    roomName: 'Lobby',
    here: [],
    history: [],
    prompt,
    now: 0,
    signal,
    grant,
  }
}

/** A grant that says yes, and what it heard. */
function granting() {
  const asked: number[] = []
  const took: number[] = []
  const grant: Grant = (tokens) => {
    asked.push(tokens)
    return Promise.resolve(accept((tokens) => took.push(tokens)))
  }
  return { grant, asked, took }
}

describe('[R62] a call of a model', () => {
  test('is granted before the model hears of it, for as much as it may take', async () => {
    const { grant, asked } = granting()
    let calledAfter = -1
    await gathered(
      speak(
        inputFor(
          modelSaying(['Paris.'], {}, () => (calledAfter = asked.length)),
          grant,
        ),
      ),
    )
    expect(calledAfter).toBe(1)
    expect(asked[0]).toBeGreaterThan(tokensOf(text) + MAX_OUTPUT)
  })

  test('is settled with what the provider says', async () => {
    const { grant, took } = granting()
    await gathered(speak(inputFor(modelSaying(['Paris.'], { input: 321, output: 12 }), grant)))
    expect(took).toEqual([333])
  })

  test('is settled with an estimate where the provider says nothing, and when nobody listens to the end', async () => {
    const whole = granting()
    await gathered(speak(inputFor(modelSaying(['word '.repeat(1_000)]), whole.grant)))
    expect(whole.took).toHaveLength(1)
    expect(whole.took[0]).toBeGreaterThan(1_400)
    expect(whole.took[0]).toBeLessThan(2_000)
    const left = granting()
    for await (const chunk of speak(inputFor(modelSaying(['word ', 'word ', 'word '], { input: 9, output: 9 }), left.grant))) if (chunk.type === 'text') break
    expect(left.took).toHaveLength(1)
    expect(left.took[0]).toBeGreaterThan(tokensOf(text))
  })

  test('that is not granted is not made: the reply fails, and says why', async () => {
    let calls = 0
    const chunks = await gathered(
      speak(
        inputFor(
          modelSaying(['Paris.'], {}, () => calls++),
          () => Promise.resolve(refuse('budget_spent', 'No more today.')),
        ),
      ),
    )
    expect(chunks).toEqual([{ type: 'failed', failure: { code: 'budget', text: 'No more today.' } }])
    expect(calls).toBe(0)
  })

  test('of the guide asks nobody', async () => {
    const { grant, asked } = granting()
    await gathered(speak(inputFor(modelSaying(['Hello.']), grant, true)))
    expect(asked).toEqual([])
  })
})
