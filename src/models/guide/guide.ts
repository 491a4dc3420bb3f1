// The built-in guide: a language model to everybody who calls it, and no language model to anybody who asks it. It needs
// no network and no key. The same prompt, room and clock give the same answer, so that a broken-off one can be continued.
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import type { RoomReader } from '../room-reader'
import { questionIn } from './question'
import { replyTo } from './reply'

/** Between words, ms: quick reading speed, slow enough to watch. */
const WORD_DELAY_MS = 25

const STOP: LanguageModelV4FinishReason = { unified: 'stop', raw: undefined }
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

  async doGenerate({ prompt }: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const text = this.answerTo(prompt)
    return { content: [{ type: 'text', text }], finishReason: STOP, usage: NO_USAGE, warnings: [] }
  }

  async doStream({ prompt, abortSignal }: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    return { stream: streamOf(this.speak(this.answerTo(prompt), abortSignal)) }
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

  private answerTo(prompt: LanguageModelV4CallOptions['prompt']): string {
    const question = questionIn(prompt)
    const whole = replyTo(question, this.room, this.now())
    if (question.partial === null) return whole
    if (whole.startsWith(question.partial)) return whole.slice(question.partial.length)
    // The room or the clock has moved on since the first half was said.
    return `\n\nI was interrupted there; this is the answer as it stands now.\n\n${whole}`
  }
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
