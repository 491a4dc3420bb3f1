// One agent's turn: the model is asked, the tools that it calls are run, and it is asked again with what they answered, until it calls
// none. Invariant: whoever takes a chunk keeps it before they ask for the next, so that a call is kept before it runs, and its result
// before anything else is done; a turn that broke off goes on from its parts alone.
import type { DynamicToolUIPart } from 'ai'
import { type Failure, isBlank, type Message, type Part, textOf } from '../../conversation/message'
import type { Answered, Question } from '../../conversation/question'
import type { AnswerChunk } from '../../models/answer'
import type { ModelChoice } from '../../models/choose-model'
import { newMarker } from '../../models/spoken'
import type { Heard, PromptRequest } from '../prompt'
import type { Admission, WantedCall } from '../tools/admit'
import { MOST_STEPS } from '../tools/bounds'
import { runCall } from '../tools/run-call'
import type { OfferedTool, ToolContext } from '../tools/tool'
import { approvalRequested, callDenied, lastStepIn, withoutResult, withResult } from '../../conversation/tool-part'
import type { Grant } from './grant'
import { speak } from './speak'
import { StepCalls } from './step-calls'

export interface TurnInput extends Omit<PromptRequest, 'contextTokens' | 'parts' | 'heard' | 'tools' | 'marker'> {
  readonly choice: ModelChoice
  readonly signal: AbortSignal
  /** Asked before every step. */
  readonly grant: Grant
  /** The reply as it is kept at this moment. */
  parts(): readonly Part[]
  /** What people said to it since it began, to be heard now: messages that it answers too. */
  heard(): readonly Message[]
  /** What may be called, each under a name of its own. */
  readonly tools: readonly OfferedTool[]
  /** What a call is given beside its own. */
  readonly context: Omit<ToolContext, 'call' | 'signal' | 'answers'>
  /** Asked before each call, once its input was read. */
  admit(call: WantedCall): Promise<Admission>
  /** What a person said to what this call had asked. */
  answersTo(call: string): readonly Answered[]
  /** A call has to ask a person first: it did nothing, and is run again when they have answered. */
  ask(call: WantedCall, question: Question): Promise<Admission>
  /** Told before a call runs that has an effect. */
  began(call: string): void
  /** When the turn is over at the latest: server time, ms. */
  readonly until: number
  /** Models that were found to know no tools. */
  readonly toolless: { has(model: string): boolean; add(model: string): void }
}

const STEPS_OVER: Failure = {
  code: 'limit',
  text: `This answer has used tools in ${MOST_STEPS} steps, which is as many as there are in one turn.`,
  goesOn: true,
}
const TIME_OVER: Failure = { code: 'limit', text: 'This answer has taken an hour, which is as long as a turn may take.', goesOn: true }

/** Ends with exactly one done, limited, failed, aborted, or asking, when people have to approve what it called, or what it waits for waits for people. A model that is not set up fails with `configuration`; one that nobody's budget pays for, with `budget`. */
export async function* takeTurn(input: TurnInput): AsyncGenerator<AnswerChunk> {
  const { choice, signal, context, parts, toolless } = input
  if (!choice.ok) return yield { type: 'failed', failure: choice.failure }
  const { chosen } = choice
  // The same in every step: what was read once is not paid for anew.
  const marker = newMarker()
  const before = lastStepIn(parts())
  let heard: readonly Heard[] = []
  const last = Math.ceil((before + 1) / MOST_STEPS) * MOST_STEPS
  yield* runCalls(input, parts().filter(isToBeRun))
  if (isAsking(parts())) return yield { type: 'asking' }
  for (let step = before + 1; ; step += 1) {
    if (signal.aborted) return yield { type: 'aborted' }
    const leftMs = input.until - context.now()
    if (step > last || leftMs <= 0) return yield { type: 'limited', failure: step > last ? STEPS_OVER : TIME_OVER }
    const tools = toolless.has(chosen.id) ? [] : input.tools
    const calls = new StepCalls(step, byName(tools))
    heard = withNewlyHeard(heard, input.heard(), parts().length)
    for await (const chunk of speak({ ...input, chosen, marker, tools, parts: parts(), heard, leftMs })) {
      if (chunk.type === 'call-input') continue
      if (chunk.type === 'calls') break
      if (chunk.type === 'toolless') {
        toolless.add(chosen.id)
        step -= 1
        break
      }
      if (chunk.type === 'call') {
        const part = calls.take(chunk.call)
        if (part) yield { type: 'tool', part }
        continue
      }
      if (chunk.type === 'failed') return yield ended(chunk.failure, step, parts())
      yield chunk
      if (chunk.type === 'done' || chunk.type === 'limited' || chunk.type === 'aborted') return
    }
    const tooMany = calls.end()
    if (tooMany) yield { type: 'tool', part: tooMany }
    yield* runCalls(input, calls.toRun)
    if (isAsking(parts())) return yield { type: 'asking' }
  }
}

/** What came since the last step stands, from then on, after what was done until now. */
function withNewlyHeard(heard: readonly Heard[], all: readonly Message[], after: number): readonly Heard[] {
  const known = new Set(heard.map(({ message: { id } }) => id))
  return [...heard, ...all.flatMap((message) => (known.has(message.id) ? [] : [{ message, after }]))]
}

/** How a turn ends whose model failed: what it said and did before that is not undone by it. */
function ended(failure: Failure, step: number, parts: readonly Part[]): AnswerChunk {
  // It had said what there was to be said before it called its tools.
  if (failure.code === 'empty' && step > 1 && !isBlank(textOf({ parts }))) return { type: 'done' }
  return failure.code === 'budget' && step > 1 ? { type: 'limited', failure } : { type: 'failed', failure }
}

/** Runs calls side by side; each result is told as it comes. */
async function* runCalls(input: TurnInput, calls: readonly DynamicToolUIPart[]): AsyncGenerator<AnswerChunk> {
  const tools = byName(input.tools)
  const running = new Map(calls.map((call, at) => [at, run(input, tools.get(call.toolName), call).then((part) => ({ at, part }))]))
  while (running.size > 0) {
    const { at, part } = await Promise.race(running.values())
    running.delete(at)
    yield { type: 'tool', part }
  }
}

async function run(input: TurnInput, tool: OfferedTool | undefined, call: DynamicToolUIPart): Promise<DynamicToolUIPart> {
  if (!tool) return withoutResult(call, `There is no tool called ${call.toolName}. ${known(input.tools)}`)
  const read = tool.read(call.input)
  if (!read.ok) return withoutResult(call, read.text)
  const admitted = await input.admit({ tool, part: call, input: read.value })
  if (input.signal.aborted) return withoutResult(call, 'The turn was stopped before this tool ran.')
  if (admitted.type !== 'run') return notAdmitted(call, admitted)
  if (tool.effect !== 'none' && !tool.resumes) input.began(call.toolCallId)
  const { toolCallId: id } = call
  const outcome = await runCall(tool, read.value, { ...input.context, call: id, signal: input.signal, answers: input.answersTo(id) })
  if (outcome.ok) return withResult(call, outcome.output)
  // As it was: by that it is known to be run again.
  if (outcome.waits && !input.signal.aborted) return call
  const asked = outcome.question && !input.signal.aborted ? await input.ask({ tool, part: call, input: read.value }, outcome.question) : null
  return asked?.type === 'ask' ? notAdmitted(call, asked) : withoutResult(call, asked?.type === 'refused' ? `${outcome.text} ${asked.text}` : outcome.text)
}

function notAdmitted(call: DynamicToolUIPart, admitted: Exclude<Admission, { type: 'run' }>): DynamicToolUIPart {
  switch (admitted.type) {
    case 'refused':
      return withoutResult(call, admitted.text)
    case 'ask':
      return approvalRequested(call, admitted.id)
    case 'denied':
      return callDenied(call, admitted.id, admitted.reason)
    default:
      return admitted satisfies never
  }
}

/** The turn goes on when all of them are decided, and nothing is waited for any more. Asked when what could run has. */
function isAsking(parts: readonly Part[]): boolean {
  return parts.some((part) => (part.type === 'dynamic-tool' && part.state === 'approval-requested') || isToBeRun(part))
}

function known(tools: readonly OfferedTool[]): string {
  return tools.length === 0 ? 'There are none.' : `There are: ${tools.map(({ name }) => name).join(', ')}.`
}

function byName(tools: readonly OfferedTool[]): ReadonlyMap<string, OfferedTool> {
  return new Map(tools.map((tool) => [tool.name, tool]))
}

/** A call that was made and has not run, or may run once more: what may not was given its end by whoever found it. */
function isToBeRun(part: Part): part is DynamicToolUIPart {
  return part.type === 'dynamic-tool' && (part.state === 'input-available' || (part.state === 'approval-responded' && part.approval.approved))
}
