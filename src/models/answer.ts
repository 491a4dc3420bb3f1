// One answer from a language model, as the chunks a room appends. Whatever goes wrong becomes a value: this never throws.
import type { LanguageModelV4 } from '@ai-sdk/provider'
import {
  type DynamicToolUIPart,
  type Experimental_LanguageModelStreamPart as LanguageModelStreamPart,
  type FinishReason,
  experimental_streamLanguageModelCall as streamLanguageModelCall,
  isStepCount,
  type ModelMessage,
  streamText,
  type TextStreamPart,
  type ToolSet,
} from 'ai'
import type { Failure } from '../conversation/message'
import { CUT_OFF, EMPTY, EMPTY_LENGTH, failureOf, FILTERED, SILENT } from './failure'
import { ToolCalls } from './tool-calls'

export type AnswerChunk =
  /** A text part begins; the `text` chunks that follow belong to it. */
  | { readonly type: 'text-start' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning-start' }
  | { readonly type: 'reasoning'; readonly text: string }
  /** A tool was called or its state changed; `toolCallId` says which. */
  | { readonly type: 'tool'; readonly part: DynamicToolUIPart }
  | Ending

/** The last chunk, and there is exactly one. `limited`: the answer is as long as was asked for. `aborted`: the caller's signal ended it. */
export type Ending =
  | { readonly type: 'done' }
  | { readonly type: 'limited' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'aborted' }

export interface AnswerRequest {
  readonly model: LanguageModelV4
  readonly system: string
  readonly messages: readonly ModelMessage[]
  readonly signal: AbortSignal
  /** How long the model, or a tool, may say nothing, ms. */
  readonly silenceMs?: number
  readonly tools?: ToolSet
  /** The longest answer, in tokens as the model counts them. */
  readonly maxOutputTokens?: number
  /** Told once how many tokens all of it took, prompt and answer, when the provider says so. */
  readonly onUsage?: (tokens: number) => void
}

const SILENCE_MS = 60_000
/** Calls of the model in one answer: room for a few tools, an end to a model that only calls tools. */
const MAX_STEPS = 5

export async function* answer({
  model,
  system,
  messages,
  signal,
  silenceMs = SILENCE_MS,
  tools,
  maxOutputTokens,
  onUsage,
}: AnswerRequest): AsyncGenerator<AnswerChunk> {
  const hangUp = new AbortController()
  const onAbort = () => hangUp.abort()
  signal.addEventListener('abort', onAbort, { once: true })
  const reading = new Reading()
  try {
    if (signal.aborted) return yield { type: 'aborted' }
    const stream = listen(
      model,
      { instructions: system, messages: [...messages], abortSignal: hangUp.signal, ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }) },
      tools,
    )
    for await (const part of untilSilent(stream, silenceMs, signal)) {
      if (part === 'aborted') return yield { type: 'aborted' }
      if (part === 'silent') return yield failed(SILENT)
      const tokens = tokensIn(part)
      if (tokens !== null) onUsage?.(tokens)
      for (const chunk of reading.read(part)) {
        yield chunk
        if (isEnding(chunk)) return
      }
    }
    yield failed(CUT_OFF)
  } catch (error) {
    yield signal.aborted ? { type: 'aborted' } : failed(failureOf(error, reading.started))
  } finally {
    signal.removeEventListener('abort', onAbort)
    hangUp.abort()
  }
}

type ModelPart = TextStreamPart<ToolSet> | LanguageModelStreamPart

interface Call {
  readonly instructions: string
  readonly messages: ModelMessage[]
  readonly abortSignal: AbortSignal
  readonly maxOutputTokens?: number
}

/**
 * One call of the model, or with tools as many as their results ask for. Only the latter need `streamText`, which leads
 * every token through ten streams more: half the CPU of a reply in a small room (decision 11).
 */
async function listen(model: LanguageModelV4, call: Call, tools: ToolSet | undefined): Promise<AsyncIterable<ModelPart>> {
  if (!tools) return (await streamLanguageModelCall({ model, ...call })).stream
  return streamText({
    model,
    ...call,
    tools,
    stopWhen: isStepCount(MAX_STEPS),
    // The room shows what went wrong and offers to try again; silent retries would only delay that.
    maxRetries: 0,
    // Errors arrive in the stream; the default handler would print them, keys and all.
    onError: () => {},
  }).stream
}

/** What the whole answer took, where its last part says so. */
function tokensIn(part: ModelPart): number | null {
  if (part.type !== 'finish' && part.type !== 'model-call-end') return null
  const { inputTokens, outputTokens, totalTokens } = part.type === 'finish' ? part.totalUsage : part.usage
  return totalTokens ?? (inputTokens === undefined || outputTokens === undefined ? null : inputTokens + outputTokens)
}

/** What has been read so far, and what the next part of the stream means after it. */
class Reading {
  /** Whether the model has begun to answer: afterwards a lost connection is an answer cut off. */
  started = false
  private open: string | null = null
  private hasText = false
  private readonly tools = new ToolCalls()

  read(part: ModelPart): readonly AnswerChunk[] {
    switch (part.type) {
      case 'text-start':
      case 'reasoning-start':
        this.open = null
        return []
      case 'text-delta':
        return this.grow('text', part.id, part.text)
      case 'reasoning-delta':
        return this.grow('reasoning', part.id, part.text)
      case 'error':
        return [failed(failureOf(part.error, this.started))]
      case 'abort':
        return [{ type: 'aborted' }]
      case 'finish':
      case 'model-call-end':
        return [this.ending(part.finishReason)]
      default:
        return this.useTool(part)
    }
  }

  private grow(type: 'text' | 'reasoning', id: string, text: string): readonly AnswerChunk[] {
    if (text === '') return []
    this.started = true
    if (type === 'text' && text.trim() !== '') this.hasText = true
    const key = `${type} ${id}`
    const begins = this.open !== key
    this.open = key
    return begins ? [{ type: `${type}-start` }, { type, text }] : [{ type, text }]
  }

  private useTool(part: ModelPart): readonly AnswerChunk[] {
    const tool = this.tools.read(part)
    if (!tool) return []
    this.started = true
    this.open = null
    return [{ type: 'tool', part: tool }]
  }

  private ending(reason: FinishReason): Ending {
    if (reason === 'content-filter') return failed(FILTERED)
    if (reason === 'interrupted' || reason === 'error') return failed(CUT_OFF)
    if (this.hasText) return { type: reason === 'length' ? 'limited' : 'done' }
    return failed(reason === 'length' ? EMPTY_LENGTH : EMPTY)
  }
}

/** The stream's parts until it ends, the signal aborts, or nothing comes for `silenceMs`. */
async function* untilSilent<T>(stream: Promise<AsyncIterable<T>>, silenceMs: number, signal: AbortSignal): AsyncGenerator<T | 'silent' | 'aborted'> {
  const opened = stream.then((parts) => parts[Symbol.asyncIterator]())
  const ended = Promise.withResolvers<'silent' | 'aborted'>()
  const onAbort = () => ended.resolve('aborted')
  signal.addEventListener('abort', onAbort, { once: true })
  let heard = Date.now()
  // One timer for a whole stretch of parts: setting one for every part costs more than reading it.
  const check = () => {
    const left = heard + silenceMs - Date.now()
    if (left <= 0) ended.resolve('silent')
    else timer = setTimeout(check, left)
  }
  let timer = setTimeout(check, silenceMs)
  try {
    for (let next = opened.then((parts) => parts.next()); ; next = (await opened).next()) {
      // When another wins the race nobody else awaits this one.
      next.catch(() => {})
      const won = await Promise.race([next, ended.promise])
      heard = Date.now()
      if (won === 'silent' || won === 'aborted') return yield won
      if (won.done) return
      yield won.value
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

function failed(failure: Failure): Ending {
  return { type: 'failed', failure }
}

function isEnding(chunk: AnswerChunk): chunk is Ending {
  return chunk.type === 'done' || chunk.type === 'limited' || chunk.type === 'failed' || chunk.type === 'aborted'
}
