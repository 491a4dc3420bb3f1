// A language model that says, step by step, what a test wrote down.
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart, SharedV4ProviderMetadata } from '@ai-sdk/provider'

/** What it says in one step: words, and calls of tools with their input as JSON, and what the provider hangs on them. */
export type ScriptedStep = readonly (string | readonly [tool: string, input: string, provided?: SharedV4ProviderMetadata])[]

/** After the last step it says 'Done.'; `prompts` holds what it was asked. */
export function scriptedModel(steps: readonly ScriptedStep[], prompts: LanguageModelV4CallOptions[]): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'test',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('nobody asks that')),
    doStream: (options) => {
      const step = steps[prompts.length] ?? ['Done.']
      prompts.push(options)
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        start(controller) {
          for (const part of partsOf(step)) controller.enqueue(part)
          controller.close()
        },
      })
      return Promise.resolve({ stream })
    },
  }
}

function* partsOf(step: ScriptedStep): Generator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] }
  for (const [at, said] of step.entries()) {
    const id = String(at)
    if (typeof said === 'string') {
      yield { type: 'text-start', id }
      yield { type: 'text-delta', id, delta: said }
      yield { type: 'text-end', id }
    } else yield { type: 'tool-call', toolCallId: 'the same for all', toolName: said[0], input: said[1], ...(said[2] ? { providerMetadata: said[2] } : {}) }
  }
  const calls = step.some((said) => typeof said !== 'string')
  const inputTokens = { total: 100, noCache: undefined, cacheRead: undefined, cacheWrite: undefined }
  yield {
    type: 'finish',
    finishReason: { unified: calls ? 'tool-calls' : 'stop', raw: undefined },
    usage: { inputTokens, outputTokens: { total: 10, text: undefined, reasoning: undefined } },
  }
}
