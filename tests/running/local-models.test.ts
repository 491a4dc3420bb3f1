// A Parley that was told of no model looks for one on its machine, uses what it finds, and says so.
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findLocalModels, placesFor } from '../../scripts/local-models.mjs'
import { textOf } from '../../src/conversation/message'
import { DRIVERS } from '../lane-contract/drivers'
import { Participant } from '../lane-contract/participant'
import { type FakeModel, startFakeModel } from '../support/fake-model/server'
import { signInAsGuest } from '../support/guest'
import { makeRoom } from '../support/room'
import { startServer, type TestServer } from '../support/server'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server on this machine; answers its address as a place to look at. */
async function place(name: string, listener: RequestListener): Promise<{ readonly name: string; readonly url: string }> {
  const server = createServer(listener)
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { name, url: `http://127.0.0.1:${address.port}/v1` }
}

function listing(...ids: readonly unknown[]): RequestListener {
  return (_request, response) => response.end(JSON.stringify({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) }))
}

describe('[R96] looking for models', () => {
  it('knows those that can talk, of each server', async () => {
    const places = [
      await place('one', listing('nomic-embed-text', 'bge-reranker', 'whisper-large', 'llama3.2:3b', 'qwen3')),
      await place('two', listing('text-embedding-nomic', 'openai/gpt-oss-20b')),
    ]
    expect(await findLocalModels(places)).toEqual([
      { ...places[0], models: ['llama3.2:3b', 'qwen3'] },
      { ...places[1], models: ['openai/gpt-oss-20b'] },
    ])
  })

  it('keeps no more than a form has room for, each once', async () => {
    const [found] = await findLocalModels([await place('many', listing('twice', 'twice', ...Array.from({ length: 500 }, (_, at) => `m${at}`)))])
    expect(found?.models).toHaveLength(20)
    expect(found?.models.slice(0, 2)).toEqual(['twice', 'm0'])
  })

  it.each<readonly [string, RequestListener]>([
    ['a web page', (_request, response) => response.end('<!doctype html><title>Jenkins</title>')],
    ['a 404', (_request, response) => response.writeHead(404).end('{}')],
    ['JSON of something else', (_request, response) => response.end('{"data":{"id":"x"}}')],
    ['null', (_request, response) => response.end('null')],
    ['an empty list', listing()],
    ['models that cannot talk', listing('mxbai-embed-large', 'whisper-1')],
    ['ids that are none', listing(7, '', 'x'.repeat(300), 'a\nb', '$(reboot)')],
    ['a way to elsewhere', (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/v1/models' }).end()],
    ['no answer', () => {}],
    ['an answer without end', (_request, response) => void setInterval(() => response.write(' '.repeat(100_000)), 1).unref()],
    ['a connection that breaks', (request) => request.socket.destroy()],
  ])('finds nothing in %s', async (_what, listener) => {
    expect(await findLocalModels([await place('one', listener)])).toEqual([])
  })

  it('looks at the usual ports of Ollama, LM Studio and llama.cpp, or where LOCAL_MODELS says', () => {
    expect(placesFor('').map(({ url }) => url)).toEqual(['http://127.0.0.1:11434/v1', 'http://127.0.0.1:1234/v1', 'http://127.0.0.1:8080/v1'])
    expect(placesFor(' http://box:9/v1/  http://127.0.0.1:7/v1')).toEqual([
      { name: 'box:9', url: 'http://box:9/v1' },
      { name: '127.0.0.1:7', url: 'http://127.0.0.1:7/v1' },
    ])
  })
})

describe('npm start', () => {
  let model: FakeModel
  let server: TestServer
  beforeAll(async () => {
    model = await startFakeModel()
    server = await startServer({ env: { MODEL: '', LOCAL_MODELS: `http://127.0.0.1:9/v1 ${model.url}` } })
  })
  afterAll(async () => {
    await server.stop()
    await model.close()
  })

  async function answerTo(prompt: string): Promise<string> {
    const ann = await signInAsGuest(server.url, 'Ann')
    const who = await new Participant(DRIVERS.agents, ann, await makeRoom(ann)).connected()
    who.client.post(prompt)
    await who.until('an answer', () => who.messages().some(({ role, metadata }) => role === 'assistant' && metadata.status === 'complete'))
    who.close()
    const reply = who.messages().find(({ role }) => role === 'assistant')
    return reply ? textOf(reply) : ''
  }

  it('[R96] without a model uses what it finds on this machine, and says so', async () => {
    expect(server.output).toMatch(/Model: fake at 127\.0\.0\.1:\d+ \(http:\/\/127\.0\.0\.1:\d+\/v1\), found on this machine\. MODEL=guide does without/)
    expect(await answerTo('hello')).toContain('This is the fake model')
  })

  it('[R96] with MODEL=guide, or a model of its own, looks for none', async () => {
    await server.restart({ MODEL: 'guide' })
    expect(server.output).toContain('Model: the built-in guide')
    expect(await answerTo('hello')).not.toContain('fake model')
    await server.restart({ MODEL: '', OPENAI_API_KEY: 'sk-none' })
    expect(server.output).toContain('Model: openai:gpt-5-mini')
    await server.restart({ MODEL: 'openai-chat:x', OPENAI_BASE_URL: 'http://localhost:1/v1' })
    expect(server.output).toContain('Model: openai-chat:x at http://localhost:1/v1')
  })
})
