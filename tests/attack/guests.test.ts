// GUESTS: who may become a guest of this instance, over HTTP as a browser or a program asks.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeClaimCode } from '../../src/auth/claim'
import { LOBBY, type RoomId } from '../../src/conversation/ids'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { fetchFrom, outcomeOf } from './visitor'

const HOME = '203.0.113.7'

let world: World
let ann: Guest
let open: RoomId
let secret: RoomId

beforeAll(async () => {
  world = await World.begin()
  ann = await world.guest('Ann')
  open = await world.room(ann)
  secret = await world.room(ann, 'private')
})
afterAll(() => world.end())

const signIn = (next: string) =>
  fetchFrom(HOME, `${ann.origin}/sign-in`, { method: 'POST', body: new URLSearchParams({ name: 'Stranger', next }) }).then(outcomeOf)
const pageAt = async (path: string) => (await fetchFrom(HOME, `${ann.origin}${path}`, { headers: { accept: 'text/html' } })).text()

/** Newer than every one before it. */
async function claimLink(): Promise<string> {
  return `/claim/${await makeClaimCode((await readFile(join(world.server.dataDir, 'auth-secret'), 'utf8')).trim(), Date.now())}`
}

/** The invitation as a member finds it in their page. */
async function invitationTo(room: RoomId, member = ann): Promise<string> {
  const html = await (await member.fetch(`${ann.origin}/rooms/${room}/agents`)).text()
  const [link] = new RegExp(`/join/${room}/[0-9a-f-]{36}`).exec(html) ?? []
  if (link === undefined) throw new Error('no invitation in the page')
  return link
}

describe('[R63] [R45] GUESTS=invited', () => {
  it('lets in whoever has the invitation of the lobby, and nobody with that of another room', async () => {
    await world.server.restart({ GUESTS: 'invited' })
    const link = await invitationTo(LOBBY)
    expect(await pageAt(link)).toContain('name="name"')
    expect((await signIn(link)).status).toBe(200)
    const code = link.split('/')[3]
    const forged = [
      '/',
      '/rooms/lobby',
      '/join/lobby/x',
      `${link}x`,
      `${link}/`,
      `/join/nowhere/${code}`,
      `//evil.example${link}`,
      `${link}?x=1`,
      `/join/${open}/${code}`,
    ]
    for (const next of [...forged, await invitationTo(secret)]) {
      expect(await signIn(next), next).toMatchObject({ status: 403, refusal: { code: 'no_guests' } })
    }
    expect(await pageAt('/')).toContain('by invitation')
    expect(await pageAt('/')).not.toContain('name="name"')
    expect(await pageAt(await invitationTo(secret))).toContain('invitation of the lobby')
    // Whoever is in already goes where a room invites them.
    const bo = await guestBy(link)
    expect((await bo.fetch(`${bo.origin}/rooms/${secret}/agents`)).status).toBe(403)
    await bo.fetch(`${bo.origin}${await invitationTo(secret)}`)
    expect((await bo.fetch(`${bo.origin}/rooms/${secret}/agents`)).status).toBe(200)
  })

  it('keeps out whoever was put out: by no link of theirs, nor of a room of their own, nor by somebody whom they let in', async () => {
    await world.server.restart({ GUESTS: 'invited' })
    const claim = await claimLink()
    await ann.fetch(`${ann.origin}${claim}`)
    const old = await invitationTo(LOBBY)
    const [mal, puppet] = [await guestBy(old), await guestBy(old)]
    const own = await world.room(mal, 'private')
    const ofOwn = await invitationTo(own, mal)
    expect(await post(puppet, ofOwn.replace('/join/', '/rooms/').replace(/\/[^/]*$/, '/invitation'))).toBe(403)
    // A guest is shown no link by which a stranger comes in.
    for (const who of [mal, puppet]) expect(await textOf(who, '/rooms/lobby/agents')).not.toContain('/join/lobby/')
    expect(await post(ann, '/rooms/lobby/members', { remove: mal.id })).toBe(200)
    for (const next of [old, ofOwn]) expect((await signIn(next)).status, next).toBe(403)
    // The owner's other rooms are reasons too, and an account is the last one.
    const team = await world.room(ann)
    await textOf(puppet, `/rooms/${team}/agents`)
    const second = await invitationTo(LOBBY)
    expect(await post(ann, `/rooms/${team}/members`, { remove: puppet.id })).toBe(200)
    expect((await signIn(second)).status).toBe(403)
    const third = await invitationTo(LOBBY)
    expect(await post(ann, '/instance/people', { remove: mal.id })).toBe(200)
    expect((await signIn(third)).status).toBe(403)
    // Nobody but its owner can make the link worthless: a guest who removes somebody from a room of their own does not.
    const fourth = await invitationTo(LOBBY)
    const kept = await world.room(puppet)
    const last = await guestBy(fourth)
    for (const room of [kept, LOBBY]) await textOf(last, `/rooms/${room}/agents`)
    expect(await post(puppet, `/rooms/${kept}/members`, { remove: last.id })).toBe(200)
    for (let times = 0; times < 20; times++) expect(await post(last, '/rooms/lobby/invitation')).toBe(403)
    expect((await signIn(fourth)).status).toBe(200)
  })

  async function guestBy(link: string): Promise<Guest> {
    const response = await fetchFrom(HOME, `${ann.origin}/sign-in`, { method: 'POST', body: new URLSearchParams({ name: 'Mal', next: link }) })
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const { member } = await response.json<{ member: Pick<Guest, 'id' | 'name'> }>()
    const headersOf = (init?: RequestInit) => ({ accept: 'text/html', ...Object.fromEntries(new Headers(init?.headers)), cookie, origin: ann.origin })
    return { ...member, origin: ann.origin, cookie, fetch: (input, init) => fetch(input, { ...init, headers: headersOf(init) }) }
  }

  async function textOf(who: Guest, path: string): Promise<string> {
    return (await who.fetch(`${who.origin}${path}`)).text()
  }

  async function post(who: Guest, path: string, fields: Readonly<Record<string, string>> = {}): Promise<number> {
    return (await who.fetch(`${who.origin}${path}`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) })).status
  }
})

describe('[R63] GUESTS=closed', () => {
  it('lets in nobody new, and leaves everybody who is here', async () => {
    await world.server.restart({ GUESTS: 'invited' })
    const link = await invitationTo(LOBBY)
    await world.server.restart({ GUESTS: 'closed' })
    for (const next of ['/', link]) expect(await signIn(next)).toMatchObject({ status: 403, refusal: { code: 'no_guests' } })
    expect(await pageAt(link)).toContain('Nobody new')
    expect((await ann.fetch(`${ann.origin}/rooms/${secret}/agents`)).status).toBe(200)
    const renamed = await ann.fetch(`${ann.origin}/rename`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ name: 'Anne', next: '/' }),
    })
    expect(renamed.status).toBe(200)
  })
})

it('[R63] the link to own the instance lets in whoever holds it, until it is used', async () => {
  await world.server.restart({ GUESTS: 'closed' })
  const claim = await claimLink()
  expect(await signIn(`${claim}x`)).toMatchObject({ status: 403, refusal: { code: 'no_guests' } })
  expect((await signIn(claim)).status).toBe(200)
  expect((await ann.fetch(`${ann.origin}${claim}`, { redirect: 'manual' })).status).toBe(302)
  expect(await signIn(claim)).toMatchObject({ status: 403, refusal: { code: 'no_guests' } })
})

it('[R63] anything else is refused at the start, in a sentence', async () => {
  await expect(world.server.restart({ GUESTS: 'everybody' })).rejects.toThrow('GUESTS is "everybody": write open, invited or closed.')
  await world.server.restart()
})
