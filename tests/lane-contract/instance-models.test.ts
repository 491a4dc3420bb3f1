// The models of an instance, connected over HTTP as a browser without scripts does it, and asked over real HTTP.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { ownerOf } from '../support/claimed'
import type { Guest } from '../support/guest'
import { DRIVERS } from './drivers'
import { World } from './world'

const KEY = 'zq-3f9a77c1d0e84b52b6aa'

let world: World
let owner: Guest
let ann: Guest
let room: RoomId
let id: string

beforeAll(async () => {
  // Nothing set, and nothing found.
  world = await World.begin({ MODEL: '', OPENAI_BASE_URL: '', LOCAL_MODELS: 'http://127.0.0.1:9/v1' })
  owner = await ownerOf(world)
  ann = await world.guest('Ann')
  room = await world.room(ann)
})
afterAll(() => world.end())

const to = (path: string) => new URL(path, world.server.url)
const html = { accept: 'text/html' }
const page = async (who: Guest, path: string) => (await who.fetch(to(path), { headers: html })).text().then((text) => text.replaceAll('<!-- -->', ''))
const submit = (who: Guest, fields: Readonly<Record<string, string>>, path = '/instance/models') =>
  who.fetch(to(path), { method: 'POST', redirect: 'manual', headers: html, body: new URLSearchParams(fields) })
const connect = (fields: Readonly<Record<string, string>> = {}) =>
  submit(owner, { intent: 'connect', provider: 'compatible', model: 'fake-one', key: KEY, address: world.model.url, account: '', ...fields })
const withModel = (model: string) =>
  submit(
    ann,
    { intent: 'save', agent: 'parley', handle: 'parley', name: 'Parley', instruction: 'Be kind.', mode: 'always', atOnce: '8', model },
    `/rooms/${room}/agents-settings`,
  )

/** What Parley says to this, and how it ended. */
async function answerTo(text: string): Promise<{ readonly status: string; readonly text: string; readonly failure: string }> {
  const who = await world.join(DRIVERS.agents, room, ann)
  who.client.post(text)
  // Each is asked once.
  const asked = () => who.messages().find((message) => message.role === 'user' && textOf(message) === text)?.id
  const reply = () => who.messages().find(({ role, metadata }) => role === 'assistant' && metadata.replyTo === asked())
  await who.until('an answer', () => ['complete', 'failed'].includes(reply()?.metadata.status ?? ''))
  const said = reply()
  who.close()
  if (!said) throw new Error('no reply')
  return { status: said.metadata.status, text: textOf(said), failure: said.metadata.failure?.text ?? '' }
}

describe('[R160] a model that the owner connects', () => {
  it('is refused field by field, with what was typed but for the key, and nothing stored', async () => {
    const refused = await connect({ model: 'two words', address: 'http://192.168.1.10:11434/v1' })
    expect(refused.status).toBe(400)
    const again = await refused.text()
    expect(again).toContain('id="model-name-error"')
    expect(again).toContain('id="model-address-error"')
    expect(again).toContain('value="two words"')
    expect(again).toContain('value="http://192.168.1.10:11434/v1"')
    expect(again).not.toContain(KEY)
    expect(await page(owner, '/instance')).not.toContain('data-model="openai:')
  })

  it('stands on the page without its key, and is the default once it is chosen', async () => {
    expect((await connect()).status).toBe(303)
    const shown = await page(owner, '/instance')
    id = /data-model="(openai:fake-one@[0-9a-f]{8})"/.exec(shown)?.[1] ?? ''
    expect(id).not.toBe('')
    expect(shown).toContain('connected here, with a key')
    expect(await answerTo('@Parley what time is it?')).toMatchObject({ status: 'complete', text: expect.stringContaining('in UTC') })
    expect((await submit(owner, { intent: 'default', id })).status).toBe(303)
    expect(await answerTo('@Parley hello')).toMatchObject({ status: 'complete', text: expect.stringContaining('This is the fake model') })
    expect(world.model.requests.at(-1)).toMatchObject({ model: 'fake-one', authorization: `Bearer ${KEY}` })
    expect((await connect()).status).toBe(409)
  })

  it('is tested by one small call, and the page says what came', async () => {
    const before = world.model.requests.length
    expect((await submit(owner, { intent: 'test', id })).status).toBe(303)
    expect(world.model.requests.length).toBe(before + 1)
    expect(await page(owner, '/instance')).toMatch(/It answered after \d+\.\d s: “[^”]+”/)
  })

  it('[R163] can be an agent’s own, whose form offers it after the default', async () => {
    const form = await page(ann, `/rooms/${room}/agents-settings?agent=parley`)
    const [, select = ''] = /<select id="model"[^>]*>(.*?)<\/select>/s.exec(form) ?? []
    expect([...select.matchAll(/value="([^"]+)"/g)].map(([, value]) => value)).toEqual(['default', id, 'guide'])
    expect((await withModel('guide')).status).toBe(303)
    expect((await answerTo('@Parley who are you?')).text).toContain('not a language model')
    expect((await withModel(id)).status).toBe(303)
    await submit(owner, { intent: 'no-default', id })
    expect((await answerTo('@Parley hello again')).text).toContain('This is the fake model')
    const refused = await withModel('openai:made-up')
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('id="model-error"')
  })

  it('[R177] shows its address to the instance’s owner alone, on no page, in no record and no frame of anybody else', async () => {
    expect((await connect({ model: 'fake-named', label: 'Ollama at work' })).status).toBe(303)
    const owned = await page(owner, '/instance')
    const address = new URL(world.model.url).host
    expect([owned.includes(address), owned.includes('fake-named (Ollama at work)'), owned.includes(`fake-one (server ${id.slice(-8)})`)]).toEqual([
      true,
      true,
      true,
    ])
    const named = /data-model="(openai:fake-named@[0-9a-f]{8})"/.exec(owned)?.[1] ?? ''
    expect((await withModel(named)).status).toBe(303)
    expect((await answerTo('@Parley where are you?')).status).toBe('complete')
    const bo = await world.guest('Bo')
    const seen: string[] = []
    for (const lane of LANES) {
      const who = await world.join(DRIVERS[lane], room, bo)
      seen.push(JSON.stringify([who.messages(), who.client.getState()]))
      who.close()
    }
    const pages = ['agents-settings', 'costs', 'records', 'rsc', 'agents', 'tinybase', 'compare'].map((path) => `/rooms/${room}/${path}`)
    for (const path of pages) seen.push(await page(bo, path))
    seen.push(await page(ann, `/rooms/${room}/agents-settings?agent=parley`))
    expect(seen.at(-1)).toContain('fake-named (Ollama at work)')
    expect(seen[LANES.length]).toContain('fake-named (Ollama at work)')
    expect(seen.filter((one) => one.includes(address))).toEqual([])
    expect((await withModel(id)).status).toBe(303)
    expect((await submit(owner, { intent: 'remove', id: named })).status).toBe(303)
  })

  it('[R94] at a wrong address fails in the room without naming a variable, which nobody has set', async () => {
    expect((await connect({ model: 'fake-astray', address: world.model.url.replace('/v1', '') })).status).toBe(303)
    const astray = /data-model="(openai:fake-astray@[0-9a-f]{8})"/.exec(await page(owner, '/instance'))?.[1] ?? ''
    expect((await withModel(astray)).status).toBe(303)
    expect(await answerTo('@Parley where do I ask?')).toMatchObject({
      status: 'failed',
      failure: 'There is no language model at the address that this server asks. Should the address with which it was connected end in /v1?',
    })
    expect((await withModel(id)).status).toBe(303)
    expect((await submit(owner, { intent: 'remove', id: astray })).status).toBe(303)
  })

  it('[R163] is asked in every lane alike', async () => {
    for (const lane of LANES) {
      const who = await world.join(DRIVERS[lane], room, ann)
      who.client.post(`@Parley lane ${lane}`)
      await who.until('an answer', () =>
        who.messages().some((message) => message.role === 'assistant' && textOf(message).includes(`lane ${lane}`) && message.metadata.status === 'complete'),
      )
      who.close()
    }
  })

  it('[R163] that has gone is missed by name, and nothing answers in its place', async () => {
    expect((await submit(owner, { intent: 'remove', id })).status).toBe(303)
    const asked = world.model.requests.length
    const said = await answerTo('@Parley are you there?')
    expect(said).toMatchObject({ status: 'failed', text: '' })
    expect(said.failure).toContain(`The model of Parley, "${id}", is not here any more`)
    expect(world.model.requests.length).toBe(asked)
    const form = await page(ann, `/rooms/${room}/agents-settings?agent=parley`)
    expect(form).toContain('(not here any more)')
    // Everything else of it can be changed all the same.
    expect((await withModel(id)).status).toBe(303)
  })

  it('never tells its key: not on a page, in a record, in the log, or in the files', async () => {
    expect((await connect({ model: 'fake-two' })).status).toBe(303)
    for (const path of ['/instance', `/rooms/${room}/agents-settings?agent=parley`, `/rooms/${room}/agents`, `/rooms/${room}/records`])
      expect(await page(path === '/instance' ? owner : ann, path), path).not.toContain(KEY)
    expect(world.server.output).not.toContain(KEY)
    const files = await readdir(world.server.dataDir, { recursive: true, withFileTypes: true })
    let read = 0
    for (const file of files.filter((entry) => entry.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name))
      if (bytes.includes('fake-two')) read += 1
      expect(bytes.includes(KEY), file.name).toBe(false)
    }
    // The files were those in which it is.
    expect(read).toBeGreaterThan(0)
  })

  it('[R160] cannot be read under another secret, and says so', async () => {
    const two = id.replace('fake-one', 'fake-two')
    await world.server.restart({ BETTER_AUTH_SECRET: 'another secret of 32 characters or more' })
    const other = await world.guest('Eve')
    const theirs = await world.room(other)
    const saved = await submit(
      other,
      { intent: 'save', agent: 'parley', handle: 'parley', name: 'Parley', instruction: 'Be kind.', mode: 'always', atOnce: '8', model: two },
      `/rooms/${theirs}/agents-settings`,
    )
    expect(saved.status).toBe(303)
    const who = await world.join(DRIVERS.agents, theirs, other)
    who.client.post('@Parley hello')
    await who.until('a failure', () => who.messages().some(({ metadata }) => metadata.failure?.text.includes('cannot be read any more')))
    await world.server.restart()
  })
})

describe('[R163] the environment', () => {
  it('wins over what was chosen, and says so', async () => {
    const two = id.replace('fake-one', 'fake-two')
    await submit(owner, { intent: 'default', id: two })
    await world.server.restart({ MODEL: 'openai:of-the-environment', OPENAI_BASE_URL: world.model.url })
    expect(await page(owner, '/instance')).toContain('the environment says which is the default')
    expect((await submit(owner, { intent: 'default', id: two })).status).toBe(400)
    expect((await withModel('default')).status).toBe(303)
    expect((await answerTo('@Parley whose are you?')).status).toBe('complete')
    expect(world.model.requests.at(-1)).toMatchObject({ model: 'of-the-environment', authorization: null })
    expect((await withModel(two)).status).toBe(303)
    expect((await answerTo('@Parley and now?')).status).toBe('complete')
    expect(world.model.requests.at(-1)).toMatchObject({ model: 'fake-two', authorization: `Bearer ${KEY}` })
  })
})
