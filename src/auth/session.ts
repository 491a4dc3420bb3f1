// Who is asking, from the session cookie alone [L2]. One D1 read per question, so that a sign-out or a new name
// counts at once.
import type { MemberId } from '../conversation/ids'
import { isMemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import { cleanName } from '../conversation/name'
import type { SessionMark } from '../conversation/session-mark'
import { cookieName, oldCookieName, setCookie } from './auth'
import { siteOrigin } from './origin'
import { isGoodSecret } from './secret'

/** Somebody signed in. */
export interface Visitor {
  readonly member: Member
  /** The session's row. */
  readonly sessionId: string
  readonly session: SessionMark
  /** Headers by which a browser takes the cookie of release 0.1 under its new name; none when it has that. */
  readonly newCookies: readonly string[]
}

/** Under its old name no session counts that is younger, ms since 1970: Parley calls its cookie otherwise since then. */
const OLD_NAMES_UNTIL = Date.UTC(2026, 11, 1)

/**
 * The person behind a request and their session, or null for a stranger. No cookie, no read. Throws when the database does
 * not answer. Our own query, because every page asks it: by way of better-auth it is half of what opening a page costs (decision 64).
 */
export async function visitorFrom(request: Request, env: Env): Promise<Visitor | null> {
  const signed = await signedCookie(request, env)
  if (signed === null) return null
  const { token, newCookies } = signed
  const row = await env.DB.prepare(
    'SELECT session.id AS sessionId, session.expiresAt, session.createdAt, user.id, user.name FROM session JOIN user ON user.id = session.userId WHERE session.token = ?',
  )
    .bind(token)
    .first<{ sessionId: string; expiresAt: string | number; createdAt: string | number; id: string; name: string }>()
  if (!row || !isMemberId(row.id)) return null
  const until = new Date(row.expiresAt).getTime()
  // Not a number is never later than now.
  if (!(until > Date.now())) return null
  if (newCookies.length > 0 && !(new Date(row.createdAt).getTime() < OLD_NAMES_UNTIL)) return null
  return { member: person(row.id, row.name), sessionId: row.sessionId, session: { hash: await hashOf(token), until }, newCookies }
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
  const signed = await signedCookie(request, env)
  return signed === null ? null : hashOf(signed.token)
}

interface SignedCookie {
  readonly token: string
  readonly newCookies: readonly string[]
}

/**
 * The token in a cookie as better-auth signs it: token, a dot, and its HMAC-SHA256 in base64. Null when it is not of our
 * making, or when there are two of one name: then somebody else has set one of them, and nobody knows which.
 */
async function signedCookie(request: Request, env: Env): Promise<SignedCookie | null> {
  const cookies = request.headers.get('cookie')
  if (cookies === null || !isGoodSecret(env.BETTER_AUTH_SECRET)) return null
  const origin = siteOrigin(request, env)
  const [name, oldName] = [cookieName(origin), oldCookieName(origin)]
  const own = valuesOf(cookies, name)
  const isOld = own.size === 0 && oldName !== null
  const values = isOld ? valuesOf(cookies, oldName) : own
  const [value] = values
  if (value === undefined || values.size > 1) return null
  const [, token, signature] = /^([^.]+)\.([A-Za-z0-9+/]{43}=)$/.exec(decoded(value)) ?? []
  if (token === undefined || signature === undefined) return null
  const signed = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0))
  if (!(await crypto.subtle.verify('HMAC', await keyOf(env.BETTER_AUTH_SECRET), signed, bytes(token)))) return null
  return { token, newCookies: isOld ? [setCookie(name, value), setCookie(oldName, '')] : [] }
}

function valuesOf(cookies: string, name: string): ReadonlySet<string> {
  const parts = cookies.split(';').map((part) => part.trim())
  return new Set(parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1)))
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
