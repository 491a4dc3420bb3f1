// A reply that used tools as its model is told of it again: what it said, what it called and what came back, step by step.
// Invariant: every call is followed by exactly one result, and by no other's; reasoning is not told.
import type { AssistantContent, DynamicToolUIPart, ModelMessage, ToolResultPart } from 'ai'
import type { Part } from '../../conversation/message'
import { cleaned, legible } from '../../conversation/seen'
import { fromOutside } from '../../models/spoken'
import { cut, readable } from '../tools/bounds'
import { factsOf } from '../../conversation/tool-part'

export interface Telling {
  /** Characters of a result. */
  readonly mostOfResult: number
  /** Whether the model may call tools, and so knows what a call is; else it reads of them in words. */
  readonly asCalls: boolean
  /** Is left out of what tools answered: nobody may write a line with it. */
  readonly marker: string
  /** Names a call, anew in each prompt: no two replies may give theirs the same name. */
  nameOf(reply: string, call: string): string
}

/** One call of the model, and what the tools that it called answered. */
export type ToldStep = readonly ModelMessage[]

interface Step {
  readonly said: string[]
  readonly calls: DynamicToolUIPart[]
}

/** Oldest first. `reply`: whose parts they are. */
export function toldSteps(parts: readonly Part[], reply: string, telling: Telling): readonly ToldStep[] {
  return stepsOf(parts).map((step) => (telling.asCalls ? asCalls(step, reply, telling) : asWords(step, telling)))
}

/** Text after a call begins the next step: it was said by a model that knew the result. */
function stepsOf(parts: readonly Part[]): readonly Step[] {
  const steps: Step[] = []
  const next = () => {
    const step: Step = { said: [], calls: [] }
    steps.push(step)
    return step
  }
  for (const part of parts) {
    const last = steps.at(-1)
    const [called] = last?.calls ?? []
    if (part.type === 'text' && part.text.trim() !== '') (called || !last ? next() : last).said.push(part.text)
    // What was never whole was never called.
    if (part.type === 'dynamic-tool' && part.state !== 'input-streaming')
      (!last || (called && factsOf(called).step !== factsOf(part).step) ? next() : last).calls.push(part)
  }
  return steps
}

function asCalls({ said, calls }: Step, reply: string, { mostOfResult, marker, nameOf }: Telling): readonly ModelMessage[] {
  const text = said.join('\n\n')
  if (calls.length === 0) return [{ role: 'assistant', content: text }]
  const content: Exclude<AssistantContent, string> = text === '' ? [] : [{ type: 'text', text }]
  const results: ToolResultPart[] = []
  for (const call of calls) {
    const named = { toolCallId: nameOf(reply, call.toolCallId), toolName: call.toolName }
    content.push({ type: 'tool-call', ...named, input: inputOf(call), ...(call.callProviderMetadata ? { providerOptions: call.callProviderMetadata } : {}) })
    results.push({ type: 'tool-result', ...named, output: resultOf(call, mostOfResult, marker) })
  }
  return [
    { role: 'assistant', content },
    { role: 'tool', content: results },
  ]
}

function asWords({ said, calls }: Step, { mostOfResult, marker }: Telling): readonly ModelMessage[] {
  const told = calls.map((call) => {
    const { value } = resultOf(call, mostOfResult, marker)
    return `(The tool ${call.toolName} was called with ${cut(JSON.stringify(inputOf(call)), mostOfResult)} and answered: ${value})`
  })
  return [{ role: 'assistant', content: [...said, ...told].join('\n\n') }]
}

/** Providers take nothing but an object. */
function inputOf({ input }: DynamicToolUIPart): unknown {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { input: input ?? null }
}

function resultOf(call: DynamicToolUIPart, most: number, marker: string): { readonly type: 'text' | 'error-text'; readonly value: string } {
  const { effect, tool, server } = factsOf(call)
  const isOutside = effect === 'outside' || saysOutside(call)
  const read = (text: string) =>
    isOutside ? fromOutside(legible(text), server === undefined ? tool : `${server}: ${tool}`, marker) : text.replaceAll(marker, '')
  if (call.state === 'output-available') return { type: 'text', value: read(readable(isOutside ? cleanedOf(call.output) : call.output, most)) }
  if (call.state === 'output-error') return { type: 'error-text', value: read(cut(call.errorText, most)) }
  if (call.state === 'output-denied') return { type: 'error-text', value: read(cut(`This call was not run. ${call.approval.reason ?? ''}`, most)) }
  return { type: 'error-text', value: 'This call was not carried out.' }
}

/** An answer of another agent that had read what strangers wrote. */
function saysOutside({ output }: DynamicToolUIPart): boolean {
  return typeof output === 'object' && output !== null && 'outside' in output && output.outside === true
}

function cleanedOf(output: unknown): unknown {
  try {
    return cleaned(output, legible)
  } catch {
    return 'This result nests too deeply to be read.'
  }
}
