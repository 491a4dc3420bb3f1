// A server of tools on this machine that wants people to sign in, and where they do: over HTTP, and as a test wants it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface SignInPlace {
  /** Of the tools. */
  readonly address: string
  /** Of everything there. */
  readonly origin: string
  /** `METHOD /path`, in order. */
  readonly asked: string[]
  /** What was sent to the place of tokens. */
  readonly tokens: URLSearchParams[]
  /** What the place of tokens answered, and the tools were shown. */
  readonly secrets: string[]
  /** True for what it has answered in the place of this. */
  behave: (path: string, request: IncomingMessage, response: ServerResponse, body: string) => boolean
  stop(): void
}

const TOOL = { name: 'whoami', description: 'Says who is signed in.', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } }

export async function startSignInPlace(): Promise<SignInPlace> {
  const http = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(http.address() as AddressInfo).port}`
  const place: SignInPlace = {
    address: `${origin}/mcp`,
    origin,
    asked: [],
    tokens: [],
    secrets: [],
    behave: () => false,
    stop: () => {
      http.closeAllConnections()
      http.close()
    },
  }
  return place

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    const body = await text(request)
    place.asked.push(`${request.method} ${url.pathname}`)
    if (place.behave(url.pathname, request, response, body)) return
    const json = (value: unknown, status = 200, headers = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
    switch (url.pathname) {
      case '/mcp':
        return tools(request, body, json)
      case '/.well-known/oauth-protected-resource/mcp':
        return json({ resource: place.address, authorization_servers: [origin] })
      case '/.well-known/oauth-authorization-server':
        return json(metadataOf(origin))
      case '/register':
        return json({ client_id: 'parley', redirect_uris: (JSON.parse(body) as { readonly redirect_uris: unknown }).redirect_uris }, 201)
      case '/authorize': {
        const back = new URL(url.searchParams.get('redirect_uri') ?? '')
        for (const [name, value] of Object.entries({ code: 'the-code', state: url.searchParams.get('state') ?? '', iss: origin }))
          back.searchParams.set(name, value)
        return void response.writeHead(302, { location: back.href }).end()
      }
      case '/token': {
        place.tokens.push(new URLSearchParams(body))
        const secret = crypto.randomUUID()
        place.secrets.push(`access-${secret}`, `refresh-${secret}`)
        return json({ access_token: `access-${secret}`, token_type: 'Bearer', refresh_token: `refresh-${secret}`, expires_in: 3_600 })
      }
      default:
        return json({}, 404)
    }
  }

  function tools(request: IncomingMessage, body: string, json: (value: unknown, status?: number, headers?: object) => void): void {
    const shown = request.headers.authorization?.replace('Bearer ', '') ?? ''
    if (!place.secrets.includes(shown))
      return json({}, 401, { 'www-authenticate': `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"` })
    const { id, method } = (body === '' ? {} : JSON.parse(body)) as { readonly id?: number; readonly method?: string }
    if (id === undefined) return json(null, 202)
    const results: Readonly<Record<string, unknown>> = {
      initialize: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } },
      'tools/list': { tools: [TOOL] },
      'tools/call': { content: [{ type: 'text', text: `whoever shows ${shown}` }] },
    }
    const result = results[method ?? '']
    json({ jsonrpc: '2.0', id, ...(result === undefined ? { error: { code: -32601, message: 'no such method' } } : { result }) })
  }
}

/** What it says of itself. */
export function metadataOf(origin: string): Readonly<Record<string, unknown>> {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
  }
}
