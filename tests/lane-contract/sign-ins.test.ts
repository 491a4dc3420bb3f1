// Signing in for servers of tools as people do it: by the page alone, out by its link, back by the address that is ours.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { recordsOf, type RecordOf, type RoomRecord } from '../../src/conversation/record'
import type { Guest } from '../support/guest'
import { type SignInPlace, startSignInPlace } from '../support/sign-in-place'
import { DRIVERS } from './drivers'
import { World } from './world'

const HTML = { accept: 'text/html' }

let world: World
let ann: Guest
let bo: Guest
let place: SignInPlace

beforeAll(async () => {
  place = await startSignInPlace()
  world = await World.begin({ ALLOW_LOOPBACK: '1' })
  ann = await world.guest('Ann')
  bo = await world.guest('Bo')
})
afterAll(async () => {
  world.leaveAll()
  await world.end()
  place.stop()
})

const at = (room: RoomId, path: string) => new URL(`/rooms/${room}/${path}`, world.server.url)
const submit = (who: Guest, room: RoomId, fields: Readonly<Record<string, string>>, headers = HTML) =>
  who.fetch(at(room, 'servers'), { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
const page = async (who: Guest, room: RoomId) => (await who.fetch(at(room, 'agents-settings'), { headers: HTML })).text()

async function only(room: RoomId): Promise<RecordOf<'server'>> {
  const { records } = await (await ann.fetch(at(room, 'records?kind=server'))).json<{ readonly records: readonly RoomRecord[] }>()
  const [server] = recordsOf(records, 'server')
  if (!server) throw new Error('there is no server')
  return server
}

/** Follows a page's way out, as a browser would; answers where one is sent back to. */
async function leaves(html: string): Promise<URL> {
  const [, href] = /<a href="(http[^"]+)"/.exec(html) ?? []
  const there = await fetch((href ?? '').replaceAll('&amp;', '&'), { redirect: 'manual' })
  return new URL(there.headers.get('location') ?? '')
}

it('[R260] a server’s sign-in is begun by its room’s owner, ends in the room, and its tools act with that account', async () => {
  const room = await world.room(ann)
  await world.join(DRIVERS.agents, room, bo)
  expect((await submit(ann, room, { intent: 'add', address: place.address })).status).toBe(303)
  const { id, value } = await only(room)
  expect(value).toMatchObject({ state: 'sign-in', words: 'This server lets in only whoever has signed in there.' })
  const [owned, seen] = [await page(ann, room), await page(bo, room)]
  for (const html of [owned, seen]) expect(html).toMatch(/Needs sign-in/)
  expect(owned).toContain('value="sign-in"')
  expect(seen).not.toContain('value="sign-in"')

  const leaving = await submit(ann, room, { intent: 'sign-in', server: id })
  const html = await leaving.text()
  expect([leaving.status, html]).toEqual([200, expect.stringContaining(new URL(place.origin).host)])
  const back = await leaves(html)
  expect([back.origin, back.pathname]).toEqual([world.server.url, '/servers/callback'])
  const home = await ann.fetch(back, { headers: HTML, redirect: 'manual' })
  expect([home.status, home.headers.get('location')]).toEqual([303, `/rooms/${room}/agents-settings#${id}`])
  expect((await only(room)).value).toMatchObject({ state: 'review', signedInBy: 'Ann' })
  expect(await page(bo, room)).toMatch(/Signed in by .*Ann/)

  expect((await submit(ann, room, { intent: 'accept', server: id, print: (await only(room)).value.print })).status).toBe(303)
  await ann.fetch(at(room, 'commands'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ type: 'save-agent', agent: 'parley', profile: { servers: [id] } }),
  })
  const cat = await world.join(DRIVERS.agents, room, 'Cat')
  cat.client.post('[[call:localhost_whoami]] who is it?')
  await cat.until('the answer', () => cat.messages().at(-1)?.metadata.status === 'complete')
  const parts = cat
    .messages()
    .at(-1)
    ?.parts.filter((part) => part.type === 'dynamic-tool')
  expect(parts).toMatchObject([{ state: 'output-available', output: 'whoever shows [secret]' }])
  const said = await Promise.all(['agents-settings', 'records', 'audit?format=jsonl', ''].map(async (path) => (await ann.fetch(at(room, path))).text()))
  for (const secret of place.secrets) expect(said.join()).not.toContain(secret)
  for (const secret of place.secrets) expect(world.server.output).not.toContain(secret)

  await submit(ann, room, { intent: 'remove', server: id })
  expect(await page(ann, room)).not.toContain('Signed in by')
})

it('[R260] a program is told where to go, and comes back the same way', async () => {
  const room = await world.room(ann)
  const json = { accept: 'application/json' }
  await submit(ann, room, { intent: 'add', address: place.address }, json)
  const { id } = await only(room)
  const { location } = await (await submit(ann, room, { intent: 'sign-in', server: id }, json)).json<{ readonly location: string }>()
  const there = await fetch(location, { redirect: 'manual' })
  const home = await ann.fetch(there.headers.get('location') ?? '', { headers: json })
  expect(await home.json()).toEqual({ location: `/rooms/${room}/agents-settings#${id}` })
})

it('[R260] who we are can be read by everybody', async () => {
  const document = await (await fetch(new URL('/client-metadata.json', world.server.url))).json()
  expect(document).toMatchObject({
    client_id: `${world.server.url}/client-metadata.json`,
    client_name: 'Parley',
    redirect_uris: [`${world.server.url}/servers/callback`],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
  })
})
