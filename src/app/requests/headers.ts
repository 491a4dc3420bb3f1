// What every answer says to the browser about safety. Scripts run only with the nonce of their page.
import { env } from 'cloudflare:workers'
import type { RequestInfo } from 'rwsdk/worker'
import { siteOrigin } from '../../auth/origin'

export function setHeaders({ request, response, rw }: RequestInfo): void {
  const origin = siteOrigin(request, env)
  const { headers } = response
  headers.set('content-security-policy', contentSecurityPolicy(origin, rw.nonce))
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  // Anywhere else browsers ignore it, and call that an error.
  if (isSecure(new URL(origin))) headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cache-control', 'no-store')
  if (origin.startsWith('https:')) headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
}

/** Whether browsers take a page there for secure: over HTTPS, or from the same machine. */
function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)
}

function contentSecurityPolicy(origin: string, nonce: string): string {
  // Some browsers do not count a socket of the same site as 'self', so it is named.
  const socket = origin.replace(/^http/, 'ws')
  // While developing, Vite puts styles into the page by script.
  const styles = import.meta.env.DEV ? "'self' 'unsafe-inline'" : "'self'"
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src ${styles}`,
    "img-src 'self' data:",
    `connect-src 'self' ${socket}`,
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')
}
