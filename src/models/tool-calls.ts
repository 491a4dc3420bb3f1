// The tools that one answer has called so far: each part of a model's stream that concerns a tool becomes that tool's new state.
import type { DynamicToolUIPart, Experimental_LanguageModelStreamPart as LanguageModelStreamPart, TextStreamPart, ToolSet } from 'ai'

export class ToolCalls {
  private readonly inputs = new Map<string, unknown>()

  /** The changed tool part, or null when the stream part concerns no tool or changes nothing that a room shows. */
  read(part: TextStreamPart<ToolSet> | LanguageModelStreamPart): DynamicToolUIPart | null {
    switch (part.type) {
      case 'tool-input-start':
        return { type: 'dynamic-tool', toolName: part.toolName, toolCallId: part.id, state: 'input-streaming', input: undefined }
      case 'tool-call':
        this.inputs.set(part.toolCallId, part.input)
        return { ...called(part), state: 'input-available', input: part.input }
      case 'tool-result':
        if (part.preliminary) return null
        return { ...called(part), state: 'output-available', input: this.inputOf(part), output: part.output }
      case 'tool-error':
        return { ...called(part), state: 'output-error', input: this.inputOf(part), errorText: 'This tool did not work.' }
      default:
        return null
    }
  }

  private inputOf(part: { readonly toolCallId: string; readonly input: unknown }): unknown {
    return part.input ?? this.inputs.get(part.toolCallId)
  }
}

function called(part: { readonly toolName: string; readonly toolCallId: string }) {
  return { type: 'dynamic-tool', toolName: part.toolName, toolCallId: part.toolCallId } as const
}
