// `fetch` for a server of tools. Invariants: each of its requests is read by the rule for addresses, wherever the server sends us; what comes is
// bounded in bytes and values, by the response and by the connection, and others have their turn while it comes; and no stream is kept open for
// what was not asked.
import { Intake, TooMuch } from '../../models/intake'
import { readOutsideAddress } from '../../outside/address'
import type { Ask } from '../../outside/outside'
import { ValueCount } from './count-values'
import { type Challenge, challengeOf } from './sign-in/challenge'

/** Of one response, bytes: dozens of tools, or more than a model is ever told. */
const MOST_OF_RESPONSE = 1024 * 1024
/** Of a connection. */
const MOST_OF_CONNECTION = 16 * MOST_OF_RESPONSE
/** Values of one response: a table of hundreds of rows. */
const MOST_VALUES = 10_000
/** The same of a list of tools. */
const MOST_LISTED = 20_000

export interface BoundedFetch {
  readonly ask: Ask
  readonly loopback: boolean
  /** Told when a server said too much: whoever waits for it waits in vain. */
  readonly onTooMuch: () => void
  /** Told how to sign in there. */
  readonly onChallenge: (challenge: Challenge) => void
}

export function boundedFetch({ ask, loopback, onTooMuch, onChallenge }: BoundedFetch): (input: string | URL, init?: RequestInit) => Promise<Response> {
  let left = MOST_OF_CONNECTION
  return async (input, init = {}) => {
    const address = readOutsideAddress(String(input), { loopback, plain: false })
    if (!address.ok) throw new Error(address.fault)
    if (isListening(init)) return new Response(null, { status: 405 })
    const response = await ask(address.url, init)
    const challenge = challengeOf(response)
    if (challenge) onChallenge(challenge)
    const headers = new Headers(response.headers)
    // What they say of is not what is passed on.
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name)
    const { status, statusText, body } = response
    if (!body) return new Response(null, { status, statusText, headers })
    const intake = new Intake(body, () => {}, Math.min(MOST_OF_RESPONSE, left))
    const values = new ValueCount()
    const most = isAboutTools(init) ? MOST_LISTED : MOST_VALUES
    const read = async () => {
      const piece = await intake.read()
      left -= piece?.length ?? 0
      if (piece) values.add(piece)
      if (values.count <= most) return piece
      intake.hangUp()
      throw new TooMuch('too many values')
    }
    const counted = new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const piece = await read()
          if (piece) controller.enqueue(piece)
          else controller.close()
        } catch (cause) {
          if (cause instanceof TooMuch) onTooMuch()
          throw cause
        }
      },
      cancel: () => intake.hangUp(),
    })
    return new Response(counted, { status, statusText, headers })
  }
}

/** A stream for whatever a server may like to say: what answers a call comes with the call. */
function isListening({ method = 'GET', headers }: RequestInit): boolean {
  const sent = new Headers(headers)
  return method === 'GET' && (sent.get('accept') ?? '').includes('text/event-stream') && !sent.has('last-event-id')
}

function isAboutTools({ body }: RequestInit): boolean {
  return typeof body === 'string' && body.length < 10_000 && body.includes('"tools/list"')
}
