// Accounts and sessions: better-auth on D1. Its HTTP endpoints are not mounted; our own routes call it [L2].
import { betterAuth } from 'better-auth'
import { anonymous } from 'better-auth/plugins'
import { isGoodSecret } from './secret'

/** Carries the name from the sign-in route into better-auth; only ever set on headers that we made. */
export const NAME_HEADER = 'x-parley-name'

/** A guest has nothing but the cookie to come back with, so it lasts a year, in seconds; browsers let it little longer. */
const SESSION_SECONDS = 365 * 24 * 60 * 60

const COOKIES = 'parley'

/** What the session's cookie is called at this origin: over HTTPS browsers keep it to HTTPS. */
export function cookieName(origin: string): string {
  return `${isSecure(origin) ? '__Secure-' : ''}${COOKIES}.session_token`
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
      cookiePrefix: COOKIES,
      useSecureCookies: isSecure(origin),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
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

function isSecure(origin: string): boolean {
  return origin.startsWith('https:')
}
