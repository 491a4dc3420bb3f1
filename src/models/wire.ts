// One answer's HTTP: that anything arrives at all, an answer that comes whole where a stream was asked for, and the bounds of what
// a provider may send, whoever it is. One for each answer.
import { APICallError } from '@ai-sdk/provider'
import { type LanguageModelMiddleware, simulateStreamingMiddleware } from 'ai'
import { Bytes } from './bytes'
import { elsewhere, isElsewhere } from './elsewhere'
import { Intake, MOST_BYTES } from './intake'
import { withoutOddUsage, withoutOddUsageInLines } from './odd-usage'
import { WholeLines } from './whole-lines'

/** The longest answer that is taken whole, in bytes: several times what is kept of one. */
const LONGEST_WHOLE = 4_000_000
/** As much as is read of what a provider says went wrong, in bytes: its message is at the beginning. */
const LONGEST_ERROR = 64 * 1024

export class Wire {
  /** Called for every sign of life: headers, comments, empty events, words. */
  onLife: () => void = () => {}
  /** What the provider says that the answer took cannot be. */
  hasOddUsage = false
  /** An answer that came whole, until it is read. */
  private whole: string | null = null
  private readonly mostBytes: number

  /** `mostBytes`: of one response. */
  constructor(mostBytes = MOST_BYTES) {
    this.mostBytes = mostBytes
  }

  /** `fetch` for a provider. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const { whole } = this
    this.whole = null
    if (whole !== null) return new Response(whole, { headers: { 'content-type': 'application/json' } })
    // Another address is not what whoever runs this has set: the conversation does not go there.
    const response = await fetch(input, { ...init, redirect: 'manual' })
    this.onLife()
    const url = addressOf(input)
    if (isElsewhere(response)) {
      response.body?.cancel().catch(() => {})
      throw elsewhere(response, url)
    }
    if (!response.body) return response
    const intake = new Intake(response.body, () => this.onLife(), this.mostBytes)
    if (!response.ok) return this.refused(intake, response)
    const type = response.headers.get('content-type') ?? ''
    return type.includes('text/event-stream') ? this.streamed(intake, response.headers) : this.unstreamed(intake, url, response.headers)
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

  /** An error with as much of its body as is read of one: the status counts, whatever becomes of the rest. */
  private async refused(intake: Intake, { status, headers }: Response): Promise<Response> {
    const body = new Bytes()
    try {
      while (body.length < LONGEST_ERROR) {
        const piece = await intake.read()
        if (piece === null) break
        body.add(piece.subarray(0, LONGEST_ERROR - body.length))
      }
    } catch {
      // Broken off or not to be decompressed: what came is what it says.
    }
    intake.hangUp()
    // No response can be made with a status beyond those that there are.
    return new Response(textOf(body), { status: Math.min(status, 599), headers: decoded(headers) })
  }

  /** Not declared as a stream: one that forgot to say so, an answer as JSON, or a page. */
  private async unstreamed(intake: Intake, url: string, headers: Headers): Promise<Response> {
    let piece = await intake.read()
    while (piece !== null && piece.every(isBlank)) piece = await intake.read()
    if (piece === null || !'{[<'.includes(String.fromCharCode(piece.find((byte) => !isBlank(byte)) ?? 0))) return this.streamed(intake, headers, piece)
    const read = new Bytes()
    for (; read.length < LONGEST_WHOLE; piece = await intake.read()) {
      if (piece === null) return this.keep(textOf(read), url)
      read.add(piece)
    }
    intake.hangUp()
    throw new APICallError({ message: 'An answer that came whole is too long.', url, requestBodyValues: {}, statusCode: 200 })
  }

  /** Some say what went wrong under a status of success. */
  private keep(text: string, url: string): Response {
    const status = statusIn(text)
    if (status !== null) return new Response(text.slice(0, LONGEST_ERROR), { status, headers: { 'content-type': 'application/json' } })
    if (/^\s*</.test(text))
      throw new APICallError({ message: 'A web page instead of an answer.', url, requestBodyValues: {}, statusCode: 200, responseBody: PAGE })
    this.whole = this.told(withoutOddUsage(text)) ?? text
    throw new CameWhole('an answer came whole')
  }

  private streamed(intake: Intake, headers: Headers, first: Uint8Array | null = null): Response {
    const lines = new WholeLines()
    let known = first
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      let whole: Uint8Array = new Uint8Array(0)
      while (whole.length === 0) {
        const piece = known ?? (await intake.read())
        known = null
        whole = piece === null ? lines.rest() : lines.take(piece)
        if (whole.length > 0) controller.enqueue(this.readable(whole))
        if (piece === null) return controller.close()
      }
    }
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        try {
          await pull(controller)
        } catch (error) {
          intake.hangUp()
          throw error
        }
      },
      cancel: () => intake.hangUp(),
    })
    return new Response(body, { headers: decoded(headers) })
  }

  private readable(lines: Uint8Array): Uint8Array {
    const changed = this.told(withoutOddUsageInLines(new TextDecoder().decode(lines)))
    return changed === null ? lines : new TextEncoder().encode(changed)
  }

  private told(changed: string | null): string | null {
    if (changed !== null) this.hasOddUsage = true
    return changed
  }
}

/** What stands for the body of a web page, of which nobody needs to know more. */
export const PAGE = 'a web page'

class CameWhole extends Error {}

/** Its body is no longer as it was sent. */
function decoded(headers: Headers): Headers {
  const known = new Headers(headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) known.delete(name)
  return known
}

function textOf(bytes: Bytes): string {
  return new TextDecoder().decode(bytes.take())
}

/** White space, controls, or a mark of the order of bytes. */
function isBlank(byte: number): boolean {
  return byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf
}

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
