// Who is asking, from the session cookie alone [L2]. One D1 read per question, so that a sign-out or a new name
// counts at once.
import type { MemberId } from '../conversation/ids'
import { isMemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import { cleanName } from '../conversation/name'
import type { SessionMark } from '../conversation/session-mark'
import { authFor } from './auth'
import { siteOrigin } from './origin'

/** Somebody signed in. */
export interface Visitor {
  readonly member: Member
  /** The session's row. */
  readonly sessionId: string
  readonly session: SessionMark
}

/** The person behind a request and their session, or null for a stranger. No cookie, no read. Throws when the database does not answer. */
export async function visitorFrom(request: Request, env: Env): Promise<Visitor | null> {
  if (!request.headers.has('cookie')) return null
  const found = await authFor(env, siteOrigin(request, env)).api.getSession({ headers: request.headers })
  if (!found || !isMemberId(found.user.id)) return null
  const { id, token, expiresAt } = found.session
  return { member: person(found.user.id, found.user.name), sessionId: id, session: { hash: await hashOf(token), until: expiresAt.getTime() } }
}

/** The name is one of today's rules, whatever release it was taken under. */
export function person(id: MemberId, name: string): Member {
  return { id, name: cleanName(name) ?? 'Guest', kind: 'person' }
}

/**
 * The hash of the session that a request's cookie is signed for, without asking the database whether it goes on: a room in
 * which it has a socket knows that. Null when the cookie is not of our making.
 */
export async function signedSessionHash(request: Request, env: Env): Promise<string | null> {
  const cookie = /(?:^|;\s*)(?:__Secure-)?parley\.session_token=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1]
  const [, token, signature] = /^([^.]+)\.([A-Za-z0-9+/]{43}=)$/.exec(decoded(cookie ?? '')) ?? []
  if (token === undefined || signature === undefined || !env.BETTER_AUTH_SECRET) return null
  const key = await crypto.subtle.importKey('raw', bytes(env.BETTER_AUTH_SECRET), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const ours = await crypto.subtle.verify(
    'HMAC',
    key,
    Uint8Array.from(atob(signature), (character) => character.charCodeAt(0)),
    bytes(token),
  )
  return ours ? hashOf(token) : null
}

/** Of use to nobody who reads it: the token itself is the key to the account. */
async function hashOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes(`parley session: ${token}`))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}
