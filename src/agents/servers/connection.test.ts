import { afterEach, expect, test } from 'vitest'
import { endless, leadingTo } from '../../outside/testing/web'
import { ServerConnection } from './connection'
import { ServerFault } from './server-fault'
import { type GivenTool, toolServer, type ToolServer } from './testing/tool-server'

const ADDRESS = 'https://tools.example.com/mcp'
const ECHO: GivenTool = { name: 'echo', description: 'Says it again.', annotations: { readOnlyHint: true } }
const never = new AbortController().signal

const open: ServerConnection[] = []
afterEach(() => {
  for (const connection of open.splice(0)) connection.close()
})

async function connect(server: ToolServer, { address = ADDRESS, token = null as string | null } = {}): Promise<ServerConnection> {
  const access = {
    token: async () => token,
    refused: async () => Promise.reject(new ServerFault('This server lets in only whoever has signed in there.', 'sign-in')),
    challenged: () => {},
  }
  const connection = await ServerConnection.open({ address, ask: server.ask, loopback: false, ...access })
  open.push(connection)
  return connection
}

/** What a server that behaves like this makes of a connection, in words. */
async function wordsOf(behave: (server: ToolServer) => void): Promise<string> {
  const server = toolServer([ECHO])
  behave(server)
  const connection = await connect(server).catch((fault: unknown) => fault)
  if (!(connection instanceof ServerConnection)) return connection instanceof ServerFault ? `${connection.state}: ${connection.message}` : String(connection)
  const called = await connection
    .list()
    .then(
      async () => connection.call('echo', {}, { signal: never, answers: [] }),
      (fault: unknown) => fault,
    )
    .catch((fault: unknown) => fault)
  return called instanceof ServerFault ? `${called.state}: ${called.message}` : JSON.stringify(called)
}

test('[R224] lists a server’s tools, calls one, and shows it its token and nothing else of ours', async () => {
  const server = toolServer([ECHO])
  const connection = await connect(server, { token: 'secret-of-theirs' })
  expect(await connection.list()).toMatchObject({ tools: [{ name: 'echo', hints: { readOnlyHint: true } }], leftOut: 0 })
  server.answer = (_, input) => ({ content: [{ type: 'text', text: JSON.stringify(input) }] })
  expect(await connection.call('echo', { a: 1 }, { signal: never, answers: [] })).toEqual({ ok: true, output: '{"a":1}' })
  expect(server.calls).toEqual([{ tool: 'echo', input: { a: 1 } }])
  for (const headers of server.headers) {
    expect(headers.get('authorization')).toBe('Bearer secret-of-theirs')
    expect(headers.get('cookie')).toBeNull()
  }
  expect(server.asked).not.toContain('GET')
})

test('[R224] what a tool answers is words, and in the place of anything else what it was', async () => {
  const server = toolServer([ECHO])
  const connection = await connect(server)
  const answers = async (result: unknown) => {
    server.answer = () => result
    return connection.call('echo', {}, { signal: never, answers: [] })
  }
  expect(
    await answers({
      content: [
        { type: 'text', text: 'Hello' },
        { type: 'image', data: 'AAAA', mimeType: 'image/png' },
        { type: 'resource_link', uri: 'https://x.example.com/', name: 'x' },
        { type: 'resource', resource: { uri: 'a://b', text: 'inside' } },
        { type: 'resource', resource: { uri: 'a://c', blob: 'AAAA' } },
      ],
    }),
  ).toEqual({ ok: true, output: 'Hello\n\n[image image/png, 1 kB: not shown]\n\n[x](https://x.example.com/)\n\na://b:\ninside\n\n[a://c: not shown]' })
  expect(await answers({ content: [], structuredContent: { a: 1 } })).toEqual({ ok: true, output: { a: 1 } })
  expect(await answers({ content: [{ type: 'text', text: 'no' }], isError: true })).toEqual({ ok: false, text: 'no' })
  expect(await answers({ content: [], isError: true })).toEqual({ ok: false, text: 'This tool failed and did not say why.' })
  server.instead = (method) => (method === 'tools/call' ? Response.json({ jsonrpc: '2.0', id: 99, error: { code: -1, message: 'x' } }) : null)
  server.instead = () => null
  expect(await answers(null)).toEqual({ ok: false, text: 'The server refuses this call: no such method' })
})

test.each<readonly [string, (server: ToolServer) => void, RegExp]>([
  ['answers 404', (s) => (s.instead = () => new Response('<html>', { status: 404 })), /^failed: This server answers 404/],
  ['answers 500', (s) => (s.instead = () => new Response('x', { status: 500 })), /^failed: This server answers 500/],
  ['wants a sign-in', (s) => (s.instead = () => new Response(null, { status: 401 })), /^sign-in: This server lets in only/],
  ['forbids', (s) => (s.instead = () => new Response(null, { status: 403 })), /^sign-in: This server lets in only/],
  [
    'is a page',
    (s) => (s.instead = () => new Response('<h1>Hi</h1>', { headers: { 'content-type': 'text/html' } })),
    /^failed: This server cannot be reached, or does not speak/,
  ],
  ['is lost', (s) => (s.instead = () => Promise.reject(new Error('internal error'))), /^failed: This server cannot be reached/],
  ['leads to this machine', (s) => (s.instead = leadingTo('http://127.0.0.1:8080/', 307)), /^failed: /],
  ['leads elsewhere', (s) => (s.instead = leadingTo('https://evil.example.org/', 307)), /^failed: /],
  ['leads to itself for ever', (s) => (s.instead = leadingTo(ADDRESS, 307)), /^failed: /],
])('[R225] a server that %s is a sentence, and nothing else is asked', async (_, behave, words) => {
  const asked: string[] = []
  const said = await wordsOf((server) => {
    behave(server)
    const { instead } = server
    server.instead = (method, url, init) => {
      asked.push(url.href)
      return instead(method, url, init)
    }
  })
  expect(said).toMatch(words)
  expect(new Set(asked)).toEqual(new Set([ADDRESS]))
  expect(asked.length).toBeLessThan(15)
})

const events = (body: BodyInit) => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
const json = (body: BodyInit) => new Response(body, { headers: { 'content-type': 'application/json' } })

test.each<readonly [string, (body: ReadableStream<Uint8Array>) => Response, string]>([
  ['an endless line of an event', events, `data: ${'x'.repeat(10_000)}`],
  ['endless events', events, `data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"${'x'.repeat(10_000)}"}}\n\n`],
  ['endless comments', events, `: ${'x'.repeat(10_000)}\n`],
  ['100 MB of JSON', json, '[[[[[[[[[['.repeat(1_000)],
])('[R225] %s is hung up on after 1 MB, wherever it comes', async (_, response, piece) => {
  for (const where of ['initialize', 'tools/list', 'tools/call']) {
    const flood = endless(piece)
    const said = await wordsOf((server) => (server.instead = (method) => (method === where ? response(flood.body) : null)))
    expect([where, said]).toEqual([where, 'failed: This server says more than 1 MB, or thousands of things at once, and was hung up on.'])
    expect(flood.state.sent).toBeLessThan(1.3 * 1024 * 1024)
    await expect.poll(() => flood.state.isHungUp).toBe(true)
  }
})

test('[R225] a call that is stopped ends at once, and its server is told', async () => {
  const server = toolServer([ECHO])
  const connection = await connect(server)
  let wasStopped = false
  server.answer = (_, _input, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve((wasStopped = true))))
  const stop = new AbortController()
  const called = connection.call('echo', {}, { signal: stop.signal, answers: [] })
  await expect.poll(() => server.calls.length).toBe(1)
  stop.abort()
  await expect(called).rejects.toThrow()
  await expect.poll(() => wasStopped || server.asked.includes('notifications/cancelled')).toBe(true)
})

const SLOW = { ...ECHO, outputSchema: { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } } }

test('[R225] a schema that takes for ever to look at is not looked at', async () => {
  const server = toolServer([SLOW])
  const connection = await connect(server)
  await connection.list()
  server.answer = () => ({ content: [], structuredContent: { a: `${'a'.repeat(50_000)}!` } })
  expect(await connection.call('echo', {}, { signal: never, answers: [] })).toMatchObject({ ok: true })
})

test.each<readonly [string, string]>([
  ['a list', '{},'.repeat(300_000)],
  ['numbers', '1,'.repeat(500_000)],
  ['lines, after a quotation mark that never ends', `: "\ndata: ${'{},'.repeat(300_000)}`],
])('[R225] hundreds of thousands of values in %s are hung up on before anything is made of them', async (_, values) => {
  const said = await wordsOf((server) => (server.answer = () => events(`data: {"jsonrpc":"2.0","id":1,"result":{"content":[${values}{}]}}\n\n`)))
  expect(said).toMatch(/^failed: This server says more than 1 MB, or thousands/)
})

test('[R225] a long text is no many values, whatever it says', async () => {
  const text = `{"a":[1,2],"b":"${'x, {y}, [z], \\" '.repeat(20_000)}`
  const said = await wordsOf((server) => (server.answer = () => ({ content: [{ type: 'text', text }] })))
  expect(said).toBe(JSON.stringify({ ok: true, output: text }))
})
