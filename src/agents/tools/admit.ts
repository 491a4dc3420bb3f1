// The gate that every call passes before it runs, after its input was read: whether it may.
import type { DynamicToolUIPart } from 'ai'
import type { OfferedTool } from './tool'

export interface WantedCall {
  readonly tool: OfferedTool
  readonly part: DynamicToolUIPart
  /** As the tool read it. */
  readonly input: unknown
}

/** `run`, or in words why not: the model reads them. */
export type Admission = 'run' | { readonly refused: string }

export function admit({ tool: { policy } }: WantedCall): Admission {
  switch (policy) {
    case 'auto':
      return 'run'
    case 'asker':
    case 'moderators':
    case 'named':
    case 'member':
    case 'votes':
    case 'off':
      return { refused: 'This tool waits for an approval, and this room knows no way to give one. It was not called.' }
    default:
      return policy satisfies never
  }
}
