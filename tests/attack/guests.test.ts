// GUESTS: who may become a guest of this instance, over HTTP as a browser or a program asks.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeClaimCode } from '../../src/auth/claim'
import type { RoomId } from '../../src/conversation/ids'
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

/** The invitation as a member finds it in their page. */
async function invitationTo(room: RoomId): Promise<string> {
  const html = await (await ann.fetch(`${ann.origin}/rooms/${room}/agents`)).text()
  const [link] = new RegExp(`/join/${room}/[0-9a-f-]{36}`).exec(html) ?? []
  if (link === undefined) throw new Error('no invitation in the page')
  return link
}

describe('[R63] GUESTS=invited', () => {
  it('lets in whoever has the invitation of a room, open or private, and nobody else', async () => {
    await world.server.restart({ GUESTS: 'invited' })
    for (const room of [open, secret]) {
      const link = await invitationTo(room)
      expect(await pageAt(link)).toContain('name="name"')
      expect((await signIn(link)).status).toBe(200)
      const forged = [
        '/',
        `/rooms/${room}`,
        `/join/${room}/x`,
        `${link}x`,
        `${link}/`,
        `/join/nowhere/${link.split('/')[3]}`,
        `//evil.example${link}`,
        `${link}?x=1`,
      ]
      for (const next of [...forged, link.replace(room, room === open ? secret : open)]) {
        expect(await signIn(next), next).toMatchObject({ status: 403, refusal: { code: 'no_guests' } })
      }
    }
    expect(await pageAt('/')).toContain('by invitation')
    expect(await pageAt('/')).not.toContain('name="name"')
  })
})

describe('[R63] GUESTS=closed', () => {
  it('lets in nobody new, and leaves everybody who is here', async () => {
    await world.server.restart({ GUESTS: 'invited' })
    const link = await invitationTo(secret)
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
  const claim = `/claim/${await makeClaimCode((await readFile(join(world.server.dataDir, 'auth-secret'), 'utf8')).trim(), Date.now())}`
  expect(await signIn(`${claim}x`)).toMatchObject({ status: 403, refusal: { code: 'no_guests' } })
  expect((await signIn(claim)).status).toBe(200)
  expect((await ann.fetch(`${ann.origin}${claim}`, { redirect: 'manual' })).status).toBe(302)
  expect(await signIn(claim)).toMatchObject({ status: 403, refusal: { code: 'no_guests' } })
})

it('[R63] anything else is refused at the start, in a sentence', async () => {
  await expect(world.server.restart({ GUESTS: 'everybody' })).rejects.toThrow('GUESTS is "everybody": write open, invited or closed.')
  await world.server.restart()
})
