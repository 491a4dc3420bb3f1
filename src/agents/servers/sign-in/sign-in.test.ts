import { beforeEach, expect, test } from 'vitest'
import { endless, leadingTo } from '../../../outside/testing/web'
import { ServerFault } from '../server-fault'
import { signInServer, type SignInServer } from '../testing/sign-in-server'
import { toolServer } from '../testing/tool-server'
import { NO_CHALLENGE } from './challenge'
import { type Answer, type BeginSignIn, beginSignIn, type BegunSignIn, finishSignIn, type Grant, renewGrant, SignInEnded } from './sign-in'

const ADDRESS = 'https://tools.example.com/mcp'
const SITE = 'https://parley.example.com'
const INSIDE = 'https://10.0.0.1/x'
const NOW = 1_000_000
const SECRET = 'a-token-that-nobody-may-read'

let server: SignInServer

beforeEach(() => {
  server = signInServer(toolServer(), ADDRESS)
})

const web = () => ({ ask: server.ask, loopback: false })
const begins = (asked: Partial<BeginSignIn> = {}) =>
  beginSignIn({ ...web(), address: ADDRESS, challenge: NO_CHALLENGE, scope: null, site: SITE, state: 'the-state', client: null, isGiven: false, ...asked })
const finishes = (begun: BegunSignIn, answer: Partial<Answer> = {}) => finishSignIn(web(), begun, { code: 'the-code', iss: null, error: null, ...answer }, NOW)

async function signsIn(): Promise<Grant> {
  return finishes((await begins()).begun)
}

/** All that is said of what went wrong, to people and to logs. */
async function saidOf(work: Promise<unknown>): Promise<string> {
  const fault: unknown = await work.then(
    () => 'it worked',
    (cause: unknown) => cause,
  )
  return fault instanceof ServerFault ? `${fault.state}: ${fault.message}` : String(fault)
}

const asJson =
  (value: unknown, status = 200) =>
  () =>
    Response.json(value, { status })

test('[R260] a sign-in goes out with a proof, a state and the server that it is for, and comes back as a token', async () => {
  const { to, begun } = await begins({ challenge: { ...NO_CHALLENGE, scope: 'tools' } })
  const way = new URL(to)
  expect(`${way.origin}${way.pathname}`).toBe('https://auth.example.com/authorize')
  expect(Object.fromEntries(way.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'client-1',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    redirect_uri: `${SITE}/servers/callback`,
    state: 'the-state',
    scope: 'tools',
    resource: ADDRESS,
  })
  expect(server.clients).toMatchObject([
    { client_name: 'Parley', redirect_uris: [`${SITE}/servers/callback`], grant_types: ['authorization_code', 'refresh_token'] },
  ])
  const grant = await finishes(begun)
  expect(grant).toMatchObject({ access: 'access-token-1', refresh: 'refresh-token-1', until: NOW + 3_600_000, scope: 'tools', resource: ADDRESS })
  const verifier = server.tokens[0]?.get('code_verifier') ?? ''
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
  expect(Buffer.from(hash).toString('base64url')).toBe(way.searchParams.get('code_challenge'))
  expect(Object.fromEntries(server.tokens[0] ?? [])).toMatchObject({ code: 'the-code', redirect_uri: `${SITE}/servers/callback`, resource: ADDRESS })
})

test('[R260] where a document says who we are we are not registered, unless nobody outside can read it', async () => {
  server.metadata = { client_id_metadata_document_supported: true }
  expect(new URL((await begins()).to).searchParams.get('client_id')).toBe(`${SITE}/client-metadata.json`)
  expect(server.clients).toEqual([])
  for (const site of ['http://localhost:5173', 'https://parley.internal', 'https://10.0.0.1']) {
    expect(new URL((await begins({ site })).to).searchParams.get('client_id')).toMatch(/^client-/)
  }
})

test('[R260] who we are there is kept, and used at that place alone', async () => {
  const { begun } = await begins()
  const again = await begins({ client: begun.client })
  expect([new URL(again.to).searchParams.get('client_id'), server.clients.length]).toEqual(['client-1', 1])
  const elsewhere = await begins({ client: { ...begun.client, issuer: 'https://other.example.com' } })
  expect(new URL(elsewhere.to).searchParams.get('client_id')).toBe('client-2')
  // One that was given by hand is shown nowhere else, and not replaced.
  const given = { client_id: 'given', client_secret: 'secret' }
  const first = await begins({ client: given, isGiven: true })
  expect([new URL(first.to).searchParams.get('client_id'), first.begun.client.issuer]).toEqual(['given', 'https://auth.example.com'])
  expect(await saidOf(begins({ client: { ...given, issuer: 'https://other.example.com' }, isGiven: true }))).toContain('not taken as a new client')
})

test('[R260] more is asked for together with what was allowed, and anew what is said anew', async () => {
  const scopeOf = async (asked: Partial<BeginSignIn>) => new URL((await begins(asked)).to).searchParams.get('scope')
  expect(await scopeOf({ challenge: { metadata: null, scope: 'write', isMore: true }, scope: 'read' })).toBe('read write')
  expect(await scopeOf({ challenge: { metadata: null, scope: 'write', isMore: false }, scope: 'read' })).toBe('write')
  server.resource = { scopes_supported: ['a', 'b'] }
  expect(await scopeOf({})).toBe('a b')
})

const METADATA = '/.well-known/oauth-authorization-server'

test.each<readonly [what: string, behave: () => void, words: RegExp]>([
  [
    'its metadata says that one signs in on a private address',
    () => (server.resource = { authorization_servers: ['https://192.168.1.1'] }),
    /not asked\. Only public/,
  ],
  [
    'its metadata says that one signs in on this machine',
    () => (server.resource = { authorization_servers: ['http://127.0.0.1:8080'] }),
    /not asked\. Only public/,
  ],
  ['one would be sent to a private address', () => (server.metadata = { authorization_endpoint: INSIDE }), /not asked\. Only public/],
  [
    'one would be sent to plain http',
    () => (server.metadata = { authorization_endpoint: 'http://auth.example.com/authorize' }),
    /not asked\. An address begins with https/,
  ],
  ['one would be sent to a script', () => (server.metadata = { authorization_endpoint: 'javascript:alert(1)' }), /^failed: /],
  ['tokens come from a private address', () => (server.metadata = { token_endpoint: INSIDE }), /not asked\. Only public/],
  ['we would be registered at a private address', () => (server.metadata = { registration_endpoint: INSIDE }), /not asked\. Only public/],
  ['it leads to a private address', () => (server.instead = (path) => (path === METADATA ? leadingTo(INSIDE)() : null)), /^failed: /],
  ['it leads in circles', () => (server.instead = (path, { href }) => (path === METADATA ? leadingTo(href)() : null)), /^failed: /],
  ['it says who it is not', () => (server.metadata = { issuer: 'https://other.example.com' }), /names another place/],
  ['it is about another server', () => (server.resource = { resource: 'https://other.example.com/mcp' }), /about another server/],
  ['codes are not bound to who asks', () => (server.metadata = { code_challenge_methods_supported: ['plain'] }), /PKCE/],
  ['it does not say whether they are', () => (server.metadata = { code_challenge_methods_supported: undefined }), /PKCE/],
  ['it takes no new clients', () => (server.metadata = { registration_endpoint: undefined }), /client ID/],
  [
    'it does not take us',
    () => (server.instead = (path) => (path === '/register' ? asJson({ error: 'invalid_client_metadata', error_description: SECRET }, 400)() : null)),
    /client ID/,
  ],
  ['nobody says anything', () => (server.instead = () => new Response('<html>', { status: 404 })), /does not say how/],
  ['it fails', () => (server.instead = () => new Response('x', { status: 500 })), /does not say how/],
  ['it is lost', () => (server.instead = () => Promise.reject(new Error('internal'))), /cannot be reached/],
  ['it says no JSON', () => (server.instead = (path) => (path === METADATA ? new Response(SECRET) : null)), /does not say how|client ID/],
])('[R261] nobody is sent out where %s', async (_, behave, words) => {
  behave()
  const asked: string[] = []
  const { ask } = server
  const said = await saidOf(begins({ ask: async (url, init) => (asked.push(url.href), ask(url, init)) }))
  expect(said).toMatch(words)
  expect(said).not.toContain(SECRET)
  expect(asked.length).toBeLessThan(17)
  for (const href of asked) expect(href).toMatch(/^https:\/\/(?:tools|auth)\.example\.com\//)
})

test.each(['/.well-known/oauth-protected-resource/mcp', METADATA, '/register'])('[R261] what says more than 64 kB at %s is hung up on', async (place) => {
  const flood = endless('[[[[[[[[[['.repeat(1_000))
  server.instead = (path) => (path === place ? new Response(flood.body) : null)
  expect(await saidOf(begins())).toContain('longer than 64 kB')
  expect(flood.state.sent).toBeLessThan(200_000)
  await expect.poll(() => flood.state.isHungUp).toBe(true)
})

test.each<readonly [what: string, answer: Partial<Answer>, metadata: Readonly<Record<string, unknown>>, words: RegExp]>([
  ['comes from another place', { iss: 'https://other.example.com' }, {}, /does not come from where/],
  ['comes from another place and says no', { iss: 'https://other.example.com', error: 'access_denied' }, {}, /does not come from where/],
  ['does not say from where, though it would', {}, { authorization_response_iss_parameter_supported: true }, /does not come from where/],
  ['says no', { code: null, error: 'access_denied' }, {}, /You did not let/],
  ['says something else', { code: null, error: SECRET }, {}, /broken off/],
  ['says nothing', { code: null }, {}, /broken off/],
])('[R262] an answer that %s comes to nothing', async (_, answer, metadata, words) => {
  server.metadata = metadata
  const { begun } = await begins()
  const said = await saidOf(finishes(begun, answer))
  expect(said).toMatch(words)
  expect(said).not.toContain(SECRET)
  expect(server.tokens).toEqual([])
})

test('[R262] an answer that says from where it comes is taken', async () => {
  server.metadata = { authorization_response_iss_parameter_supported: true }
  const { begun } = await begins()
  expect((await finishes(begun, { iss: 'https://auth.example.com' })).access).toBe('access-token-1')
})

test.each<readonly [what: string, answer: () => Response, words: RegExp]>([
  ['leads to a private address', leadingTo(INSIDE, 307), /^failed: /],
  ['leads elsewhere', leadingTo('https://other.example.com/token', 307), /^failed: /],
  ['refuses, and repeats what it was sent', asJson({ error: 'invalid_grant', error_description: SECRET }, 400), /refused \(invalid_grant\)/],
  ['refuses with a word of its own', asJson({ error: SECRET }, 400), /refused \(invalid_request\)/],
  ['refuses as if it did not', asJson({ error: SECRET }), /refused \(invalid_request\)/],
  ['says no JSON', () => new Response(SECRET), /does not work just now/],
  ['breaks down', () => new Response(SECRET, { status: 500 }), /does not work just now/],
  ['gives no token', asJson({ token_type: 'Bearer', note: SECRET }), /^failed: /],
  ['gives one that no header holds', asJson({ access_token: `${SECRET}\r\nx: y`, token_type: 'Bearer' }), /of a kind/],
  ['gives one of another kind', asJson({ access_token: SECRET, token_type: 'DPoP' }), /of a kind/],
])('[R263] a place of tokens that %s is a sentence, without a token in it', async (_, answer, words) => {
  const logged: unknown[] = []
  const { warn, error } = console
  console.warn = console.error = (...said: unknown[]) => void logged.push(...said)
  try {
    const { begun } = await begins()
    const { ask } = server
    const asked: string[] = []
    server.instead = (path) => (path === '/token' ? answer() : null)
    const work = finishSignIn(
      { loopback: false, ask: async (url, init) => (asked.push(url.href), ask(url, init)) },
      begun,
      { code: 'c', iss: null, error: null },
      NOW,
    )
    const said = await saidOf(work)
    expect(said).toMatch(words)
    expect(JSON.stringify([said, logged])).not.toContain(SECRET)
    expect(new Set(asked)).toEqual(new Set(['https://auth.example.com/token']))
  } finally {
    console.warn = warn
    console.error = error
  }
})

test('[R264] a grant is renewed where it came from, and keeps what is not said anew', async () => {
  const grant = await signsIn()
  server.token = { refresh_token: undefined }
  const renewed = await renewGrant(web(), grant, NOW + 5)
  expect(renewed).toMatchObject({ access: 'access-token-2', refresh: 'refresh-token-1', until: null, resource: ADDRESS })
  expect(Object.fromEntries(server.tokens[1] ?? [])).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'refresh-token-1', resource: ADDRESS })
})

test.each<readonly [what: string, answer: () => Response | Promise<Response>, isOver: boolean]>([
  ['is refused', asJson({ error: 'invalid_grant' }, 400), true],
  ['is refused for who we are', asJson({ error: 'invalid_client' }, 401), true],
  ['is refused in other words', asJson({ error: SECRET }, 403), true],
  ['breaks down', () => new Response(null, { status: 503 }), false],
  ['is asked for too often', () => new Response(null, { status: 429 }), false],
  ['is lost', () => Promise.reject(new Error('internal')), false],
])('[R264] a renewal that %s ends the sign-in, or only this try', async (_, answer, isOver) => {
  const grant = await signsIn()
  server.instead = (path) => (path === '/token' ? answer() : null)
  const fault: unknown = await renewGrant(web(), grant, NOW).catch((cause: unknown) => cause)
  expect([fault instanceof SignInEnded, fault instanceof ServerFault && fault.state]).toEqual([isOver, isOver ? 'sign-in' : 'failed'])
})
