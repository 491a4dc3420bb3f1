// Accounts and sessions: better-auth on D1. Its HTTP endpoints are not mounted; our own routes call it [L2].
import { betterAuth } from 'better-auth'
import { anonymous } from 'better-auth/plugins'
import { isGoodSecret } from './secret'

/** Carries the name from the sign-in route into better-auth; only ever set on headers that we made. */
export const NAME_HEADER = 'x-parley-name'

/** A guest has nothing but the cookie to come back with, so it lasts a year, in seconds; browsers let it little longer. */
const SESSION_SECONDS = 365 * 24 * 60 * 60

const COOKIES = 'parley'

/**
 * What the session's cookie is called at this origin. Over HTTPS it is a name that browsers take from this very host alone,
 * and keep to HTTPS: no other host under our domain can put somebody into an account of its own.
 */
export function cookieName(origin: string): string {
  return `${prefixAt(origin)}.session_token`
}

/** What release 0.1 called it, which any host under our domain could set; null where that is what it is called still. */
export function oldCookieName(origin: string): string | null {
  return isSecure(origin) ? `__Secure-${COOKIES}.session_token` : null
}

/** The `set-cookie` header of our cookie, as better-auth writes it; without a value, the one by which a browser forgets it. */
export function setCookie(name: string, value: string): string {
  return `${name}=${value}; Max-Age=${value === '' ? 0 : SESSION_SECONDS}; Path=/; HttpOnly; SameSite=Lax${name.startsWith('__') ? '; Secure' : ''}`
}

export type Auth = ReturnType<typeof createAuth>

let latest: { readonly env: Env; readonly origin: string; readonly auth: Auth } | null = null

/** The same object for the same site: making one costs more than a request should. */
export function authFor(env: Env, origin: string): Auth {
  if (latest?.env !== env || latest.origin !== origin) latest = { env, origin, auth: createAuth(env, origin) }
  return latest.auth
}

function createAuth(env: Env, origin: string) {
  // The door has refused before; without a key of our own nothing is signed at all.
  if (!isGoodSecret(env.BETTER_AUTH_SECRET)) throw new Error('no secret to sign sessions with')
  return betterAuth({
    baseURL: origin,
    secret: env.BETTER_AUTH_SECRET,
    database: env.DB,
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    advanced: {
      cookiePrefix: prefixAt(origin),
      // It would make them `__Secure-`: the prefix says more.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(origin) },
      // One read for a session and its account; and none to check tables that our migrations make.
      database: { joins: true, validateSchema: false },
    },
    telemetry: { enabled: false },
    plugins: [
      anonymous({
        generateName: (context) => decodeURIComponent(context.headers?.get(NAME_HEADER) ?? '') || 'Guest',
      }),
    ],
  })
}

function prefixAt(origin: string): string {
  return isSecure(origin) ? `__Host-${COOKIES}` : COOKIES
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:')
}
