// Signing in for servers of tools in a real room: who may, what comes back, what is kept of it, and how it goes on, over sleep and crash.
import { beforeEach, expect, test } from 'vitest'
import { signInServer, type SignInServer } from '../../src/agents/servers/testing/sign-in-server'
import { type ToolServer, toolServer } from '../../src/agents/servers/testing/tool-server'
import { takeTurn } from '../../src/agents/turn/turn'
import type { Command } from '../../src/conversation/command'
import type { Member } from '../../src/conversation/member'
import type { Message } from '../../src/conversation/message'
import { recordsOf, type RecordOf } from '../../src/conversation/record'
import { openState, type SignInState } from '../../src/room/servers/sign-in-state'
import { type ScriptedStep, scriptedModel } from '../support/scripted-model'
import { waitFor } from '../support/wait-for'
import { ann, bo, House, sessionOf } from './house'

const ADDRESS = 'https://tools.example.com/mcp'
const SITE = 'https://parley.example.com'
const ECHO = { name: 'echo', description: 'Says it again.', annotations: { readOnlyHint: true } }
const CALLS: readonly ScriptedStep[] = [[['example_echo', '{}']], ['Done.'], [['example_echo', '{}']], ['Done.'], [['example_echo', '{}']], ['Done.']]
const OK = { code: 'the-code', iss: null, error: null }

let tools: ToolServer
let server: SignInServer

beforeEach(() => {
  tools = toolServer([ECHO])
  server = signInServer(tools, ADDRESS)
})

async function open(steps: readonly ScriptedStep[] = CALLS): Promise<House> {
  const house = await House.open()
  const model = scriptedModel(steps, [])
  // What a room of an earlier test still does is done to its own.
  const own = server
  house.stage.ask = async (url, init) => own.ask(url, init)
  house.stage.takes = async function* ({ history, reply, agent, tools, ...request }) {
    const prompt = reply.metadata.replyTo ? history.get(reply.metadata.replyTo) : null
    if (!agent || !prompt) throw new Error('a reply has an agent and a prompt')
    const bounds = { contextTokens: 32_000, maxOutputTokens: 1_000, patienceMs: 60_000, longestMs: 3_600_000 }
    const chosen = { model, id: 'test', label: 'Test', wire: null, isGuide: false, settings: { provider: 'guide' } as const, ...bounds }
    yield* takeTurn({ ...request, agent, prompt, history: [], now: house.stage.now, tools: await tools(), toolless: new Set(), choice: { ok: true, chosen } })
  }
  return house
}

const by = (who: Member, name = 'first') => ({ person: who.id, session: sessionOf(who, name).hash })

async function done(house: House, command: Command): Promise<void> {
  house.stage.now += 1_000
  expect(await house.ask(ann, command)).toEqual({ ok: true, value: null })
}

async function only(house: House, address = ADDRESS): Promise<RecordOf<'server'>> {
  const records = await (await house.room()).records(ann.id, 'server')
  const server = records.ok && recordsOf(records.value, 'server').find(({ value }) => value.address === address)
  if (!server) throw new Error('there is no server')
  return server
}

async function becomes(house: House, state: string, address = ADDRESS): Promise<RecordOf<'server'>> {
  await waitFor(`the server to be ${state}`, async () => (await only(house, address)).value.state === state)
  return only(house, address)
}

async function added(house: House): Promise<string> {
  await done(house, { type: 'add-server', address: ADDRESS })
  return (await becomes(house, 'sign-in')).id
}

async function goesOut(house: House, id: string, who = by(ann)): Promise<SignInState> {
  const begun = await (await house.room()).beginSignIn(who, id, SITE)
  if (!begun.ok) throw new Error(begun.refusal.message)
  const state = await openState(new URL(begun.value).searchParams.get('state') ?? '', async (sealed) => String(JSON.parse(sealed)[0]))
  if (!state) throw new Error('a sign-in goes out with its state')
  return state
}

async function comesBack(house: House, state: SignInState, who = by(ann), answer = OK): Promise<string> {
  const back = await (await house.room()).finishSignIn(who, state, answer)
  return back.ok ? 'done' : back.refusal.code
}

/** Signed in, its tools accepted, and an agent that may use them. */
async function signedIn(house: House): Promise<string> {
  const id = await added(house)
  expect(await comesBack(house, await goesOut(house, id))).toBe('done')
  const { value } = await becomes(house, 'review')
  await done(house, { type: 'accept-tools', server: id, print: value.print })
  await done(house, { type: 'save-agent', agent: 'parley' as never, profile: { servers: [id], instruction: 'Help.' } })
  return id
}

/** What a call came to. */
async function called(house: House): Promise<unknown> {
  house.stage.now += 2_000
  await house.post(ann, `a question at ${house.stage.now}`)
  let last: Message | undefined
  await waitFor('the end of a reply', async () => {
    last = (await house.messages()).findLast(({ metadata }) => metadata.author.id === 'parley')
    return last?.metadata.status === 'complete'
  })
  const part = last?.parts.find((part) => part.type === 'dynamic-tool')
  return part?.state === 'output-available' ? part.output : part?.state === 'output-error' ? part.errorText : part
}

const secrets = async (house: House) => (await house.rows('SELECT value FROM server_sign_in')).length

test('[R260] a server that wants a sign-in says so, and is used once its room’s owner has signed in', async () => {
  const house = await open()
  const id = await added(house)
  expect((await only(house)).value.words).toBe('This server lets in only whoever has signed in there.')
  const state = await goesOut(house, id)
  expect(await comesBack(house, state)).toBe('done')
  const { value } = await becomes(house, 'review')
  expect(value).toMatchObject({ signedInBy: 'Ann', words: null, tools: [{ name: 'echo' }] })
  expect(server.asked.filter((path) => path === '/register')).toHaveLength(1)
})

test.each<readonly [what: string, who: (house: House) => Promise<ReturnType<typeof by>>, code: string]>([
  ['another member', async (house) => (await (await house.room()).enter(bo, null), by(bo)), 'not_owner'],
  ['somebody without a place', async () => by({ ...bo, id: 'cat' as never }), 'not_a_member'],
  ['the same person in another session', async () => by(ann, 'second'), 'not_yours'],
])('[R262] what %s comes back with is refused, and whoever began goes on', async (_, who, code) => {
  const house = await open()
  const state = await goesOut(house, await added(house))
  expect(await comesBack(house, state, await who(house))).toBe(code)
  expect(server.tokens).toEqual([])
  expect(await comesBack(house, state)).toBe('done')
})

test('[R262] a sign-in counts once, for ten minutes, and only the latest that was begun', async () => {
  const house = await open()
  const id = await added(house)
  const first = await goesOut(house, id)
  const second = await goesOut(house, id)
  expect(await comesBack(house, first)).toBe('gone')
  expect(await comesBack(house, { ...second, nonce: crypto.randomUUID() })).toBe('gone')
  expect(await comesBack(house, { ...second, server: 'server-of-nobody' })).toBe('no_such_message')
  const both = await Promise.all([comesBack(house, second), comesBack(house, second)])
  expect(both.toSorted()).toEqual(['done', 'gone'])
  expect(await comesBack(house, second)).toBe('gone')
  const late = await goesOut(house, id)
  house.stage.now += 10 * 60_000
  expect(await comesBack(house, late)).toBe('gone')
  expect(server.tokens).toHaveLength(1)
})

test('[R262] whoever lost the room while they signed in has signed in for nothing', async () => {
  const house = await open()
  const state = await goesOut(house, await added(house))
  server.instead = (path) =>
    path === '/token'
      ? (house
          .room()
          .then(async (room) => room.own(bo))
          .then(() => null) as never)
      : null
  let isOwned = false
  server.instead = (path) => {
    if (path !== '/token' || isOwned) return null
    isOwned = true
    return house
      .room()
      .then(async (room) => room.own(bo))
      .then(() => Response.json({ access_token: 'access-token-of-ann', token_type: 'Bearer' }))
  }
  expect(await comesBack(house, state)).toBe('not_owner')
  expect(await house.rows("SELECT value FROM server_sign_in WHERE what = 'grant'")).toEqual([])
})

test('[R262] of two servers each has its own answer', async () => {
  const other = 'https://other.example.com/mcp'
  const house = await open()
  const id = await added(house)
  const second = signInServer(toolServer([ECHO]), other)
  const { ask } = server
  house.stage.ask = async (url, init) => (url.origin === 'https://other.example.com' ? second.ask(url, init) : ask(url, init))
  await done(house, { type: 'add-server', address: other })
  const { id: otherId } = await becomes(house, 'sign-in', other)
  const [mine, theirs] = [await goesOut(house, id), await goesOut(house, otherId)]
  expect(await comesBack(house, { ...mine, server: otherId })).toBe('gone')
  expect(await comesBack(house, { ...theirs, server: id })).toBe('gone')
  expect(server.tokens).toEqual([])
})

test('[R262] whoever does not own the room signs in for none of its servers', async () => {
  const house = await open()
  const id = await added(house)
  const room = await house.room()
  await room.enter(bo, null)
  expect(await room.beginSignIn(by(bo), id, SITE)).toMatchObject({ ok: false, refusal: { code: 'not_owner' } })
  expect(await room.beginSignIn(by(ann), 'server-of-nobody', SITE)).toMatchObject({ ok: false, refusal: { code: 'no_such_message' } })
  expect(server.asked).toEqual([])
})

test('[R263] what a sign-in came to is in no record and no event, not even where the server repeats it, and is forgotten with the server', async () => {
  const house = await open()
  const watcher = await house.connect(bo)
  const id = await signedIn(house)
  tools.answer = () => ({ content: [{ type: 'text', text: `you sent ${tools.headers.at(-1)?.get('authorization')}` }] })
  expect(await called(house)).toBe('you sent Bearer [secret]')
  tools.instead = (method, _, { body }) => {
    if (method !== 'tools/call') return null
    const { id } = JSON.parse(typeof body === 'string' ? body : '') as { readonly id: number }
    return Response.json({ jsonrpc: '2.0', id, error: { code: -1, message: 'bad access-token-1' } })
  }
  expect(await called(house)).toBe('The server refuses this call: bad [secret]')
  const room = await house.room()
  const said = JSON.stringify([
    await room.records(ann.id, null),
    watcher.frames,
    await house.snapshot(),
    await room.audit(ann.id, null),
    await room.serverTools(ann.id, id),
  ])
  for (const secret of ['access-token', 'refresh-token']) expect(said).not.toContain(secret)
  expect(await secrets(house)).toBe(3)
  await done(house, { type: 'remove-server', server: id })
  expect(await secrets(house)).toBe(0)
})

test('[R264] a room that slept calls with what the sign-in came to, without anybody signing in', async () => {
  const house = await open()
  await signedIn(house)
  await house.evict()
  tools.headers.length = 0
  expect(await called(house)).toBe('echo did it')
  expect(new Set(tools.headers.map((headers) => headers.get('authorization')))).toEqual(new Set(['Bearer access-token-1']))
  expect(server.tokens).toHaveLength(1)
})

test('[R264] what is about to end is renewed before it is shown, also after a sleep, and once for all calls of a step', async () => {
  const step: ScriptedStep = [
    ['example_echo', '{"n":1}'],
    ['example_echo', '{"n":2}'],
  ]
  const house = await open([step, ['Done.']])
  await signedIn(house)
  await house.evict()
  house.stage.now += 3_600_000
  tools.headers.length = 0
  expect(await called(house)).toBe('echo did it')
  expect(server.tokens.map((sent) => sent.get('grant_type'))).toEqual(['authorization_code', 'refresh_token'])
  expect(new Set(tools.headers.map((headers) => headers.get('authorization')))).toEqual(new Set(['Bearer access-token-2']))
  expect(tools.calls).toHaveLength(2)
})

test('[R264] what a server lets in no longer is renewed once, and the call is made once', async () => {
  const house = await open()
  await signedIn(house)
  server.valid.clear()
  expect(await called(house)).toBe('echo did it')
  expect([server.tokens.length, tools.calls.length]).toEqual([2, 1])
})

test('[R264] a renewal that is refused is a sentence, and the server needs a sign-in again', async () => {
  const house = await open()
  const id = await signedIn(house)
  server.valid.clear()
  server.instead = (path) => (path === '/token' ? Response.json({ error: 'invalid_grant', error_description: 'refresh-token-1' }, { status: 400 }) : null)
  expect(await called(house)).toMatch(/the sign-in has ended\. The owner of this room signs in/)
  const { value } = await becomes(house, 'sign-in')
  expect(value.words).toBe('This server lets in only whoever has signed in there, and the sign-in has ended.')
  expect(await house.rows("SELECT value FROM server_sign_in WHERE what = 'grant'")).toEqual([])
  server.instead = () => null
  expect(await comesBack(house, await goesOut(house, id))).toBe('done')
  expect((await becomes(house, 'ready')).value.tools).toMatchObject([{ review: 'accepted' }])
  expect(await called(house)).toBe('echo did it')
  expect(server.clients).toHaveLength(1)
})

test('[R264] where tokens come from cannot be reached for a while, and nobody has to sign in again', async () => {
  const house = await open()
  await signedIn(house)
  house.stage.now += 3_600_000
  server.instead = (path) => (path === '/token' ? new Response(null, { status: 503 }) : null)
  expect(await called(house)).toMatch(/does not work just now/)
  expect((await only(house)).value.state).toBe('ready')
  server.instead = () => null
  expect(await called(house)).toBe('echo did it')
})

test('[R264] a sign-in counts while whoever signed in owns the room', async () => {
  const house = await open()
  const id = await signedIn(house)
  const room = await house.room()
  await room.enter(bo, null)
  await room.own(bo)
  await room.command(bo.id, { type: 'check-server', server: id })
  expect((await becomes(house, 'sign-in')).value.words).toContain('the sign-in has ended')
  expect(await house.rows("SELECT value FROM server_sign_in WHERE what = 'grant'")).toEqual([])
})

test('[R264] a server that wants more than was allowed says so, and the next sign-in asks for both', async () => {
  const house = await open()
  const id = await signedIn(house)
  tools.answer = () => new Response(null, { status: 403, headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="write"' } })
  expect(await called(house)).toMatch(/wants to be allowed more/)
  await becomes(house, 'sign-in')
  const begun = await (await house.room()).beginSignIn(by(ann), id, SITE)
  expect(begun.ok && new URL(begun.value).searchParams.get('scope')).toBe('tools write')
})

test('[R261] a server that is being asked how to sign in is not asked a second time meanwhile, and nobody waits', async () => {
  const house = await open()
  const id = await added(house)
  let isHeld = true
  const answered = async () => {
    await waitFor('leave to answer', () => !isHeld)
    return new Response(null, { status: 500 })
  }
  server.instead = (path) => (path === '/register' ? answered() : null)
  const room = await house.room()
  const first = room.beginSignIn(by(ann), id, SITE)
  await waitFor('it to be asked', () => server.asked.includes('/register'))
  expect(await room.beginSignIn(by(ann), id, SITE)).toMatchObject({ ok: false, refusal: { code: 'too_fast' } })
  await house.post(ann, '@Ann aside')
  isHeld = false
  expect(await first).toMatchObject({ ok: false, refusal: { code: 'unavailable' } })
  expect((await only(house)).value).toMatchObject({ state: 'sign-in', words: expect.stringContaining('not taken as a new client') })
})

test('[R263] what was typed as its client is shown where one signs in, and nowhere else', async () => {
  const house = await open()
  server.metadata = { registration_endpoint: undefined, token_endpoint_auth_methods_supported: ['client_secret_post'] }
  await done(house, { type: 'add-server', address: ADDRESS, client: { id: 'given', secret: 'secret-of-the-client' } })
  const { id } = await becomes(house, 'sign-in')
  expect(await comesBack(house, await goesOut(house, id))).toBe('done')
  expect(Object.fromEntries(server.tokens[0] ?? [])).toMatchObject({ client_id: 'given', client_secret: 'secret-of-the-client' })
  expect(JSON.stringify([await house.snapshot(), tools.headers.map((headers) => [...headers])])).not.toContain('secret-of-the-client')
})
