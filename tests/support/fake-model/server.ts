// A language model on real HTTP, in OpenAI's chat-completions format, that says what a test asks it to say (see script.ts).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { waitFor } from '../wait-for.ts'
import { isHostile, sendHostile } from './hostile.ts'
import { type ChatRequest, type Script, scriptFor } from './script.ts'

export interface ReceivedRequest extends ChatRequest {
  /** The prompt as its author wrote it. */
  readonly asked: string
  readonly authorization: string | null
  /** Signs of life that said nothing. */
  signs: number
  /** Whether the client hung up before the answer was complete. */
  abandoned: boolean
}

export interface FakeModel {
  /** Ends in /v1: what OPENAI_BASE_URL takes. */
  readonly url: string
  /** Every request for an answer, oldest first. */
  readonly requests: readonly ReceivedRequest[]
  /** Lets every answer that is held go on. */
  release(): void
  /** Resolves when so many answers are held; rejects when they do not come. */
  held(count?: number): Promise<void>
  close(): Promise<void>
}

/** OpenAI's path, and Workers AI's. */
const COMPLETIONS = /^(?:\/accounts\/\w+\/ai)?\/v1\/chat\/completions$/

export async function startFakeModel({ port = 0, host = '127.0.0.1' }: { readonly port?: number; readonly host?: string } = {}): Promise<FakeModel> {
  const requests: ReceivedRequest[] = []
  const holds = new Holds()
  const asks = new Map<string, number>()

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      if (!response.destroyed) response.destroy()
      if (!isHangUp(error)) console.error('fake model', error)
    })
  })

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://fake').pathname
    if (request.method === 'GET' && path === '/v1/models') return json(response, 200, { object: 'list', data: [{ id: 'fake', object: 'model' }] })
    if (request.method === 'GET' && path === '/requests') return json(response, 200, requests)
    if (request.method === 'POST' && path === '/release') {
      holds.release()
      return json(response, 200, {})
    }
    if (request.method !== 'POST' || !COMPLETIONS.test(path)) return json(response, 404, { error: { message: 'no such path' } })
    const body: ChatRequest = JSON.parse(await text(request))
    const script = scriptFor(body)
    const received: ReceivedRequest = { ...body, asked: script.asked, authorization: request.headers.authorization ?? null, signs: 0, abandoned: false }
    response.on('close', () => (received.abandoned = !response.writableFinished))
    requests.push(received)
    const times = (asks.get(script.asked) ?? 0) + 1
    asks.set(script.asked, times)
    const fault = times <= script.times ? script.fault : null
    await (body.stream ? stream(response, received, script, fault) : whole(response, body.model, script, fault))
  }

  async function stream(response: ServerResponse, received: ReceivedRequest, script: Script, fault: string | null): Promise<void> {
    const { model } = received
    if (fault === 'whole') return whole(response, model, script, fault)
    if (fault === 'no-tools' && received.tools) return json(response, 400, { error: { message: 'registry/fake does not support tools', type: 'api_error' } })
    if (await failed(response, script, fault)) return
    if (isHostile(fault)) return sendHostile(response, fault)
    if (script.hold && script.signs === 'none') await holds.wait(response)
    const send = async (choice: object) => {
      const line = `data: ${JSON.stringify({ id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 0, model, choices: [{ index: 0, ...choice }] })}\n\n`
      if (!response.write(line)) await once(response, 'drain')
    }
    response.writeHead(200, fault === 'untyped' ? {} : { 'content-type': 'text/event-stream' })
    if (fault === 'nonsense') return void response.end('data: what\n\ndata: ever\n\ndata: [DONE]\n\n')
    await send({ delta: { role: 'assistant', content: '' }, finish_reason: null })
    for (const word of script.reasoning) await send({ delta: { reasoning_content: word }, finish_reason: null })
    if (script.calls.length > 0) {
      if (script.delay > 0) await delay(script.delay)
      if (script.before !== '') await send({ delta: { content: script.before }, finish_reason: null })
      for (const [index, { tool, input }] of script.calls.entries()) {
        const id = script.sameIds ? 'call' : `call_${requests.length}_${index}`
        await send({ delta: { tool_calls: [{ index, id, type: 'function', function: { name: tool, arguments: '' } }] }, finish_reason: null })
        for (const piece of input.match(/[^]{1,60000}/g) ?? [])
          await send({ delta: { tool_calls: [{ index, function: { arguments: piece } }] }, finish_reason: null })
      }
      await send({ delta: {}, finish_reason: 'tool_calls' })
      response.end('data: [DONE]\n\n')
      return
    }
    for (const [at, word] of script.words.entries()) {
      if (response.destroyed) return
      if (at === script.after) {
        if (script.hold && script.signs !== 'none') {
          const signs = setInterval(() => {
            received.signs += 1
            if (script.signs === 'comments') response.write(': still at it\n\n')
            else if (script.signs === 'empty') void send({ delta: { content: '' }, finish_reason: null })
          }, 100)
          await holds.wait(response)
          clearInterval(signs)
        }
        if (fault === 'cut') return cut(response)
        if (fault === 'silence') return
        if (fault === 'unfinished') return void response.end()
        if (fault === 'malformed') response.write('data: {"choices": [{"del\n\n')
        if (fault === 'shape') response.write('data: {"choices": "none"}\n\n')
        if (fault === 'error')
          response.write(`data: ${JSON.stringify({ error: { message: 'Overloaded, key sk-secret', type: 'server_error', code: 503 } })}\n\n`)
      }
      if (fault === 'empty' || (fault === 'length' && at === script.after)) break
      await send({ delta: fault === 'refusal' ? { refusal: word } : { content: word }, finish_reason: null })
      if (script.delay > 0) await delay(script.delay)
    }
    await send({ delta: {}, finish_reason: fault === 'length' ? 'length' : fault === 'filter' ? 'content_filter' : 'stop' })
    response.end('data: [DONE]\n\n')
  }

  // A connection that is closed for having been idle, just as it is used again, fails an answer that nothing is wrong with:
  // on a busy machine, where five seconds pass between two answers and the close is heard late, that does happen.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the fake model has no port')
  return {
    url: `http://${host}:${address.port}/v1`,
    requests,
    release: () => holds.release(),
    held: (count = 1) => holds.reach(count),
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** The faults that come before any answer. True when there is nothing more to say. */
async function failed(response: ServerResponse, script: Script, fault: string | null): Promise<boolean> {
  const status = Number(fault)
  if (status >= 400) {
    json(response, status, { error: { message: 'Asked to fail; the key was sk-secret.', type: 'fake', code: 'fake' } }, script.retryAfter)
    return true
  }
  if (fault === 'unknown') {
    json(response, 404, { error: { message: 'model "fake" not found, try pulling it first', type: 'api_error' } })
    return true
  }
  if (fault === 'moderated') {
    json(response, 403, { error: { code: 403, message: 'Your input was flagged.', metadata: { reasons: ['violence'], flagged_input: script.asked } } })
    return true
  }
  if (fault === 'said') {
    json(response, 200, { error: { code: 429, message: 'Too many requests; the key was sk-secret.' } }, script.retryAfter)
    return true
  }
  if (fault === 'hangup') response.destroy()
  if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Not here</title>')
  return fault === 'hangup' || fault === 'html' || (fault === 'silence' && script.after === 0)
}

/** A destroyed socket takes unsent and unread words with it: give those before the cut time to arrive. */
async function cut(response: ServerResponse): Promise<void> {
  await delay(20)
  response.destroy()
}

async function whole(response: ServerResponse, model: string, script: Script, fault: string | null): Promise<void> {
  if (await failed(response, script, fault)) return
  const message = { role: 'assistant', content: fault === 'empty' ? '' : script.words.join('') }
  const completion = { id: 'chatcmpl-fake', object: 'chat.completion', created: 0, model, choices: [{ index: 0, message, finish_reason: 'stop' }] }
  if (script.type === 'json') return json(response, 200, completion)
  response.writeHead(200, script.type === 'no-type' ? {} : { 'content-type': script.type }).end(JSON.stringify(completion))
}

function json(response: ServerResponse, status: number, body: unknown, retryAfter: string | null = null): void {
  response.writeHead(status, { 'content-type': 'application/json', ...(retryAfter === null ? {} : { 'retry-after': retryAfter }) }).end(JSON.stringify(body))
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'].includes(String(error.code))
}

/** The answers that wait for release(). */
class Holds {
  private readonly waiting = new Set<() => void>()

  async wait(response: ServerResponse): Promise<void> {
    await new Promise<void>((resolve) => {
      this.waiting.add(resolve)
      response.once('close', () => {
        this.waiting.delete(resolve)
        resolve()
      })
    })
  }

  reach(count: number): Promise<void> {
    return waitFor(`${count} held answers`, () => this.waiting.size >= count)
  }

  release(): void {
    for (const resolve of this.waiting) resolve()
    this.waiting.clear()
  }
}
