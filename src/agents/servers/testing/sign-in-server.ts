// Where one signs in for a server of tools, in memory, as a test wants it: it keeps to what it should, but for what `instead` answers.
import type { Ask } from '../../../outside/outside'
import type { ToolServer } from './tool-server'

const SITE = 'https://auth.example.com'

export interface SignInServer {
  /** For the tools as well. */
  readonly ask: Ask
  /** What it says of itself, beside or in the place of what it usually says. */
  metadata: Readonly<Record<string, unknown>>
  /** What the server of tools says of where one signs in. */
  resource: Readonly<Record<string, unknown>>
  /** Beside the token. */
  token: Readonly<Record<string, unknown>>
  instead: (path: string, url: URL, init: RequestInit) => Response | Promise<Response> | null
  /** Paths that were asked for, in order, but for the tools'. */
  readonly asked: string[]
  /** What was sent to the place of tokens. */
  readonly tokens: URLSearchParams[]
  /** What says who we are. */
  readonly clients: Readonly<Record<string, unknown>>[]
  /** Tokens that the server of tools lets in. */
  readonly valid: Set<string>
}

/** `tools` answers whoever shows a valid token. */
export function signInServer(tools: ToolServer, address: string): SignInServer {
  const { origin, pathname } = new URL(address)
  const described = `${origin}/.well-known/oauth-protected-resource${pathname}`
  let count = 0
  const server: SignInServer = {
    metadata: {},
    resource: {},
    token: { expires_in: 3_600 },
    instead: () => null,
    asked: [],
    tokens: [],
    clients: [],
    valid: new Set(),
    ask: async (url, init) => {
      if (url.href === address) {
        const shown = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? ''
        if (server.valid.has(shown)) return tools.ask(url, init)
        const challenge = `Bearer resource_metadata="${described}", scope="tools"`
        return server.instead('tools', url, init) ?? new Response(null, { status: 401, headers: { 'www-authenticate': challenge } })
      }
      server.asked.push(url.pathname)
      const instead = server.instead(url.pathname, url, init)
      if (instead) return instead
      if (url.href === described) return Response.json({ resource: address, authorization_servers: [SITE], ...server.resource })
      if (url.origin !== SITE) return new Response(null, { status: 404 })
      switch (url.pathname) {
        case '/.well-known/oauth-authorization-server':
          return Response.json({ ...METADATA, ...server.metadata })
        case '/register':
          server.clients.push(JSON.parse(bodyOf(init).toString()) as Readonly<Record<string, unknown>>)
          return Response.json({ client_id: `client-${server.clients.length}`, redirect_uris: server.clients.at(-1)?.['redirect_uris'] }, { status: 201 })
        case '/token':
          server.tokens.push(new URLSearchParams(bodyOf(init)))
          count += 1
          server.valid.clear()
          server.valid.add(`access-token-${count}`)
          return Response.json({ access_token: `access-token-${count}`, token_type: 'Bearer', refresh_token: `refresh-token-${count}`, ...server.token })
        default:
          return new Response(null, { status: 404 })
      }
    },
  }
  return server
}

function bodyOf({ body }: RequestInit): string | URLSearchParams {
  return body instanceof URLSearchParams || typeof body === 'string' ? body : ''
}

const METADATA = {
  issuer: SITE,
  authorization_endpoint: `${SITE}/authorize`,
  token_endpoint: `${SITE}/token`,
  registration_endpoint: `${SITE}/register`,
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
}
