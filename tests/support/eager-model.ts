// A model that calls every tool of a server that it is offered, once each, with whatever its schema asks for, or what it is told to call; then it
// says that it is done. It speaks OpenAI's chat completions.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
}

interface Offered {
  readonly function: { readonly name: string; readonly parameters: Schema }
}

interface Request {
  readonly messages: readonly { readonly role: string; readonly content?: string | null }[]
  readonly tools?: readonly Offered[]
}

interface Wish {
  readonly nonce: string
  readonly prefix: string
  readonly wanted: readonly { readonly name?: string; readonly input: unknown }[]
}

export async function startEagerModel(): Promise<{ readonly url: string; stop(): void }> {
  const done = new Set<string>()
  const server = createServer((request, response) => void answer(request, response, done))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() }
}

async function answer(request: IncomingMessage, response: ServerResponse, done: Set<string>): Promise<void> {
  if (request.method === 'GET') return void response.end(done.has(request.url?.split('/').at(-1) ?? '') ? 'done' : 'not yet')
  const asked = JSON.parse(await text(request)) as Request
  const wish = wishIn(asked)
  const calls = asked.messages.at(-1)?.role === 'user' ? callsOf(asked, wish) : []
  if (wish && calls.length === 0) done.add(wish.nonce)
  const delta =
    calls.length === 0
      ? { content: 'Done.' }
      : {
          tool_calls: calls.map(([name, input], index) => ({
            index,
            id: `call-${index}`,
            type: 'function',
            function: { name, arguments: JSON.stringify(input) },
          })),
        }
  const chunk = (choice: object) =>
    `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 0, model: 'eager', choices: [{ index: 0, ...choice }] })}\n\n`
  response.setHeader('content-type', 'text/event-stream')
  response.end(`${chunk({ delta })}${chunk({ delta: {}, finish_reason: calls.length === 0 ? 'stop' : 'tool_calls' })}data: [DONE]\n\n`)
}

function wishIn({ messages }: Request): Wish | null {
  const [json] = /\{"nonce".*\}/.exec(messages.findLast(({ role, content }) => role === 'user' && content?.includes('"nonce"'))?.content ?? '') ?? []
  return json === undefined ? null : (JSON.parse(json) as Wish)
}

/** As many as a step may have. */
function callsOf({ tools = [] }: Request, wish: Wish | null): readonly (readonly [name: string, input: unknown])[] {
  if (!wish) return []
  const named = wish.wanted.flatMap(({ name, input }) => (name === undefined ? [] : [[name, input] as const]))
  const offered = tools.filter(({ function: { name } }) => name.startsWith(wish.prefix))
  const every = offered.map(({ function: { name, parameters } }) => [name, inputFor(parameters, offered)] as const)
  return (named.length > 0 ? named : every).slice(0, 8)
}

function inputFor({ properties = {} }: Schema, offered: readonly Offered[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valueFor(name, schema, offered)]))
}

function valueFor(name: string, schema: Schema, offered: readonly Offered[]): unknown {
  // What another tool asks for, word for word.
  if (name === 'schema') return offered.find(({ function: { name } }) => name.includes('2020_12'))?.function.parameters ?? {}
  if (schema.enum) return schema.enum[0]
  switch (schema.type) {
    case 'number':
    case 'integer':
      return 5
    case 'boolean':
      return true
    case 'object':
      return inputFor(schema, offered)
    case 'array':
      return []
    default:
      return 'hello'
  }
}
