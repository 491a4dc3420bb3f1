import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Failure } from '../../conversation/message'
import { accept, refuse } from '../../conversation/refusal'
import { gathered } from '../../../tests/support/fake-model/gathered'
import type { Grant, Took, WantedCall } from './grant'
import { speak, type SpeakInput } from './speak'
import { tokensOf } from '../tokens'

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
      settings: isGuide ? { provider: 'guide' } : { provider: 'compatible', model: 'test', baseUrl: 'http://localhost:1/v1' },
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

/** A grant that says yes, and what it heard. With `limit`, for so many tokens of an answer. */
function granting(limit = Infinity) {
  const calls: WantedCall[] = []
  const asked: number[] = []
  const took: number[] = []
  const all: Took[] = []
  let heard = 0
  const grant: Grant = (call) => {
    calls.push(call)
    asked.push(call.asked + call.longest)
    const end = limit < call.longest ? LIMIT : null
    return Promise.resolve(
      accept({
        longest: Math.min(limit, call.longest),
        end,
        hear: (tokens) => ((heard += tokens) >= limit ? end : null),
        settle: (one) => {
          all.push(one)
          took.push(one.input + one.output)
        },
      }),
    )
  }
  return { grant, calls, asked, took, all }
}

const LIMIT: Failure = { code: 'limit', text: 'That is enough.', goesOn: true }

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

  test('of the guide costs nothing, and says so when it asks; its tokens are estimated', async () => {
    const { grant, calls, all } = granting()
    await gathered(speak(inputFor(modelSaying(['Hello.']), grant, true)))
    expect(calls).toMatchObject([{ isMetered: false }])
    expect(all).toMatchObject([{ isEstimated: true, output: 2 }])
    expect(await all[0]?.dollars()).toBe(0)
  })
})

describe('[R150] what a call took', () => {
  test('is told before its end is', async () => {
    const { grant, took } = granting()
    const before: number[] = []
    for await (const chunk of speak(inputFor(modelSaying(['Paris.'], { input: 321, output: 12 }), grant))) if (chunk.type === 'done') before.push(took.length)
    expect(before).toEqual([1])
  })

  test('is estimated for the half of which the provider says nothing', async () => {
    for (const [usage, expected] of [
      [{ output: 12 }, { output: 12, isEstimated: true }],
      [{ input: 321 }, { input: 321, output: 2, isEstimated: true }],
      // No prompt is empty.
      [
        { input: 0, output: 12 },
        { output: 12, isEstimated: true },
      ],
      [
        { input: 5, output: 0 },
        { input: 5, output: 0, isEstimated: false },
      ],
    ] as const) {
      const { grant, all } = granting()
      await gathered(speak(inputFor(modelSaying(['Paris.'], usage), grant)))
      expect(all).toMatchObject([expected])
      expect(all[0]?.input).toBeGreaterThan(0)
    }
  })

  test('has no price at an address of one’s own', async () => {
    const { grant, all } = granting()
    await gathered(speak(inputFor(modelSaying(['Paris.'], { input: 321, output: 12 }), grant)))
    expect(await all[0]?.dollars()).toBeNull()
  })
})

describe('[R153] a turn that has as many tokens as it gets', () => {
  const words = Array.from({ length: 100 }, (_, n) => `word${n} `)

  test('stops there, keeps what it said and says why, whatever its model would say', async () => {
    const { grant, took } = granting(40)
    const chunks = await gathered(speak(inputFor(modelSaying(words), grant)))
    const said = chunks.flatMap((chunk) => (chunk.type === 'text' ? [chunk.text] : [])).join('')
    expect(said).toMatch(/^word0 word1 /)
    expect(tokensOf(said)).toBeLessThan(50)
    expect(chunks.at(-1)).toEqual({ type: 'limited', failure: LIMIT })
    expect(took).toHaveLength(1)
  })

  test('asks its model for no more than that', async () => {
    const { grant } = granting(40)
    let longest: number | undefined
    const model = modelSaying(['Paris.'])
    const asking: LanguageModelV4 = {
      ...model,
      doStream: (options) => {
        longest = options.maxOutputTokens
        return model.doStream(options)
      },
    }
    await gathered(speak(inputFor(asking, grant)))
    expect(longest).toBe(40)
  })
})
