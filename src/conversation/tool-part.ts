// A call of a tool as a reply holds it: the AI SDK's part, with what this room must know of it beside. Invariant: a call's id is ours, is
// unique in its reply, and says in which step it was made.
import type { DynamicToolUIPart } from 'ai'
import type { Part } from './message'

/** What a call changes: nothing; what this room keeps; anything beyond it, which nobody can take back. */
export type Effect = 'none' | 'room' | 'outside'

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

/** It was called, nobody has to be asked for it (any more), and it has not answered. */
export function isRunning({ state }: DynamicToolUIPart): boolean {
  return state === 'input-available' || state === 'approval-responded'
}

/** The last step in which these parts call a tool; 0 for none. */
export function lastStepIn(parts: readonly Part[]): number {
  return parts.reduce((last, part) => (part.type === 'dynamic-tool' ? Math.max(last, factsOf(part).step) : last), 0)
}

/** The same call, with words instead of a result. Where it was still to be approved, it never will be. */
export function withoutResult(call: DynamicToolUIPart, errorText: string): DynamicToolUIPart {
  if (call.state === 'approval-requested') return callDenied(call, call.approval.id, errorText)
  return { ...calledIn(call), state: 'output-error', errorText, ...approvedIn(call) }
}

/** The same call, with its result. */
export function withResult(call: DynamicToolUIPart, output: unknown): DynamicToolUIPart {
  return { ...calledIn(call), state: 'output-available', output, ...approvedIn(call) }
}

/** The same call, for people to approve by this card; and what they say. */
export function approvalRequested(call: DynamicToolUIPart, id: string): DynamicToolUIPart {
  return { ...calledIn(call), state: 'approval-requested', approval: { id } }
}

export function callApproved(call: DynamicToolUIPart, id: string): DynamicToolUIPart {
  return { ...calledIn(call), state: 'approval-responded', approval: { id, approved: true } }
}

/** `reason`: a sentence, for its model too. */
export function callDenied(call: DynamicToolUIPart, id: string, reason: string): DynamicToolUIPart {
  return { ...calledIn(call), state: 'output-denied', approval: { id, approved: false, reason } }
}

/** The card by which people let a call run, which stays with it. */
function approvedIn({ approval }: DynamicToolUIPart): { readonly approval?: { readonly id: string; readonly approved: true } } {
  return approval?.approved === true ? { approval: { id: approval.id, approved: true } } : {}
}

function calledIn({ toolCallId, toolName, toolMetadata, callProviderMetadata, input }: DynamicToolUIPart) {
  return {
    type: 'dynamic-tool',
    toolCallId,
    toolName,
    ...(toolMetadata ? { toolMetadata } : {}),
    ...(callProviderMetadata ? { callProviderMetadata } : {}),
    input: input ?? null,
  } as const
}
