// `fetch` for a sign-in: for what says how one signs in, and where tokens come from. Invariants: each address is read by the rule for addresses,
// whoever named it; what comes is bounded in bytes, in number and, by its signal, in time; what went wrong once is wrong for the whole sign-in;
// and of what refuses us nothing is passed on but a code that we know, so that no token comes into a message or a log by way of an error.
import { Intake, TooMuch } from '../../../models/intake'
import { readOutsideAddress } from '../../../outside/address'
import type { Ask } from '../../../outside/outside'
import { ServerFault } from '../server-fault'

/** Of one response, bytes. */
const MOST_BYTES = 64 * 1024
/** Requests of one sign-in, redirects among them: discovery looks in five places at most. */
const MOST_ASKED = 16
/** What stands for every answer that is none. */
export const OUT_OF_ORDER = 'server_error'
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** What RFC 6749 and those after it let a server answer. */
const CODES = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
  'invalid_redirect_uri',
  'invalid_client_metadata',
  'invalid_software_statement',
  'unapproved_software_statement',
])

export interface SignInWeb {
  readonly ask: Ask
  readonly loopback: boolean
}

export interface SignInFetch {
  readonly fetch: (input: string | URL, init?: RequestInit) => Promise<Response>
  /** What went wrong first; a client may have gone on to look elsewhere. */
  fault(): ServerFault | null
}

export function signInFetch({ ask, loopback }: SignInWeb, signal: AbortSignal): SignInFetch {
  let fault: ServerFault | null = null
  let asked = 0
  const wrong = (words: string, cause?: unknown): ServerFault => (fault ??= new ServerFault(words, 'failed', cause))
  const fetch: SignInFetch['fetch'] = async (input, init = {}) => {
    if (fault) throw fault
    const address = readOutsideAddress(String(input), { loopback, plain: false })
    if (!address.ok) throw wrong(`Signing in there leads to an address that is not asked. ${address.fault}`)
    if (++asked > MOST_ASKED) throw wrong('Signing in there leads from one address to the next, without end.')
    try {
      const response = await ask(address.url, { ...init, signal })
      if (REDIRECTS.has(response.status)) {
        response.body?.cancel().catch(() => {})
        return bare(response.status, response.headers.get('location'))
      }
      const text = await textOf(response)
      return init.method === 'POST' ? granted(response, text) : told(response, text)
    } catch (cause) {
      if (cause instanceof TooMuch) throw wrong('What says how to sign in there is longer than 64 kB, and was hung up on.', cause)
      throw wrong('Where one signs in for this server cannot be reached.', cause)
    }
  }
  return { fetch, fault: () => fault }
}

async function textOf({ body }: Response): Promise<string> {
  if (!body) return ''
  const intake = new Intake(body, () => {}, MOST_BYTES)
  const decoder = new TextDecoder()
  let text = ''
  for (let piece = await intake.read(); piece; piece = await intake.read()) text += decoder.decode(piece, { stream: true })
  return text + decoder.decode()
}

/** What everybody may read. */
function told({ status, ok }: Response, text: string): Response {
  if (ok && objectIn(text) !== null) return new Response(text, { headers: { 'content-type': 'application/json' } })
  return bare(ok ? 404 : status)
}

/** What is for us alone. */
function granted({ status, ok }: Response, text: string): Response {
  const answer = objectIn(text)
  if (ok && answer && !('error' in answer)) return Response.json(answer)
  if (ok && !answer) return Response.json({ error: OUT_OF_ORDER }, { status: 502 })
  const code = CODES.has(String(answer?.['error'])) ? answer?.['error'] : status >= 500 || status === 429 ? OUT_OF_ORDER : 'invalid_request'
  return Response.json({ error: code }, { status: status < 400 ? 400 : status })
}

function bare(status: number, location: string | null = null): Response {
  return new Response(null, { status, headers: location === null ? {} : { location } })
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}
