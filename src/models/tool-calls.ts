// The tools that one call of a model asks for. What a provider calls a call is no name to keep it by: some give two of them the same
// one, or the next answer the same again. Here each has its place: the first, the second …
import type { ProviderMetadata } from 'ai'
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
  /** What the provider wants to have back with the call's result, such as a signature of what the model thought. */
  readonly provided?: ProviderMetadata
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
    return { at, tool: part.toolName, input, isWhole: true, isBroken: part.invalid === true && typeof input === 'string', ...providedIn(part.providerMetadata) }
  }
}

/** More is no signature, in characters of JSON. */
const LONGEST = 16_000

/** OpenAI names an item of its own, which it does not keep for us: the call itself is told, and is enough. */
function providedIn(metadata: ProviderMetadata | undefined): { readonly provided?: ProviderMetadata } {
  const provided = Object.fromEntries(Object.entries(metadata ?? {}).filter(([provider]) => provider !== 'openai'))
  return Object.keys(provided).length === 0 || JSON.stringify(provided).length > LONGEST ? {} : { provided }
}
