// A call of a tool as a reply holds it: the AI SDK's part, with what this room must know of it beside. Invariant: a call's id is ours, is
// unique in its reply, and says in which step it was made.
import type { DynamicToolUIPart } from 'ai'
import type { Part } from '../../conversation/message'
import type { Effect, OfferedTool } from './tool'

/** What is kept of a call beside what it is to everybody. */
export interface CallFacts {
  /** The tool's own name. */
  readonly tool: string
  /** The server that it is of. */
  readonly server?: string
  /** Null for a tool that there is not. */
  readonly effect: Effect | null
  /** 1 for the first call of the model in this reply. */
  readonly step: number
}

/** Nine letters and digits: as long as the strictest provider wants it. */
export function callId(step: number, at: number): string {
  return `c${String(step).padStart(4, '0')}${String(at).padStart(4, '0')}`
}

export function factsFor(name: string, tool: OfferedTool | undefined, step: number): CallFacts {
  return { tool: tool?.own ?? name, ...(tool?.server === undefined ? {} : { server: tool.server }), effect: tool?.effect ?? null, step }
}

/** What a part says of its call; what an older release wrote says nothing of its effect. */
export function factsOf({ toolName, toolMetadata = {} }: Pick<DynamicToolUIPart, 'toolName' | 'toolMetadata'>): CallFacts {
  const { tool, server, effect, step } = toolMetadata
  return {
    tool: typeof tool === 'string' ? tool : toolName,
    ...(typeof server === 'string' ? { server } : {}),
    effect: effect === 'none' || effect === 'room' || effect === 'outside' ? effect : null,
    step: typeof step === 'number' ? step : 0,
  }
}

/** Nothing happens to a call in such a state any more. */
export function isSettled({ state }: DynamicToolUIPart): boolean {
  return state === 'output-available' || state === 'output-error' || state === 'output-denied'
}

/** The last step in which these parts call a tool; 0 for none. */
export function lastStepIn(parts: readonly Part[]): number {
  return parts.reduce((last, part) => (part.type === 'dynamic-tool' ? Math.max(last, factsOf(part).step) : last), 0)
}

/** The same call, with words instead of a result. Where it was still to be approved, it never will be. */
export function withoutResult(call: DynamicToolUIPart, errorText: string): DynamicToolUIPart {
  if (call.state === 'approval-requested')
    return { ...bare(call), state: 'output-denied', approval: { id: call.approval.id, approved: false, reason: errorText } }
  return { ...bare(call), state: 'output-error', errorText, ...approvedAs(call) }
}

/** What a call is in all its states. */
export function bare({ toolCallId, toolName, toolMetadata, input }: DynamicToolUIPart) {
  return { type: 'dynamic-tool', toolCallId, toolName, ...(toolMetadata ? { toolMetadata } : {}), input: input ?? null } as const
}

/** The card by which people let a call run, which stays with it. */
export function approvedAs({ approval }: DynamicToolUIPart): { readonly approval?: { readonly id: string; readonly approved: true } } {
  return approval?.approved === true ? { approval: { id: approval.id, approved: true } } : {}
}
