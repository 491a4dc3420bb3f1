// The models of the instance, as somebody would take them who has no right to; and addresses by which a server is made to ask elsewhere.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from '../lane-contract/world'
import { ownerOf } from '../support/claimed'
import type { Guest } from '../support/guest'

let world: World
let owner: Guest
let mallory: Guest
/** Counts whoever comes, and sends them on. */
let trap: Server
let visits = 0
let trapUrl: string

beforeAll(async () => {
  world = await World.begin({ MODEL: '', OPENAI_BASE_URL: '', LOCAL_MODELS: 'http://127.0.0.1:9/v1' })
  owner = await ownerOf(world)
  mallory = await world.guest('Mallory')
  trap = createServer((request, response) => {
    if (request.url?.includes('/inside')) visits += 1
    request.resume()
    response.writeHead(307, { location: `${trapUrl}/inside` }).end()
  })
  await once(trap.listen(0, '127.0.0.1'), 'listening')
  const address = trap.address()
  trapUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(async () => {
  trap.closeAllConnections()
  trap.close()
  await world.end()
})

const submit = (who: Guest, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  who.fetch(`${world.server.url}/instance/models`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'application/json', ...headers },
    body: new URLSearchParams(fields),
  })
const fields = (address: string, model = 'm') => ({ intent: 'connect', provider: 'compatible', model, key: 'zq-0123456789', address, account: '' })
const shown = async () => (await owner.fetch(`${world.server.url}/instance`, { headers: { accept: 'text/html' } })).text()
const defaultModel = async () => /data-model="([^"]+)"(?:(?!data-model).)*>Default</s.exec(await shown())?.[1]

describe('[R160] the models of an instance', () => {
  it('are its owner’s alone: nobody else connects, tests, chooses or removes one, or sees which there are', async () => {
    expect((await submit(owner, fields(world.model.url, 'honest'))).status).toBe(200)
    const id = /data-model="(openai:honest@[^"]+)"/.exec(await shown())?.[1] ?? ''
    expect(id).not.toBe('')
    const asked = world.model.requests.length
    for (const intent of ['connect', 'test', 'default', 'no-default', 'remove']) {
      const refused = await submit(mallory, { ...fields(world.model.url, 'evil'), intent, id })
      expect([intent, refused.status, (await refused.json<{ refusal: { code: string } }>()).refusal.code]).toEqual([intent, 403, 'not_owner'])
      const nobody = await fetch(`${world.server.url}/instance/models`, {
        method: 'POST',
        headers: { accept: 'application/json', origin: world.server.url },
        body: new URLSearchParams({ ...fields(world.model.url, 'evil'), intent, id }),
      })
      expect([intent, nobody.status]).toEqual([intent, 401])
    }
    expect((await mallory.fetch(`${world.server.url}/instance`)).status).toBe(403)
    expect(world.model.requests.length).toBe(asked)
    const after = await shown()
    expect(after).toContain(`data-model="${id}"`)
    expect(after).not.toContain('evil')
    expect(await defaultModel()).toBe('guide')
  })

  it('are not changed from another site, in the owner’s own browser', async () => {
    for (const origin of ['https://evil.example', 'null', world.server.url.replace('http:', 'https:'), 'http://localhost:1'])
      expect([origin, (await submit(owner, fields(world.model.url, 'forged'), { origin })).status]).toEqual([origin, 403])
    expect(await shown()).not.toContain('forged')
  })

  it('[R161] are at no address but an allowed one, by the owner’s own hand, and nothing is asked or stored', async () => {
    for (const address of [
      'http://169.254.169.254/latest/meta-data',
      'https://169.254.169.254/v1',
      'http://10.0.0.1/v1',
      'https://[::ffff:127.0.0.1]/v1',
      'https://[::ffff:7f00:1]:8080/v1',
      'http://0.0.0.0:8080/v1',
      'https://metadata.google.internal/v1',
      `${trapUrl.replace('http://', 'http://ann:pw@')}/v1`,
      `${trapUrl}/v1?x=`,
      `${trapUrl}/v1#x`,
      'http://127.0.0.1:22/v1',
      'file:///etc/passwd',
      'gopher://127.0.0.1:6379/_x',
      '',
    ]) {
      const refused = await submit(owner, fields(address, 'inside'))
      expect([address, refused.status]).toEqual([address, 400])
    }
    expect(await shown()).not.toContain('openai:inside')
    expect(visits).toBe(0)
  })

  it('[R161] lead nowhere else: a server that sends on is not followed, and the page says so without its words', async () => {
    expect((await submit(owner, fields(`${trapUrl}/v1`, 'trap'))).status).toBe(200)
    const id = /data-model="(openai:trap@[^"]+)"/.exec(await shown())?.[1] ?? ''
    expect((await submit(owner, { intent: 'test', id })).status).toBe(200)
    expect(visits).toBe(0)
    expect(await shown()).toContain('It failed: ')
    expect(await shown()).not.toContain('/inside')
  })

  it('are bounded in number, and so are tests', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 32; at += 1) statuses.push((await submit(owner, fields(world.model.url, `many-${at}`))).status)
    expect(new Set(statuses)).toEqual(new Set([200, 409]))
    expect((await shown()).match(/data-model="openai:/g)).toHaveLength(30)
    const id = /data-model="(openai:many-1@[^"]+)"/.exec(await shown())?.[1] ?? ''
    const tested: number[] = []
    for (let at = 0; at < 14; at += 1) tested.push((await submit(owner, { intent: 'test', id })).status)
    expect(tested).toContain(429)
  })

  it.each([
    ['a field of a megabyte', { ...fields('https://models.example/v1'), key: 'x'.repeat(1_000_000) }],
    ['an intent that there is not', { ...fields('https://models.example/v1'), intent: 'steal' }],
    ['an id that is none', { intent: 'default', id: "x' OR 1=1 --" }],
  ])('[R16] refuse %s', async (_what, sent) => {
    const refused = await submit(owner, sent)
    expect([400, 404, 413]).toContain(refused.status)
    expect(await defaultModel()).toBe('guide')
  })
})
