// Signing in for servers of tools, attacked: what comes back forged, late, twice or by others; places to sign in that lead inside, say too much
// or nothing, or repeat what they were told.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { newMessageId } from '../../src/conversation/ids'
import { recordsOf, type RecordOf, type RoomRecord } from '../../src/conversation/record'
import { type Guest, signInAsGuest } from '../support/guest'
import { command, makeRoom } from '../support/room'
import { startServer, type TestServer } from '../support/server'
import { metadataOf, type SignInPlace, startSignInPlace } from '../support/sign-in-place'
import { waitFor } from '../support/wait-for'

const JSON_ONLY = { accept: 'application/json' }
/** How long a post may take beside a hostile place, ms: on a busy machine, many times what it takes. */
const PROMPT_MS = 3_000

let server: TestServer
let ann: Guest
let bo: Guest
/** Nobody has a reason to ask it. */
let inside: SignInPlace
const places: SignInPlace[] = []

beforeAll(async () => {
  server = await startServer({ env: { ALLOW_LOOPBACK: '1' } })
  ann = await signInAsGuest(server.url, 'Ann')
  bo = await signInAsGuest(server.url, 'Bo')
  inside = await startSignInPlace()
})
afterEach(() => {
  for (const place of places.splice(0)) place.stop()
})
afterAll(async () => {
  inside.stop()
  await server.stop()
})

async function somewhere(behave: SignInPlace['behave'] = () => false): Promise<SignInPlace> {
  const place = await startSignInPlace()
  place.behave = behave
  places.push(place)
  return place
}

async function servers(room: RoomId): Promise<readonly RecordOf<'server'>[]> {
  const { records } = await (await ann.fetch(new URL(`/rooms/${room}/records?kind=server`, server.url))).json<{ readonly records: readonly RoomRecord[] }>()
  return recordsOf(records, 'server')
}

/** Its id, once it wants a sign-in. */
async function added(room: RoomId, { address }: SignInPlace): Promise<string> {
  await command(ann, room, { type: 'add-server', address })
  const known = async () => (await servers(room)).find(({ value }) => value.address === address)
  await waitFor('it to want a sign-in', async () => (await known())?.value.state === 'sign-in')
  return (await known())?.id ?? ''
}

const submits = (room: RoomId, id: string, who = ann) =>
  who.fetch(new URL(`/rooms/${room}/servers`, server.url), {
    method: 'POST',
    headers: JSON_ONLY,
    body: new URLSearchParams({ intent: 'sign-in', server: id }),
  })

/** Out and there; what one would come back with. */
async function goesOut(room: RoomId, id: string): Promise<URL> {
  const { location } = await (await submits(room, id)).json<{ readonly location: string }>()
  return new URL((await fetch(location, { redirect: 'manual' })).headers.get('location') ?? '')
}

/** What comes of it: `done`, or the refusal's code. */
async function comesBack(back: URL, who: Guest | null = ann): Promise<string> {
  const answer = await (who ? who.fetch(back, { headers: JSON_ONLY }) : fetch(back, { headers: JSON_ONLY }))
  const said = await answer.json<{ readonly refusal?: { readonly code: string } }>()
  return said.refusal?.code ?? 'done'
}

const changed = (back: URL, change: (asked: URLSearchParams) => void): URL => {
  const other = new URL(back)
  change(other.searchParams)
  return other
}

it.each<readonly [what: string, change: (asked: URLSearchParams) => void, code: string]>([
  ['no state', (asked) => asked.delete('state'), 'gone'],
  ['a state of their own', (asked) => asked.set('state', 'a'.repeat(180)), 'gone'],
  ['a state with one letter changed', (asked) => asked.set('state', `${asked.get('state')?.slice(0, -2)}AA`), 'gone'],
  ['a state of 100 kB', (asked) => asked.set('state', 'a'.repeat(8_000)), 'gone'],
  ['two states', (asked) => asked.append('state', 'x'), 'gone'],
  ['two codes', (asked) => asked.append('code', 'x'), 'gone'],
  ['another issuer', (asked) => asked.set('iss', 'https://evil.example.com'), 'unavailable'],
  ['no issuer, where one is promised', (asked) => asked.delete('iss'), 'unavailable'],
  ['two issuers', (asked) => asked.append('iss', 'https://evil.example.com'), 'gone'],
  ['no code', (asked) => asked.delete('code'), 'unavailable'],
  ['a refusal', (asked) => asked.set('error', 'access_denied'), 'unavailable'],
])('[R262] whoever comes back with %s is refused, and no code is sent anywhere', async (_, change, code) => {
  const room = await makeRoom(ann)
  const place = await somewhere()
  const back = await goesOut(room, await added(room, place))
  expect(await comesBack(changed(back, change))).toBe(code)
  expect(place.tokens).toEqual([])
})

it('[R262] what one begun by others comes back with is refused to everybody else, twice to nobody, and still counts for whoever began', async () => {
  const room = await makeRoom(ann)
  const place = await somewhere()
  const back = await goesOut(room, await added(room, place))
  await bo.fetch(new URL(`/rooms/${room}`, server.url))
  const stranger = await signInAsGuest(server.url, 'Eve')
  const elsewhere = await signInAsGuest(server.url, 'Ann')
  expect([await comesBack(back, bo), await comesBack(back, stranger), await comesBack(back, elsewhere), await comesBack(back, null)]).toEqual([
    'not_owner',
    'not_a_member',
    'not_a_member',
    'not_signed_in',
  ])
  expect(place.tokens).toEqual([])
  expect((await Promise.all([comesBack(back), comesBack(back), comesBack(back)])).toSorted()).toEqual(['done', 'gone', 'gone'])
  expect(await comesBack(back)).toBe('gone')
  expect(place.tokens).toHaveLength(1)
})

it('[R262] a page says why, shows nothing of what came, and leads nowhere but into the room', async () => {
  const room = await makeRoom(ann)
  const back = await goesOut(room, await added(room, await somewhere()))
  const odd = changed(back, (asked) => {
    asked.set('error', '<script>alert(1)</script>')
    asked.set('error_description', 'Call 555-0100 now')
    asked.set('error_uri', 'https://evil.example.com')
  })
  const answer = await ann.fetch(odd, { headers: { accept: 'text/html' } })
  const html = await answer.text()
  expect(answer.status).toBe(503)
  expect(html).toContain('the sign-in was broken off')
  expect(html).toContain(`href="/rooms/${room}/agents-settings"`)
  expect(html).not.toMatch(/alert\(1\)|555-0100|evil\.example/)
})

it('[R262] of two servers neither is given what was meant for the other', async () => {
  const room = await makeRoom(ann)
  const [good, evil] = [await somewhere(), await somewhere()]
  const [goodId, evilId] = [await added(room, good), await added(room, evil)]
  const [mine, theirs] = [await goesOut(room, goodId), await goesOut(room, evilId)]
  // The evil place sends people on with a code of the good one: its own state, the other's code and name.
  expect(await comesBack(changed(theirs, (asked) => asked.set('iss', good.origin)))).toBe('unavailable')
  expect(evil.tokens).toEqual([])
  // And it says that its tokens come from the good one, to have a code of its own taken there, or that its people sign in there under its name.
  evil.behave = (path, _, response) => {
    if (path !== '/.well-known/oauth-authorization-server') return false
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(metadataOf(good.origin)))
    return true
  }
  expect((await submits(room, evilId)).status).toBe(503)
  expect(await comesBack(mine)).toBe('done')
  expect(good.tokens.map((sent) => sent.get('code'))).toEqual(['the-code'])
})

const json = (value: unknown, status = 200) => JSON.stringify([status, value])
const says =
  (path: string, answer: (place: string) => string): SignInPlace['behave'] =>
  (asked, request, response) => {
    if (asked !== path) return false
    const [status, value] = JSON.parse(answer(`http://${request.headers.host}`)) as [number, unknown]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    return true
  }
const leads =
  (path: string, location: string): SignInPlace['behave'] =>
  (asked, _, response) => {
    if (asked === path) response.writeHead(307, { location }).end()
    return asked === path
  }

const RESOURCE = '/.well-known/oauth-protected-resource/mcp'
const METADATA = '/.well-known/oauth-authorization-server'
const INSIDE = 'https://169.254.169.254/latest'

it.each<readonly [what: string, behave: SignInPlace['behave'], words: RegExp]>([
  ['signs people in on a private address', says(RESOURCE, (at) => json({ resource: `${at}/mcp`, authorization_servers: ['https://10.0.0.1'] })), /not asked/],
  ['signs people in in its network', says(RESOURCE, (at) => json({ resource: `${at}/mcp`, authorization_servers: ['https://printer.local'] })), /not asked/],
  ['sends people to a private address', says(METADATA, (at) => json({ ...metadataOf(at), authorization_endpoint: INSIDE })), /not asked/],
  ['sends people to a script', says(METADATA, (at) => json({ ...metadataOf(at), authorization_endpoint: 'javascript:alert(1)' })), /does not say how/],
  ['has tokens on a private address', says(METADATA, (at) => json({ ...metadataOf(at), token_endpoint: INSIDE })), /not asked/],
  ['registers on a private address', says(METADATA, (at) => json({ ...metadataOf(at), registration_endpoint: INSIDE })), /not asked/],
  ['leads discovery to a private address', leads(METADATA, INSIDE), /does not say how/],
  ['leads discovery to a file', leads(METADATA, 'file:///etc/passwd'), /does not say how/],
  ['leads registration to a private address', leads('/register', INSIDE), /client ID/],
  ['is about another server', says(RESOURCE, (at) => json({ resource: 'https://bank.example.com/', authorization_servers: [at] })), /about another server/],
])('[R261] nobody is sent out by a server that %s', async (_, behave, words) => {
  const room = await makeRoom(ann)
  const place = await somewhere(behave)
  const refused = await submits(room, await added(room, place))
  const said = await refused.json<{ readonly refusal: { readonly message: string } }>()
  expect([refused.status, said.refusal.message]).toEqual([503, expect.stringMatching(words)])
  expect((await servers(room))[0]?.value).toMatchObject({ state: 'sign-in', words: said.refusal.message })
})

it.each<readonly [what: string, path: string, words: RegExp]>([
  ['megabytes of metadata', METADATA, /longer than 64 kB/],
  ['megabytes where we register', '/register', /longer than 64 kB/],
  ['nothing at all, for ever', RESOURCE, /did not answer within 10 seconds/],
])('[R261] a server that answers with %s costs nobody a wait, and is a sentence', async (what, path, words) => {
  const room = await makeRoom(ann)
  const place = await somewhere((asked, _, response) => {
    if (asked !== path) return false
    if (what.startsWith('nothing')) return true
    response.writeHead(200, { 'content-type': 'application/json' })
    const more = () => {
      while (!response.destroyed && response.write('[["'.repeat(3_000)));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
    return true
  })
  const id = await added(room, place)
  let isOver = false
  const refused = submits(room, id).finally(() => (isOver = true))
  await waitFor('its end', async () => {
    const before = performance.now()
    expect((await command(ann, room, { type: 'post', id: newMessageId(), text: '@Ann aside' })).status).toBe(200)
    expect(performance.now() - before).toBeLessThan(PROMPT_MS)
    return isOver
  })
  const said = await (await refused).json<{ readonly refusal: { readonly message: string } }>()
  expect(said.refusal.message).toMatch(words)
})

it.each<readonly [what: string, behave: SignInPlace['behave'], words: RegExp]>([
  ['leads to a private address', leads('/token', INSIDE), /does not work just now/],
  ['leads to another server on this machine', (...asked) => leads('/token', `${inside.origin}/token`)(...asked), /does not work just now/],
  [
    'repeats what it was told',
    (path, _, response, body) => {
      if (path === '/token')
        response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'invalid_grant', error_description: body }))
      return path === '/token'
    },
    /refused \(invalid_grant\)/,
  ],
  [
    'repeats it as text',
    (path, _, response, body) => {
      if (path === '/token') response.writeHead(200, { 'content-type': 'text/html' }).end(body)
      return path === '/token'
    },
    /does not work just now/,
  ],
])('[R263] a place of tokens that %s is a sentence, with nothing in it or in the log that it was told', async (_, behave, words) => {
  const room = await makeRoom(ann)
  const told: string[] = []
  const place = await somewhere((path, request, response, body) => {
    if (path === '/token') told.push(new URLSearchParams(body).get('code_verifier') ?? '', 'the-code')
    return behave(path, request, response, body)
  })
  const back = await goesOut(room, await added(room, place))
  const answer = await ann.fetch(back, { headers: JSON_ONLY })
  const said = await answer.text()
  expect(said).toMatch(words)
  expect([told.length > 0, inside.asked]).toEqual([true, []])
  const records = JSON.stringify(await servers(room))
  for (const secret of told) for (const text of [said, records, server.output]) expect(text).not.toContain(secret)
})

it('[R260] nobody but its owner begins a sign-in, from no other site, and none is begun by an address', async () => {
  const room = await makeRoom(ann)
  const place = await somewhere()
  const id = await added(room, place)
  await bo.fetch(new URL(`/rooms/${room}`, server.url))
  expect((await submits(room, id, bo)).status).toBe(403)
  const foreign = await ann.fetch(new URL(`/rooms/${room}/servers`, server.url), {
    method: 'POST',
    headers: { ...JSON_ONLY, origin: 'https://evil.example.com' },
    body: new URLSearchParams({ intent: 'sign-in', server: id }),
  })
  expect(foreign.status).toBe(403)
  const page = await (await submits(room, id)).text()
  expect(page).not.toContain('the-code')
  expect(place.asked.filter((path) => path === 'POST /register')).toHaveLength(1)
})
