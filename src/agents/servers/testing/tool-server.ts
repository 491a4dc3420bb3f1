// A server of tools in memory, as a test wants it: what it offers may change at any time, and so may how it behaves.
import type { Ask } from '../../../outside/outside'

export interface GivenTool {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly inputSchema?: unknown
  readonly annotations?: unknown
}

export interface ToolServer {
  readonly ask: Ask
  tools: readonly GivenTool[]
  /** What a call answers; its result, or a whole response. */
  answer: (tool: string, input: unknown, signal: AbortSignal | null) => unknown
  /** Instead of all that, where it gives something. */
  instead: (method: string, url: URL, init: RequestInit) => Response | Promise<Response> | null
  /** Methods that were asked for, in order. */
  readonly asked: string[]
  readonly calls: { readonly tool: string; readonly input: unknown }[]
  readonly headers: Headers[]
}

export function toolServer(tools: readonly GivenTool[] = []): ToolServer {
  const server: ToolServer = {
    tools,
    asked: [],
    calls: [],
    headers: [],
    answer: (tool) => ({ content: [{ type: 'text', text: `${tool} did it` }] }),
    instead: () => null,
    ask: async (url, init) => {
      const message =
        typeof init.body === 'string' ? (JSON.parse(init.body) as { readonly id?: number; readonly method: string; readonly params?: CallParams }) : null
      const method = message?.method ?? String(init.method)
      server.asked.push(method)
      server.headers.push(new Headers(init.headers))
      const instead = server.instead(method, url, init)
      if (instead) return instead
      if (message?.id === undefined) return new Response(null, { status: 202 })
      const answer = await answerOf(server, method, message.params, init.signal ?? null)
      if (answer instanceof Response) return answer
      return Response.json({ jsonrpc: '2.0', id: message.id, ...(answer === null ? NO_METHOD : { result: answer }) })
    },
  }
  return server
}

interface CallParams {
  readonly name?: string
  readonly arguments?: unknown
}

const NO_METHOD = { error: { code: -32601, message: 'no such method' } }

async function answerOf(server: ToolServer, method: string, params: CallParams | undefined, signal: AbortSignal | null): Promise<unknown> {
  if (method === 'initialize') return { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'a test’s', version: '1' } }
  if (method === 'tools/list') return { tools: server.tools.map((tool) => ({ inputSchema: { type: 'object' }, ...tool })) }
  if (method !== 'tools/call') return null
  server.calls.push({ tool: params?.name ?? '', input: params?.arguments })
  return server.answer(params?.name ?? '', params?.arguments, signal)
}
