import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test, vi } from 'vitest'
import { modelFor } from '../choose-model'
import type { RoomReader } from '../room-reader'
import { testCall } from './test-call'

const room: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }
const KEY = 'zq-3f9a77c1d0e84b52b6aa'

/** What a test says of a server that answers like this, and how often it was asked. */
async function testOf(say: (authorization: string) => string | number, key: string | null = KEY): Promise<readonly [said: string, asked: number]> {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    request.resume()
    const said = say(request.headers.authorization ?? '')
    if (typeof said === 'number') return void response.writeHead(said, { location: 'http://127.0.0.1:9/v1' }).end(request.headers.authorization)
    const chunk = (choice: object) => `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, ...choice }] })}\n\n`
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`${chunk({ delta: { role: 'assistant', content: said } })}${chunk({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`
  try {
    const said = await testCall(modelFor({ provider: 'compatible', model: 'm', baseUrl, ...(key === null ? {} : { apiKey: key }) }, room), key, Date.now)
    return [said, asked]
  } finally {
    server.close()
  }
}

test('[R160] a test says what came, on one line and not all of it, after one call', async () => {
  const [said, asked] = await testOf(() => `ready\n\n${'x'.repeat(5_000)}`)
  expect(said).toMatch(/^It answered after \d+\.\d s: “ready x{114}…”$/)
  expect(asked).toBe(1)
  expect((await testOf(() => ''))[0]).toMatch(/It failed|without a word/)
})

test.each([
  ['whole', (key: string) => key],
  ['in the middle', (key: string) => `You sent ${key}, thank you`],
  ['cut off by our bound', (key: string) => `${'x'.repeat(1_985)}${key}`],
  ['twice', (key: string) => `${key}${key}`],
])('[R160] a server that repeats its key, %s, is told of without it', async (_how, say) => {
  const [said] = await testOf(say)
  expect(said).toContain('repeated its key')
  expect(said).not.toContain(KEY.slice(0, 6))
})

test.each([
  [401, /key/],
  [404, /the address/],
  [500, /in trouble/],
  [302, /another address/],
])('[R160] of a refusal with %i it says what it was, and no word of the server', async (status, words) => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const [said] = await testOf(() => status)
  expect(said).toMatch(/^It failed: /)
  expect(said).toMatch(words)
  expect(said).not.toMatch(/_BASE_URL/)
  expect([said, ...warned.mock.calls.flat()].join(' ')).not.toContain(KEY)
  warned.mockRestore()
})
