// What agents use: a tool as its author writes it (Tool), and as one turn is offered it (OfferedTool), wherever it comes from.
// Invariant: a tool has the rights of whoever asked for the turn; it sees what its context gives it, and nothing else.
import type { JSONSchema7 } from '@ai-sdk/provider'
import type { z } from 'zod'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { PolicyMode } from '../../conversation/policy'
import type { Answered, Question } from '../../conversation/question'
import type { Effect } from '../../conversation/tool-part'
import type { RoomView } from './room-view'

export type { Effect }

/** What a tool says: JSON, or in words why there is none. Both are read by the model and shown to people. */
export type ToolOutcome = { readonly ok: true; readonly output: unknown } | NoResult

export interface NoResult {
  readonly ok: false
  readonly text: string
  /** It did nothing, because it has to ask a person first, who may be asked; `text` is read where nobody can be. */
  readonly question?: Question
  /** What it waits for may take a day, and waits for people itself: the turn ends here, holds nothing meanwhile, and the call is run again when that has ended. */
  readonly waits?: true
}

/** An input as it was read, or in words what is wrong with it. */
export type ReadInput = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly text: string }

/** One call of a tool, and what it is given. */
export interface ToolContext {
  /** Whose rights it has; null where nobody asked who is still known. */
  readonly asker: MemberId | null
  /** The agent that calls. */
  readonly agent: MemberId
  /** The reply that the call is a part of, and its id in there: together they name a call for good. */
  readonly reply: MessageId
  readonly call: string
  /** The room as the asker may see it. */
  readonly room: RoomView
  /** What a person said to what this very call had asked before. */
  readonly answers: readonly Answered[]
  /** Aborts when the turn is stopped or the tool's time is over. Whoever goes on after that is not heard. */
  readonly signal: AbortSignal
  /** Server time, ms since 1970. */
  now(): number
}

/** A tool of ours. What `run` throws is a bug: it is logged, and the model reads that the tool did not work. */
export interface Tool<Input> {
  /** Letters, digits and `_`, at most 64. */
  readonly name: string
  readonly description: string
  readonly input: z.ZodType<Input>
  readonly effect: Effect
  /** How long a call may take, ms; 30 seconds where it does not say. */
  readonly limitMs?: number
  /** What a call does it does once, however often it is run: one that a crash broke off goes on. */
  readonly resumes?: boolean
  run(input: Input, context: ToolContext): ToolOutcome | Promise<ToolOutcome>
}

/** A tool as a turn may call it. */
export interface OfferedTool {
  /** As the model calls it: letters, digits and `_`, at most 64; no other of the turn has it. */
  readonly name: string
  /** As its author calls it. */
  readonly own: string
  /** The server that it is of; none for one of ours. */
  readonly server?: string
  /** Of a tool of a server: which server, and what of it was accepted. What is approved is this tool and no other. */
  readonly pin?: string
  readonly description: string
  readonly schema: JSONSchema7
  readonly effect: Effect
  /** It only reads, as whoever offers it says. */
  readonly readOnly?: boolean
  /** Who lets a call run, where the room's owner says nothing else. */
  readonly policy: PolicyMode
  readonly limitMs?: number
  readonly resumes?: boolean
  /** Reads what a model wrote, before anything else is done with it. */
  read(input: unknown): ReadInput
  /** Runs with an input as it was read. */
  run(input: unknown, context: ToolContext): Promise<ToolOutcome>
}
