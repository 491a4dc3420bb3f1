// The tools that one call of a model asks for. What a provider calls a call is no name to keep it by: some give two of them the same
// one, or the next answer the same again. Here each has its place: the first, the second …
import type { ModelPart } from './reading'

/** A call as it stands: named, and whole once its input is. */
export interface ToolCall {
  /** 1 for the first of this answer. */
  readonly at: number
  readonly tool: string
  /** Undefined while it is being written. */
  readonly input: unknown
  readonly isWhole: boolean
  /** Its input is no JSON: what came is in `input`, as text. */
  readonly isBroken: boolean
}

export class ToolCalls {
  /** How many there are so far. */
  count = 0
  /** Those whose input is being written, by the provider's name. */
  private readonly open = new Map<string, number>()

  /** The call that begins or becomes whole with this part of a stream; null when it says nothing of one. */
  read(part: ModelPart): ToolCall | null {
    if (part.type === 'tool-input-start') {
      this.count += 1
      this.open.set(part.id, this.count)
      return { at: this.count, tool: part.toolName, input: undefined, isWhole: false, isBroken: false }
    }
    if (part.type !== 'tool-call') return null
    const at = this.open.get(part.toolCallId) ?? (this.count += 1)
    this.open.delete(part.toolCallId)
    const input: unknown = part.input
    // The SDK marks what it could not read; a tool that it does not know is for us to refuse.
    return { at, tool: part.toolName, input, isWhole: true, isBroken: part.invalid === true && typeof input === 'string' }
  }
}
