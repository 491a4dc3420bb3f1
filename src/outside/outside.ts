// The one way out of this instance that people and models may choose an address for. Invariants: every address is read by the rule before it
// is asked, where a redirect leads too; nothing is asked with anything of ours, neither cookies nor keys; and what comes is bounded by whoever
// reads it. What a name leads to is seen where the connection is opened: `npm start` gives a way (OUTSIDE) that knows public addresses only,
// and Cloudflare's own knows no others.
import { readOutsideAddress, type Reach } from './address'

export interface OutsideEnvironment {
  readonly OUTSIDE?: Fetcher
  /** 1: this very machine may be asked. For its developer. */
  readonly ALLOW_LOOPBACK?: string
}

/** How anything is asked; a test has its own. Never follows a redirect. */
export type Ask = (url: URL, init: RequestInit) => Promise<Response>

export type Asked = { readonly ok: true; readonly response: Response; readonly url: URL } | { readonly ok: false; readonly fault: string }

/** Redirects of one page. */
const MOST_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])

export function askOf({ OUTSIDE }: OutsideEnvironment): Ask {
  return async (url, init) => {
    const asked = { ...init, redirect: 'manual' } as const
    return OUTSIDE ? OUTSIDE.fetch(url.href, asked) : fetch(url.href, asked)
  }
}

export function mayLoopback({ ALLOW_LOOPBACK }: OutsideEnvironment): boolean {
  return ALLOW_LOOPBACK === '1'
}

/** GETs an address and whatever it leads on to, each of them read by the rule first; never from https to http. Throws what the network throws. */
export async function getOutside(typed: string, reach: Reach, ask: Ask, init: RequestInit): Promise<Asked> {
  let next = readOutsideAddress(typed, reach)
  for (let redirects = 0; next.ok; redirects++) {
    const { url } = next
    const response = await ask(url, { ...init, method: 'GET' })
    if (!REDIRECTS.has(response.status)) return { ok: true, response, url }
    response.body?.cancel().catch(() => {})
    if (redirects === MOST_REDIRECTS) return { ok: false, fault: `This address leads on more than ${MOST_REDIRECTS} times.` }
    next = readRedirect(response.headers.get('location'), url, reach)
  }
  return next
}

function readRedirect(location: string | null, from: URL, reach: Reach): ReturnType<typeof readOutsideAddress> {
  const to = location === null ? null : URL.parse(location, from)
  if (!to) return { ok: false, fault: 'This address leads on to nowhere.' }
  if (from.protocol === 'https:' && to.protocol !== 'https:') return { ok: false, fault: 'This address leads on to one without https://.' }
  const read = readOutsideAddress(to.href, reach)
  return read.ok ? read : { ok: false, fault: `This address leads on to another that is not asked. ${read.fault}` }
}
