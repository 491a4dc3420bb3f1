// What no provider sends that means well and works: bodies, lines and streams without an end, what grows when it is decompressed,
// another address, numbers that are none. Each goes on until the other side hangs up.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createGzip } from 'node:zlib'

/** By what it is: the status, the headers, what is said first, and what is said for ever after, if anything is. */
interface Kind {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly first?: string
  readonly ever?: string
  readonly zipped?: true
}

const STREAM = { 'content-type': 'text/event-stream' }
const JSON_BODY = { 'content-type': 'application/json' }
/** Repeated until it is worth a write. */
const often = (text: string) => text.repeat(Math.ceil(65_536 / text.length))
const event = (fields: object) => `data: ${JSON.stringify({ id: 'hostile', object: 'chat.completion.chunk', created: 0, model: 'fake', ...fields })}\n\n`
const choice = (delta: object, finish: string | null = null) => ({ choices: [{ index: 0, delta, finish_reason: finish }] })
const answerWith = (usage: unknown) => event(choice({ content: 'Whole.' })) + event(choice({}, 'stop')) + event({ choices: [], usage }) + 'data: [DONE]\n\n'
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

const KINDS = {
  'endless-error': { status: 400, headers: JSON_BODY, first: '{"error":{"message":"', ever: often('what somebody wrote ') },
  'endless-key-error': { status: 429, headers: JSON_BODY, first: '{"error":{"message":"', ever: often('e') },
  'zipped-error': { status: 400, headers: JSON_BODY, ever: often('a'), zipped: true },
  'deep-error': { status: 400, headers: JSON_BODY, first: `{"error":{"message":"Deep","type":${deep(20_000)}}}` },
  'deeper-error': { status: 503, headers: JSON_BODY, first: `{"error":{"message":${deep(2_000_000)}}}` },
  'odd-status': { status: 999, headers: JSON_BODY, first: '{"error":{"message":"No such status"}}' },
  'endless-line': { headers: STREAM, first: 'data: {"x":"', ever: often('a') },
  'endless-event': { headers: STREAM, ever: often('data: {"x":1}\n') },
  'zipped-line': { headers: STREAM, first: 'data: {"x":"', ever: often('a'), zipped: true },
  'endless-blank': { ever: often(' ') },
  'endless-whole': { headers: JSON_BODY, first: '{"choices":[{"message":{"content":"', ever: often('a') },
  'flood-comments': { headers: STREAM, ever: often(': k\n\n') },
  'flood-lines': { headers: STREAM, ever: often('\n') },
  'flood-empty': { headers: STREAM, ever: often(event(choice({ content: '' }))) },
  'flood-roles': { headers: STREAM, ever: often(event(choice({ role: 'assistant' }))) },
  'deep-event': { headers: STREAM, first: `data: {"choices":${deep(200_000)}}\n\n${answerWith(null)}` },
  elsewhere: { status: 307, headers: { location: '/v1/chat/completions?key=sk-secret' } },
  'elsewhere-302': { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } },
  'elsewhere-nowhere': { status: 308 },
  'usage-text': { headers: STREAM, first: answerWith({ prompt_tokens: 'NaN', completion_tokens: {}, total_tokens: 'x' }) },
  'usage-negative': { headers: STREAM, first: answerWith({ prompt_tokens: -1e9, completion_tokens: -1e9, total_tokens: -2e9 }) },
  'usage-huge': { headers: STREAM, first: answerWith({ prompt_tokens: 1e308, completion_tokens: 1e308, total_tokens: 1e308 }) },
  'usage-list': { headers: STREAM, first: answerWith([1, 2]) },
  'usage-deep': {
    headers: STREAM,
    first: answerWith({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, prompt_tokens_details: { cached_tokens: 'many' } }),
  },
  'usage-whole': {
    headers: JSON_BODY,
    first: JSON.stringify({
      choices: [{ index: 0, message: { role: 'assistant', content: 'Whole.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 'NaN', completion_tokens: -1 },
    }),
  },
} satisfies Readonly<Record<string, Kind>>

export function isHostile(fault: string | null): fault is keyof typeof KINDS {
  return fault !== null && Object.hasOwn(KINDS, fault)
}

export async function sendHostile(response: ServerResponse, fault: keyof typeof KINDS): Promise<void> {
  const { status = 200, headers = {}, first = '', ever = '', zipped }: Kind = KINDS[fault]
  response.writeHead(status, zipped ? { ...headers, 'content-encoding': 'gzip' } : headers)
  const out = zipped ? createGzip() : response
  if (out !== response) out.pipe(response)
  const gone = once(response, 'close')
  out.write(first)
  if (ever === '') return void out.end()
  while (!response.destroyed) if (!out.write(ever)) await Promise.race([once(out, 'drain'), gone])
}
