// What is known of one answer's HTTP beside what it says: that anything arrives at all, and an answer that comes whole where a
// stream was asked for. One for each answer.
import { APICallError } from '@ai-sdk/provider'
import { type LanguageModelMiddleware, simulateStreamingMiddleware } from 'ai'

/** The longest answer that is taken whole, in characters: several times what is kept of one. */
const LONGEST_WHOLE = 4_000_000

export class Wire {
  /** Called for every sign of life: headers, comments, empty events, words. */
  onLife: () => void = () => {}
  /** An answer that came whole, until it is read. */
  private whole: string | null = null

  /** `fetch` for a provider. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const { whole } = this
    this.whole = null
    if (whole !== null) return new Response(whole, { headers: { 'content-type': 'application/json' } })
    const response = await fetch(input, init)
    this.onLife()
    if (!response.ok || !response.body) return response
    const type = response.headers.get('content-type') ?? ''
    const { status, headers } = response
    if (type.includes('text/event-stream')) return new Response(this.watched(response.body.getReader()), { status, headers })
    return this.unstreamed(response.body, addressOf(input), headers)
  }

  /** For a provider's model: what comes whole is given as if it had been streamed, as the provider itself reads it. */
  readonly middleware: LanguageModelMiddleware = {
    specificationVersion: 'v4',
    wrapStream: async (call) => {
      try {
        return await call.doStream()
      } catch (error) {
        if (!(error instanceof CameWhole)) throw error
        const simulated = await simulateStreamingMiddleware().wrapStream?.(call)
        if (!simulated) throw error
        return simulated
      }
    },
  }

  /** Not declared as a stream: one that forgot to say so, an answer as JSON, or a page. */
  private async unstreamed(body: ReadableStream<Uint8Array>, url: string, headers: Headers): Promise<Response> {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    let text = ''
    const read: Uint8Array[] = []
    while (text.trim() === '') {
      const { done, value } = await reader.read()
      if (done) break
      this.onLife()
      read.push(value)
      text += decoder.decode(value, { stream: true })
    }
    if (!/^\s*[{[<]/.test(text)) return new Response(this.watched(reader, read), { headers })
    while (text.length < LONGEST_WHOLE) {
      const { done, value } = await reader.read()
      if (done) return this.keep(text, url)
      this.onLife()
      text += decoder.decode(value, { stream: true })
    }
    await reader.cancel()
    throw new APICallError({ message: 'An answer that came whole is too long.', url, requestBodyValues: {}, statusCode: 200 })
  }

  /** Some say what went wrong under a status of success. */
  private keep(text: string, url: string): Response {
    const status = statusIn(text)
    if (status !== null) return new Response(text, { status, headers: { 'content-type': 'application/json' } })
    if (/^\s*</.test(text))
      throw new APICallError({ message: 'A web page instead of an answer.', url, requestBodyValues: {}, statusCode: 200, responseBody: PAGE })
    this.whole = text
    throw new CameWhole('an answer came whole')
  }

  private watched(reader: ReadableStreamDefaultReader<Uint8Array>, read: Uint8Array[] = []): ReadableStream<Uint8Array> {
    return new ReadableStream({
      pull: async (controller) => {
        const known = read.shift()
        const { done, value } = known ? { done: false, value: known } : await reader.read()
        this.onLife()
        if (done || value === undefined) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    })
  }
}

/** What stands for the body of a web page, of which nobody needs to know more. */
export const PAGE = 'a web page'

class CameWhole extends Error {}

function addressOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input)
}

/** The status that an error inside a success names, or 500; null when it is none. */
function statusIn(text: string): number | null {
  const body = parsed(text)
  if (typeof body !== 'object' || body === null || !('error' in body) || !body.error) return null
  const code = typeof body.error === 'object' && 'code' in body.error ? Number(body.error.code) : NaN
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : 500
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
