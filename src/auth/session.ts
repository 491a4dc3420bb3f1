// Who is asking, from the session cookie alone [L2]. One D1 read per question, so that a sign-out or a new name
// counts at once.
import type { MemberId } from '../conversation/ids'
import { isMemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import { cleanName } from '../conversation/name'
import type { SessionMark } from '../conversation/session-mark'
import { cookieName } from './auth'
import { siteOrigin } from './origin'
import { isGoodSecret } from './secret'

/** Somebody signed in. */
export interface Visitor {
  readonly member: Member
  /** The session's row. */
  readonly sessionId: string
  readonly session: SessionMark
}

/**
 * The person behind a request and their session, or null for a stranger. No cookie, no read. Throws when the database does
 * not answer. Our own query, because every page asks it: by way of better-auth it is half of what opening a page costs (decision 64).
 */
export async function visitorFrom(request: Request, env: Env): Promise<Visitor | null> {
  const token = await signedToken(request, env)
  if (token === null) return null
  const row = await env.DB.prepare(
    'SELECT session.id AS sessionId, session.expiresAt, user.id, user.name FROM session JOIN user ON user.id = session.userId WHERE session.token = ?',
  )
    .bind(token)
    .first<{ sessionId: string; expiresAt: string | number; id: string; name: string }>()
  if (!row || !isMemberId(row.id)) return null
  const until = new Date(row.expiresAt).getTime()
  // Not a number is never later than now.
  if (!(until > Date.now())) return null
  return { member: person(row.id, row.name), sessionId: row.sessionId, session: { hash: await hashOf(token), until } }
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
  const token = await signedToken(request, env)
  return token === null ? null : hashOf(token)
}

/** The token in a cookie as better-auth signs it: token, a dot, and its HMAC-SHA256 in base64. Null when it is not of our making. */
async function signedToken(request: Request, env: Env): Promise<string | null> {
  const cookies = request.headers.get('cookie')
  if (cookies === null) return null
  const name = cookieName(siteOrigin(request, env))
  const cookie = cookies
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  const [, token, signature] = /^([^.]+)\.([A-Za-z0-9+/]{43}=)$/.exec(decoded(cookie?.slice(name.length + 1) ?? '')) ?? []
  if (token === undefined || signature === undefined || !isGoodSecret(env.BETTER_AUTH_SECRET)) return null
  const signed = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0))
  return (await crypto.subtle.verify('HMAC', await keyOf(env.BETTER_AUTH_SECRET), signed, bytes(token))) ? token : null
}

let latest: { readonly secret: string; readonly key: Promise<CryptoKey> } | null = null

/** The same key for the same secret. */
function keyOf(secret: string): Promise<CryptoKey> {
  if (latest?.secret !== secret) latest = { secret, key: crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']) }
  return latest.key
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
