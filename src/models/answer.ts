// One call of a language model, as chunks: what it says, the tools that it asks for, and how it ends. It runs no tool. Whatever goes
// wrong becomes a value: this never throws.
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { type DynamicToolUIPart, experimental_streamLanguageModelCall as streamLanguageModelCall, type ModelMessage, type ToolSet } from 'ai'
import type { Failure } from '../conversation/message'
import { CUT_OFF, failureOf, knowsNoTools, NEVER_BEGAN, OVERTIME, SILENT } from './failure'
import { labelOf } from './own-label'
import type { Usage } from './price'
import { Reading } from './reading'
import type { ToolCall } from './tool-calls'
import { untilSilent } from './until-silent'
import { usageIn } from './usage-in'
import type { Wire } from './wire'

/** What a reply grows by. */
export type AnswerChunk =
  | SaidChunk
  /** A tool was called or its state changed; `toolCallId` says which. */
  | { readonly type: 'tool'; readonly part: DynamicToolUIPart }
  /** The last chunk for now: people have to approve what was called. */
  | { readonly type: 'asking' }
  | Ending

/** What one call of a model says. */
export type StepChunk =
  | SaidChunk
  /** A tool is called: once when that begins, where the provider says so, and once when its input is whole. */
  | { readonly type: 'call'; readonly call: ToolCall }
  /** More of a call's input, as it is written. */
  | { readonly type: 'call-input'; readonly text: string }
  | StepEnding

type SaidChunk =
  /** A text part begins; the `text` chunks that follow belong to it. */
  | { readonly type: 'text-start' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning-start' }
  | { readonly type: 'reasoning'; readonly text: string }

/**
 * The last chunk, and there is exactly one. `done` with a failure: whole but for what that says. `limited`: the answer is as
 * long as was asked for; with a failure: at a limit of whoever asked, which says which. `aborted`: the caller's signal ended it.
 */
export type Ending =
  | { readonly type: 'done'; readonly failure?: Failure }
  | { readonly type: 'limited'; readonly failure?: Failure }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'aborted' }

/**
 * `calls`: it waits for the results of the tools that it called. `toolless`: it was refused because of the tools that it was offered,
 * and may be asked without them.
 */
export type StepEnding = Ending | { readonly type: 'calls' } | { readonly type: 'toolless' }

export interface AnswerRequest {
  readonly model: LanguageModelV4
  readonly system: string
  readonly messages: readonly ModelMessage[]
  readonly signal: AbortSignal
  /** Where signs of life are seen that say nothing; without it only what is said counts as one. */
  readonly wire?: Wire
  /** How long a model may take to begin, giving no sign of life, ms. */
  readonly patienceMs?: number
  /** The same once it has begun, ms. */
  readonly silenceMs?: number
  /** How long all of it may take, ms; never shorter than its patience. */
  readonly longestMs?: number
  /** The name under which the model speaks: a label with it before its words is left out. */
  readonly speaker?: string
  /** Whether its words go on with a reply. */
  readonly goesOn?: boolean
  /** Told once why an answer failed, or has a gap: what was thrown, which is for whoever runs this and not for people. */
  readonly onFailure?: (failure: Failure, thrown: unknown) => void
  /** What it may call; none of them is run here. */
  readonly tools?: ToolSet
  /** The longest answer, in tokens as the model counts them. */
  readonly maxOutputTokens?: number
  /** Told once what all of it took, as far as the provider says so. */
  readonly onUsage?: (usage: Partial<Usage>) => void
}

const SILENCE_MS = 60_000
/** Some thousand times what people read in a chat; whoever streams for longer never ends. */
export const LONGEST_MS = 60 * 60_000

export async function* answer(request: AnswerRequest): AsyncGenerator<StepChunk> {
  const { model, system, messages, signal, wire, tools, maxOutputTokens, onUsage, onFailure, silenceMs = SILENCE_MS } = request
  const hangUp = new AbortController()
  const onAbort = () => hangUp.abort()
  signal.addEventListener('abort', onAbort, { once: true })
  // Before the ending is given: whoever takes it asks for nothing more.
  const report = (ending: StepEnding, thrown: unknown): StepEnding => {
    if ('failure' in ending && ending.failure) onFailure?.(ending.failure, thrown)
    return ending
  }
  const reading = new Reading(labelOf(request.speaker ?? '', request.goesOn ?? false))
  try {
    if (signal.aborted) return yield { type: 'aborted' }
    const stream = streamLanguageModelCall({
      model,
      instructions: system,
      messages: [...messages],
      abortSignal: hangUp.signal,
      ...(tools ? { tools } : {}),
      ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    }).then((call) => call.stream)
    const listening = {
      patience: () => (reading.awaitsFirst ? (request.patienceMs ?? silenceMs) : silenceMs),
      words: () => reading.words,
      longestMs: Math.max(request.longestMs ?? LONGEST_MS, request.patienceMs ?? 0),
    }
    for await (const part of untilSilent(stream, listening, signal, wire)) {
      if (part === 'aborted') return yield* reading.endWith({ type: 'aborted' })
      if (part === 'silent') return yield* reading.endWith(report(failed(reading.started ? SILENT : NEVER_BEGAN), null))
      if (part === 'overtime') return yield* reading.endWith(report(failed(OVERTIME), null))
      const usage = wire?.hasOddUsage ? null : usageIn(part)
      if (usage) onUsage?.(usage)
      for (const chunk of reading.read(part)) {
        if (!isEnding(chunk)) yield chunk
        else return yield report(chunk, reading.thrown)
      }
    }
    yield* reading.endWith(report(failed(CUT_OFF), null))
  } catch (error) {
    if (tools && !reading.started && !signal.aborted && knowsNoTools(error)) return yield { type: 'toolless' }
    yield* reading.endWith(signal.aborted ? { type: 'aborted' } : report(failed(failureOf(error, reading.started)), error))
  } finally {
    signal.removeEventListener('abort', onAbort)
    hangUp.abort()
  }
}

function failed(failure: Failure): Ending {
  return { type: 'failed', failure }
}

function isEnding(chunk: StepChunk): chunk is StepEnding {
  return (
    chunk.type === 'calls' ||
    chunk.type === 'toolless' ||
    chunk.type === 'done' ||
    chunk.type === 'limited' ||
    chunk.type === 'failed' ||
    chunk.type === 'aborted'
  )
}
