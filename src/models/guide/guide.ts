// The built-in guide: a language model to everybody who calls it, and no language model to anybody who asks it. It needs
// no network and no key. The same prompt, room and clock give the same answer, so that a broken-off one can be continued.
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  LanguageModelV4ToolCall,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import type { RoomReader } from '../room-reader'
import { Means, type WantedCall } from './means'
import { questionIn } from './question'
import { replyTo } from './reply'

/** Between words, ms: quick reading speed, slow enough to watch. */
const WORD_DELAY_MS = 25

const STOP: LanguageModelV4FinishReason = { unified: 'stop', raw: undefined }
const CALLS: LanguageModelV4FinishReason = { unified: 'tool-calls', raw: undefined }
const NO_USAGE: LanguageModelV4Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}

export interface GuideOptions {
  /** Between words, ms. */
  readonly wordDelayMs?: number
  /** Ms since 1970. */
  readonly now?: () => number
}

export class Guide implements LanguageModelV4 {
  readonly specificationVersion = 'v4'
  readonly provider = 'parley'
  readonly modelId = 'guide'
  readonly supportedUrls = {}

  private readonly room: RoomReader
  private readonly wordDelayMs: number
  private readonly now: () => number

  constructor(room: RoomReader, { wordDelayMs = WORD_DELAY_MS, now = Date.now }: GuideOptions = {}) {
    this.room = room
    this.wordDelayMs = wordDelayMs
    this.now = now
  }

  async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const answer = this.answerTo(options)
    if (typeof answer !== 'string') return { content: callsOf(answer), finishReason: CALLS, usage: NO_USAGE, warnings: [] }
    return { content: [{ type: 'text', text: answer }], finishReason: STOP, usage: NO_USAGE, warnings: [] }
  }

  async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const answer = this.answerTo(options)
    return { stream: streamOf(typeof answer === 'string' ? this.speak(answer, options.abortSignal) : this.call(answer)) }
  }

  private async *call(wanted: readonly WantedCall[]): AsyncGenerator<LanguageModelV4StreamPart> {
    yield { type: 'stream-start', warnings: [] }
    yield* callsOf(wanted)
    yield { type: 'finish', finishReason: CALLS, usage: NO_USAGE }
  }

  private async *speak(text: string, signal: AbortSignal | undefined): AsyncGenerator<LanguageModelV4StreamPart> {
    yield { type: 'stream-start', warnings: [] }
    yield { type: 'text-start', id: 'text' }
    for (const delta of text.match(/\s*\S+|\s+$/g) ?? []) {
      signal?.throwIfAborted()
      yield { type: 'text-delta', id: 'text', delta }
      if (this.wordDelayMs > 0) await pause(this.wordDelayMs, signal)
    }
    yield { type: 'text-end', id: 'text' }
    yield { type: 'finish', finishReason: STOP, usage: NO_USAGE }
  }

  /** What it says, or what it has to know first. */
  private answerTo({ prompt, tools = [] }: LanguageModelV4CallOptions): string | readonly WantedCall[] {
    const question = questionIn(prompt)
    const means = new Means(this.room, this.now(), new Set(tools.map(({ name }) => name)), question.done)
    const whole = replyTo(question, means)
    if (means.wanted.length > 0) return means.wanted
    if (question.partial === null) return whole
    if (whole.startsWith(question.partial)) return whole.slice(question.partial.length)
    // The room or the clock has moved on since the first half was said.
    return `\n\nI was interrupted there; this is the answer as it stands now.\n\n${whole}`
  }
}

function callsOf(wanted: readonly WantedCall[]): LanguageModelV4ToolCall[] {
  return wanted.map(({ tool, input }, at) => ({ type: 'tool-call', toolCallId: `call-${at + 1}`, toolName: tool, input: JSON.stringify(input) }))
}

/** `ReadableStream.from`, which not every runtime has. */
function streamOf<T>(parts: AsyncGenerator<T, void>): ReadableStream<T> {
  return new ReadableStream<T>({
    async pull(controller) {
      const next = await parts.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await parts.return()
    },
  })
}

/** Waits; rejects at once when the signal aborts. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
