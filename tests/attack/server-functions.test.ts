// Server functions as no client of ours would call them. Each call has a refusal with a name and a status that says no;
// none runs what it names, and none changes a room.
import { expect, it } from 'vitest'
import { newMessageId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { DRIVERS } from '../lane-contract/drivers'
import { serverFunctions } from '../lane-contract/flight-in-node'
import { startServer } from '../support/server'
import { rawHttp, type RawAnswer } from './raw-http'
import { useScene, type Scene } from './scene'

const FILE = '/src/lanes/rsc/server-functions.ts'

interface Call {
  readonly method?: string
  /** The page that it is called from. */
  readonly from?: string
  readonly headers?: Readonly<Record<string, string>>
}

let scene: Scene
useScene((set) => (scene = set), 'private')

async function call(id: string, args: string, { method = 'POST', from = `/rooms/${scene.room}/rsc`, headers = {} }: Call = {}): Promise<RawAnswer> {
  const query = new URLSearchParams({ __rsc: '', __rsc_action_id: id, ...(method === 'GET' ? { args } : {}) })
  return rawHttp(scene.origin, `${from}?${query}`, {
    method,
    headers: { cookie: scene.attacker.cookie, origin: scene.origin, 'x-rsc-data-only': 'true', 'content-type': 'text/plain;charset=UTF-8', ...headers },
    ...(method === 'GET' ? {} : { body: args }),
  })
}

const ask = (args: string, how?: Call) => call(`${FILE}#ask`, args, how)
const earlier = (args: string, how?: Call) => call(`${FILE}#earlier`, args, { method: 'GET', ...how })
const args = (argument: unknown, room: unknown = scene.room) => JSON.stringify([room, argument])
const post = () => ({ type: 'post', id: newMessageId(), text: 'forged' })

/** Refused by name: in JSON when the call was none, else in what RedwoodSDK's client reads. */
function expectRefusal({ status, body }: RawAnswer, expected: number, code: string): void {
  expect({ status, code: /"refusal":\{"code":"(\w+)"/.exec(body)?.[1] }).toEqual({ status: expected, code })
}

it('[R15] [R16] are called by their own method only', async () => {
  for (const method of ['GET', 'PUT', 'PATCH']) expectRefusal(await ask(args(post()), { method }), 400, 'unknown_command')
  for (const method of ['POST', 'PUT']) expectRefusal(await earlier(args(10), { method }), 400, 'unknown_command')
})

it('[R11] [R16] refuse whoever is no member, and arguments of any other shape', async () => {
  expectRefusal(await ask(args(post())), 403, 'not_a_member')
  expectRefusal(await earlier(args(10)), 403, 'not_a_member')
  for (const nowhere of [
    '[]',
    '[null]',
    args(post(), 'nowhere'),
    args(post(), ''),
    args(post(), 7),
    args(post(), { toString: 'lobby' }),
    args(post(), [scene.room]),
  ])
    expectRefusal(await ask(nowhere), 404, 'no_such_room')
  for (const command of ['null', '7', '"post"', '[]', '{}', '{"type":7}', '{"type":"post"}']) {
    const refused = await ask(`["${scene.room}",${command}]`)
    expect([refused.status, /malformed|unknown_command/.test(refused.body)]).toEqual([400, true])
  }
  for (const before of ['-1', '1.5', '"1"', 'null', '{}', '1e999']) expectRefusal(await earlier(`["${scene.room}",${before}]`), 400, 'malformed')
})

it('[R15] [R16] know no stranger and no other site', async () => {
  const stranger = { cookie: '' }
  expectRefusal(await ask(args(post()), { headers: stranger }), 401, 'not_signed_in')
  expectRefusal(await earlier(args(10), { headers: stranger }), 401, 'not_signed_in')
  expectRefusal(await ask(args(post(), 'nowhere'), { headers: stranger }), 401, 'not_signed_in')
  expectRefusal(await ask('[', { headers: stranger }), 401, 'not_signed_in')
  expectRefusal(await ask(args(post()), { headers: { origin: 'https://evil.example' } }), 403, 'wrong_origin')
})

it('[R16] are polluted by no prototype', async () => {
  for (const command of [
    `{"__proto__":${JSON.stringify(post())}}`,
    '{"constructor":{"prototype":{"type":"clear"}}}',
    '{"type":"__proto__"}',
    '{"type":"constructor"}',
  ])
    expectRefusal(await ask(`["${scene.room}",${command}]`), 400, 'unknown_command')
  expectRefusal(await ask(`["${scene.room}",{"type":"clear","__proto__":{"owner":true}}]`), 400, 'malformed')
})

it.each([
  ...['#constructor', '#toString', '#__proto__', '#destroy', '#method', '#ask#', '#ask ', '#', ''].map((name) => `${FILE}${name}`),
  '/src/app/directory/rooms.ts#createRoom',
  '/src/room/surface.ts#roomOf',
  '__proto__#constructor',
  'constructor',
  '__rsc_hot_update',
  'x',
  '#',
  '',
])('[R15] [R16] are these two: %j is none', async (id) => {
  expectRefusal(await call(id, args(post())), 400, 'unknown_command')
  expectRefusal(await call(id, args(10), { method: 'GET' }), 400, 'unknown_command')
})

const NONSENSE = [
  '["$F1","$K2","$@3","$1:__proto__:x"]',
  '["$undefined"]',
  '["$0:0"]',
  '{{{',
  '"',
  '',
  'null',
  '5',
  '{}',
  '"ask"',
  '['.repeat(10_000),
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
]

it.each(NONSENSE.map((text) => [text.slice(0, 40), text] as const))('[R16] are not told nonsense: %s', async (_, nonsense) => {
  expectRefusal(await ask(nonsense), 400, 'malformed')
  expectRefusal(await earlier(nonsense), 400, 'malformed')
})

it('[R16] are told no more than a frame holds, and no files', async () => {
  expectRefusal(await ask(args({ ...post(), text: 'x'.repeat(70_000) })), 413, 'frame_too_large')
  // What is announced as too much is refused unread: the rest of it never comes.
  expectRefusal(await ask('x', { headers: { 'content-length': '5000000' } }), 413, 'frame_too_large')
  const multipart = `--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n${args(post())}\r\n--x--\r\n`
  expectRefusal(await ask(multipart, { headers: { 'content-type': 'multipart/form-data; boundary=x' } }), 400, 'malformed')
})

it('[R15] [R16] answer the same from any page, and not at an address that is no page', async () => {
  for (const from of ['/', '/rooms', '/sign-in', '/nowhere', `/rooms/${scene.room}/members`]) {
    expectRefusal(await ask(args(post()), { from }), 403, 'not_a_member')
    expectRefusal(await earlier(args(10), { from }), 403, 'not_a_member')
    expectRefusal(await call('x', '[', { from }), 400, 'unknown_command')
  }
  expectRefusal(await ask(args(post()), { from: `/rooms/${scene.room}/agents/socket` }), 400, 'unknown_command')
})

it('[L1] carry every text as it is, also one that looks like a reference', async () => {
  const room = await scene.world.room(scene.owner)
  const functions = serverFunctions(scene.owner)
  const texts = ['$F1', '$$5', '$', '$undefined', '$@1', '["$K1"]', '/assets/']
  const honest = await scene.world.join(DRIVERS.rsc, room, scene.owner)
  for (const text of texts) honest.client.post(text)
  await honest.until('all', (who) => who.messages().filter(({ role }) => role === 'user').length === texts.length)
  const page = await functions.earlier(room, 1_000)
  expect(page.ok && page.value.page.messages.filter(({ role }) => role === 'user').map(textOf)).toEqual(texts)
})

it('[R15] behind a proxy count the address that people see', async () => {
  const seen = 'https://chat.example'
  const server = await startServer({ env: { PUBLIC_URL: seen } })
  try {
    const body = new URLSearchParams({ name: 'Ann', next: '/' })
    const signedIn = await fetch(`${server.url}/sign-in`, { method: 'POST', headers: { origin: seen, accept: 'application/json' }, body })
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    await rawHttp(server.url, '/rooms/lobby/rsc', { headers: { cookie } })
    const query = new URLSearchParams({ __rsc: '', __rsc_action_id: `${FILE}#ask` })
    const typing = (origin: string) =>
      rawHttp(server.url, `/rooms/lobby/rsc?${query}`, { method: 'POST', headers: { cookie, origin }, body: '["lobby",{"type":"typing"}]' })
    expect((await typing(seen)).body).toContain('"actionResult":{"ok":true')
    expectRefusal(await typing(server.url), 403, 'wrong_origin')
  } finally {
    await server.stop()
  }
})
