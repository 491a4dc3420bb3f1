import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readLimited } from './read-limited'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function post(body: string | ReadableStream<Uint8Array>): Request {
  // Node wants to know that the answer does not come before the body is whole.
  const init: RequestInit & { readonly duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
  return new Request('http://parley.example/', init)
}

const piece = (text: string) => new TextEncoder().encode(text)

test.each([
  ['whole', 'abc', 3],
  ['of characters of four bytes', '😀😀', 4],
  ['of nothing', '', 0],
])('[R16] a body %s is read', async (_, text, limit) => {
  expect(await readLimited(post(text), limit)).toEqual({ ok: true, value: text })
})

test('[R16] a longer one is not', async () => {
  expect(await readLimited(post('abcd'), 3)).toMatchObject({ refusal: { code: 'too_long' } })
})

test('[R16] a body that breaks off is malformed', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: (stream) => stream.error(new Error('gone')) })
  expect(await readLimited(post(broken), 10)).toMatchObject({ refusal: { code: 'malformed' } })
})

test('[R16] a body has thirty seconds, however often something of it comes', async () => {
  let cancelled = false
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined
  const slow = new ReadableStream<Uint8Array>({
    start: (controller) => void (stream = controller),
    cancel: () => void (cancelled = true),
  })
  let answer: unknown = null
  const reading = readLimited(post(slow), 1_000).then((read) => (answer = read))
  for (let second = 1; second < 30; second++) {
    stream?.enqueue(piece('x'))
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(answer).toBeNull()
  await vi.advanceTimersByTimeAsync(1_001)
  expect(await reading).toMatchObject({ ok: false, refusal: { code: 'malformed', message: expect.stringContaining('in time') } })
  await vi.advanceTimersByTimeAsync(0)
  expect(cancelled).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
