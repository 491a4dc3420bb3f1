// Taking the instance, and what its owner alone may do, as somebody would who has no right to.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLAIM_MS, makeClaimCode } from '../../src/auth/claim'
import { LOBBY, type RoomId } from '../../src/conversation/ids'
import { DRIVERS } from '../lane-contract/drivers'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rawHttp } from './raw-http'
import { waitFor } from '../support/wait-for'

let world: World
beforeAll(async () => {
  world = await World.begin()
})
afterAll(() => world.end())

const secret = () => readFile(join(world.server.dataDir, 'auth-secret'), 'utf8')
const codeOf = async (now = Date.now()) => makeClaimCode((await secret()).trim(), now)

function get(who: Guest, path: string) {
  return rawHttp(world.server.url, path, { headers: { cookie: who.cookie } })
}

function post(who: Guest, path: string, fields: Readonly<Record<string, string>>) {
  return who.fetch(`${world.server.url}${path}`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) })
}

describe('an instance', () => {
  it('[R11] [R74] belongs to nobody until its printed link is opened: who comes first owns nothing', async () => {
    const bot = await world.guest('Bot')
    expect((await get(bot, '/rooms/lobby/agents')).status).toBe(200)
    const honest = await world.join(DRIVERS.agents, LOBBY, 'Ann')
    expect((await get(bot, '/rooms/lobby/members')).status).toBe(403)
    expect((await post(bot, '/rooms/lobby/members', { remove: honest.guest.id })).status).toBe(403)
    expect((await get(bot, '/instance')).status).toBe(403)
    expect((await post(bot, '/instance/people', { remove: honest.guest.id })).status).toBe(403)
    expect((await post(bot, '/instance/rooms', { delete: LOBBY })).status).toBe(403)
    expect(
      (
        await rawHttp(world.server.url, '/instance/people', {
          method: 'POST',
          body: `remove=${honest.guest.id}`,
          headers: { origin: world.server.url, accept: 'application/json' },
        })
      ).status,
    ).toBe(401)
    honest.client.post('@Ann nobody was harmed')
    await honest.settled()
  })

  it('[R74] is taken by the printed link, once, by whoever has a name', async () => {
    await waitFor('the link', () => /\/claim\/[\w-]{72}/.test(world.server.output))
    const path = /\/claim\/[\w-]{72}/.exec(world.server.output)?.[0] ?? ''
    const stranger = await rawHttp(world.server.url, path)
    expect([stranger.status, stranger.body.includes(`value="${path}"`)]).toEqual([200, true])
    const owner = await world.guest('Olga')
    // To look is not to open, nor to learn whether a code is right.
    for (const looked of [path, '/claim/guess'])
      expect((await rawHttp(world.server.url, looked, { method: 'HEAD', headers: { cookie: owner.cookie } })).status).toBe(200)
    expect((await get(owner, '/instance')).status).toBe(403)
    const claimed = await get(owner, path)
    expect([claimed.status, claimed.location]).toEqual([302, '/instance'])
    expect((await get(owner, '/instance')).status).toBe(200)
    expect((await get(owner, '/rooms/lobby/members')).status).toBe(200)
    const late = await world.guest('Late')
    for (const who of [late, owner]) expect((await get(who, path)).status).toBe(403)
    expect((await get(late, '/instance')).status).toBe(403)
    await world.server.restart()
    expect(world.server.output).toContain('Parley is ready')
    expect(world.server.output).not.toContain('/claim/')
    expect((await get(owner, '/instance')).status).toBe(200)
  })

  it('[R74] goes to the opener of a newer link, and no older one works any more, used or not', async () => {
    const [first, second] = [await world.guest('First'), await world.guest('Second')]
    const old = await codeOf()
    const [one, two] = [await codeOf(), await codeOf(Date.now() + 1_000)]
    expect((await get(first, `/claim/${one}`)).status).toBe(302)
    expect((await get(second, `/claim/${old}`)).status).toBe(403)
    expect((await get(second, `/claim/${two}`)).status).toBe(302)
    expect((await get(first, '/instance')).status).toBe(403)
    expect((await get(first, '/rooms/lobby/members')).status).toBe(403)
    expect((await get(second, '/rooms/lobby/members')).status).toBe(200)
  })

  it('[R74] is not taken by a wrong, changed, old or foreign code, and many of them are too many', async () => {
    const mallory = await world.guest('Mallory')
    const good = await codeOf()
    const foreign = await makeClaimCode('a secret of somebody else, 32 long', Date.now())
    // A code begins by chance, with a B as well.
    const changed = `${good.startsWith('B') ? 'C' : 'B'}${good.slice(1)}`
    for (const code of [await codeOf(Date.now() - CLAIM_MS), foreign, good.slice(1), `${good}A`, changed, 'x', '%00', '..%2f', 'A'.repeat(72)]) {
      expect([code, [403, 429].includes((await get(mallory, `/claim/${code}`)).status)]).toEqual([code, true])
    }
    const statuses = await Promise.all(Array.from({ length: 30 }, (_, at) => get(mallory, `/claim/guess-${at}`)))
    expect(statuses.map(({ status }) => status)).toContain(429)
    expect(statuses.find(({ status }) => status === 429)?.body).toContain('Wait a minute')
    expect((await get(mallory, '/instance')).status).toBe(403)
    // Nobody is locked out by another's guesses.
    const owner = await world.guest('Ola')
    expect((await get(owner, `/claim/${await codeOf(Date.now() + 2_000)}`)).status).toBe(302)
  })

  it('[R74] is taken by one of those who open a link at the same time', async () => {
    const crowd = await Promise.all(Array.from({ length: 8 }, (_, at) => world.guest(`Racer ${at}`)))
    const code = await codeOf(Date.now() + 3_000)
    const answers = await Promise.all(crowd.map((who) => get(who, `/claim/${code}`)))
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1)
    const pages = await Promise.all(crowd.map((who) => get(who, '/instance')))
    expect(pages.map(({ status }) => status === 200)).toEqual(answers.map(({ status }) => status === 302))
  })
})

describe('the owner of the instance', () => {
  async function owned(): Promise<Guest> {
    const owner = await world.guest('Olga')
    expect((await get(owner, `/claim/${await codeOf(Date.now() + 60_000 * ++claims)}`)).status).toBe(302)
    return owner
  }
  let claims = 1

  it('[R76] removes an account: signed out everywhere, out of every room however they came there, what they said stays', async () => {
    const owner = await owned()
    const host = await world.guest('Host')
    const [open, secretRoom] = [await world.room(host), await world.room(host, 'private')]
    const victim = await world.guest('Vic')
    const invite = await invitationOf(host, secretRoom)
    expect((await get(victim, `/join/${secretRoom}/${invite}`)).status).toBe(302)
    const [agents, rsc] = [await world.join(DRIVERS.agents, open, victim), await world.join(DRIVERS.rsc, secretRoom, victim)]
    agents.client.post('@Host I was here')
    await agents.settled()
    expect((await post(owner, '/instance/people', { remove: owner.id })).status).toBe(403)
    expect((await post(owner, '/instance/people', { remove: 'nobody-of-this-id' })).status).toBe(400)
    expect((await post(owner, '/instance/people', { remove: victim.id })).status).toBe(200)
    for (const participant of [agents, rsc]) await participant.until('the end', (who) => who.client.getState().ended)
    for (const path of [`/rooms/${open}/agents/socket`, `/rooms/${secretRoom}/agents/socket`]) expect((await get(victim, path)).status).toBe(401)
    expect((await get(host, `/rooms/${secretRoom}/members`)).body).not.toContain('Vic')
    const again = await world.guest('Vic')
    expect(again.id).not.toBe(victim.id)
    expect((await get(again, `/join/${secretRoom}/${invite}`)).status).toBe(403)
    const watcher = await world.join(DRIVERS.tinybase, open, host)
    await watcher.sees('I was here')
    expect(watcher.messages().at(-1)?.metadata.author.name).toBe('Vic')
    const page = await get(owner, '/instance')
    expect(page.body).not.toContain(victim.id)
    expect(page.body).toContain(host.id)
  })

  it('[R77] deletes a room and has it back; its own owner may too, nobody else, and never the lobby', async () => {
    const owner = await owned()
    const host = await world.guest('Host')
    const room = await world.room(host)
    const member = await world.join(DRIVERS.agents, room, 'Mia')
    member.client.post('@Host kept')
    await member.settled()
    expect((await post(member.guest, `/rooms/${room}/delete`, {})).status).toBe(403)
    expect((await post(owner, '/instance/rooms', { delete: LOBBY })).status).toBe(403)
    expect((await post(owner, `/rooms/lobby/delete`, {})).status).toBe(403)
    expect((await post(owner, '/instance/rooms', { delete: room })).status).toBe(200)
    await member.until('the end', (who) => who.client.getState().ended)
    for (const path of ['', '/agents', '/compare', '/members', '/agents/socket'])
      expect([path, (await get(member.guest, `/rooms/${room}${path}`)).status]).toEqual([path, 404])
    expect((await get(member.guest, '/rooms/lobby/agents')).body).not.toContain(`/rooms/${room}`)
    expect((await post(member.guest, `/rooms/${room}/restore`, {})).status).toBe(403)
    expect((await get(host, `/rooms/${room}`)).body).toContain('Restore room')
    expect((await get(member.guest, `/rooms/${room}`)).body).not.toContain('Restore room')
    expect((await post(host, `/rooms/${room}/restore`, {})).status).toBe(200)
    const back = await world.join(DRIVERS.rsc, room, member.guest)
    await back.sees('kept')
    expect((await post(host, `/rooms/${room}/delete`, {})).status).toBe(200)
    expect((await post(owner, '/instance/rooms', { restore: room })).status).toBe(200)
    expect((await get(host, `/rooms/${room}/agents`)).status).toBe(200)
  })

  async function invitationOf(host: Guest, room: RoomId): Promise<string> {
    const { body } = await get(host, `/rooms/${room}/agents`)
    return new RegExp(`/join/${room}/([\\w-]+)`).exec(body)?.[1] ?? ''
  }
})
