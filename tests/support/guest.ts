// Signs in the way the sign-in page does, over HTTP.
import { isMemberId, type MemberId } from '../../src/conversation/ids'

export interface Guest {
  readonly id: MemberId
  readonly name: string
  /** The server's, such as http://localhost:5173; every POST and every socket must name it. */
  readonly origin: string
  /** What to send as the `cookie` header. */
  readonly cookie: string
  /** `fetch` in this guest's name: with the cookie, and the origin unless another is given. */
  readonly fetch: typeof globalThis.fetch
}

/** `origin` is the server's url. */
export async function signInAsGuest(origin: string, name: string): Promise<Guest> {
  const body = new URLSearchParams({ name, next: '/' })
  const response = await fetch(`${origin}/sign-in`, { method: 'POST', headers: { origin, accept: 'application/json' }, body })
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const answer: unknown = await response.json()
  if (!response.ok || !isSignedIn(answer)) throw new Error(`signing in answered ${response.status}: ${JSON.stringify(answer)}`)
  return { ...answer.member, origin, cookie, fetch: (input, init) => fetch(input, { ...init, headers: inNameOf(init?.headers, cookie, origin) }) }
}

function isSignedIn(answer: unknown): answer is { readonly member: { readonly id: MemberId; readonly name: string } } {
  if (typeof answer !== 'object' || answer === null || !('member' in answer)) return false
  const { member } = answer
  return typeof member === 'object' && member !== null && 'id' in member && isMemberId(member.id)
}

function inNameOf(given: HeadersInit | undefined, cookie: string, origin: string): Headers {
  const headers = new Headers(given)
  headers.set('cookie', cookie)
  if (!headers.has('origin')) headers.set('origin', origin)
  return headers
}
