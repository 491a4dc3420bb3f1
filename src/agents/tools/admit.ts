// The gate that every call passes before it runs, after its input was read: whether it may.
import type { DynamicToolUIPart } from 'ai'
import type { OfferedTool } from './tool'

export interface WantedCall {
  readonly tool: OfferedTool
  readonly part: DynamicToolUIPart
  /** As the tool read it. */
  readonly input: unknown
}

export type Admission =
  | { readonly type: 'run' }
  /** In words why not: the model reads them. */
  | { readonly type: 'refused'; readonly text: string }
  /** People are asked; `id`: the card by which they decide. */
  | { readonly type: 'ask'; readonly id: string }
  | { readonly type: 'denied'; readonly id: string; readonly reason: string }
