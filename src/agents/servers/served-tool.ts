// A tool of a server as a turn is offered it. Invariant: a model is told of it what the room's owner accepted, whatever its server says by now.
import type { ServerTool } from '../../conversation/server-profile'
import type { OfferedTool, ToolContext, ToolOutcome } from '../tools/tool'
import { CALL_MS } from './connection'
import type { ToolDefinition } from './definitions'

export interface ServedTool {
  /** As people know it. */
  readonly server: string
  readonly tool: ServerTool
  readonly accepted: ToolDefinition
  readonly pin: string
  call(input: Readonly<Record<string, unknown>>, context: ToolContext): Promise<ToolOutcome>
}

export function servedTool({ server, tool, accepted, pin, call }: ServedTool): OfferedTool {
  return {
    name: tool.called,
    own: tool.name,
    server,
    pin,
    description: accepted.description || (accepted.title ?? tool.name),
    schema: accepted.schema,
    // What only reads, as its server says, may still do what nobody can take back: it is never run twice.
    effect: 'outside',
    readOnly: tool.readOnly,
    policy: tool.policy,
    limitMs: CALL_MS + 30_000,
    read: (input) =>
      typeof input === 'object' && input !== null && !Array.isArray(input)
        ? { ok: true, value: input }
        : { ok: false, text: 'The input of this tool is an object of JSON.' },
    // Read just above, whatever happened to it meanwhile.
    run: async (input, context) => call(input as Readonly<Record<string, unknown>>, context),
  }
}
