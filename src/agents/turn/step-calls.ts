// The calls that a model makes in one step, as parts of its reply: which may run, and in words why the others do not.
import type { DynamicToolUIPart } from 'ai'
import type { ToolCall } from '../../models/tool-calls'
import { kept, LONGEST_KEPT, MOST_CALLS } from '../tools/bounds'
import type { OfferedTool } from '../tools/tool'
import { type CallFacts, withoutResult } from '../../conversation/tool-part'

/** The longest name that is kept of a tool. */
const LONGEST_NAME = 64

export class StepCalls {
  /** Those that are whole and may be run, in their order. */
  readonly toRun: DynamicToolUIPart[] = []
  private readonly step: number
  private readonly tools: ReadonlyMap<string, OfferedTool>
  /** The first call of too many; it tells how many there were. */
  private first: DynamicToolUIPart | null = null
  private tooMany = 0

  constructor(step: number, tools: ReadonlyMap<string, OfferedTool>) {
    this.step = step
    this.tools = tools
  }

  /** The part of a call, as it stands now; null for one that is only counted. */
  take({ at, tool: named, input, isWhole, isBroken, provided }: ToolCall): DynamicToolUIPart | null {
    const toolName = named.replace(/[^\w-]/g, '_').slice(0, LONGEST_NAME) || 'unnamed'
    const facts: CallFacts = factsFor(toolName, this.tools.get(toolName), this.step)
    const part = { type: 'dynamic-tool', toolName, toolCallId: callId(this.step, at), toolMetadata: { ...facts } } as const
    if (at > MOST_CALLS) {
      if (isWhole) this.tooMany += 1
      if (isWhole) this.first ??= { ...part, state: 'input-available', input: {} }
      return null
    }
    if (!isWhole) return { ...part, state: 'input-streaming', input: undefined }
    const bounded = kept(input)
    const called: DynamicToolUIPart = {
      ...part,
      state: 'input-available',
      input: bounded?.value ?? null,
      ...(provided ? { callProviderMetadata: provided } : {}),
    }
    if (isBroken) return withoutResult(called, 'The input of this call is no JSON. It was not run.')
    if (!bounded?.isWhole) return withoutResult(called, `The input of this call is longer than ${LONGEST_KEPT} characters. It was not run.`)
    this.toRun.push(called)
    return called
  }

  /** Told when the model has called all that it calls. */
  end(): DynamicToolUIPart | null {
    if (!this.first) return null
    const others = this.tooMany === 1 ? '' : `, and neither were the ${this.tooMany - 1} after it`
    return withoutResult(this.first, `At most ${MOST_CALLS} tools are called in one step: this call was not run${others}.`)
  }
}

/** Nine letters and digits: as long as the strictest provider wants it. */
function callId(step: number, at: number): string {
  return `c${String(step).padStart(4, '0')}${String(at).padStart(4, '0')}`
}

function factsFor(name: string, tool: OfferedTool | undefined, step: number): CallFacts {
  return { tool: tool?.own ?? name, ...(tool?.server === undefined ? {} : { server: tool.server }), effect: tool?.effect ?? null, step }
}
