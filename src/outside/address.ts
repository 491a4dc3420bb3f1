// What may be asked outside of this instance: pages for a tool, servers of tools. One rule for every address, whoever wrote it and wherever it
// came from, a redirect too [R220]. An allow-list: a public name or a public IP address, at a port where people serve. What a name leads to is
// for whoever opens the connection to see (`outside.ts`).
import { leadsInside } from './inside-names'
import { isIpv4, parseIp } from './ip-address'
import { isLoopbackIp, isPublicIp } from './public-ip'

const MOST = 2_000
/** A name with a dot, of letters, digits and hyphens, that ends in letters. */
const PUBLIC_NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/
const MOST_NAME = 253
/** What a parser would leave out without a word, or take for something else. */
const ODD = /[\s\p{Cc}\p{Cf}\\]/u
const NAMED_PORTS = new Set(['', '80', '443'])

export interface Reach {
  /** Whether this very machine may be asked: only where its developer said so (ALLOW_LOOPBACK). */
  readonly loopback: boolean
  /** Whether plain HTTP will do, at public addresses. */
  readonly plain: boolean
}

export type OutsideAddress = { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly fault: string }

/** The address as it is asked, without its fragment; or a sentence that says why it is not. */
export function readOutsideAddress(typed: string, { loopback, plain }: Reach): OutsideAddress {
  const text = typed.trim()
  if (text.length > MOST) return wrong(`An address has at most ${MOST} characters.`)
  const begins = plain ? 'https:// or http://' : 'https://'
  if (!/^https?:\/\/[^/]/i.test(text)) return wrong(`An address begins with ${begins} and a name.`)
  if (ODD.test(text)) return wrong('An address has no spaces, no backslashes and no signs that cannot be seen.')
  const url = URL.parse(text)
  if (!url) return wrong('This is no address.')
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#]*@/i.test(text)) return wrong('An address has no user name and no password.')
  if (!NAMED_PORTS.has(url.port) && Number(url.port) < 1_024) return wrong('The port is 80, 443, or 1024 and above.')
  const place = placeOf(url.hostname)
  if (place === 'inside' || (place === 'here' && !loopback)) return wrong('Only public addresses are asked, nothing on this machine or in its network.')
  if (place === 'nowhere') return wrong('Only a public name is asked, such as www.example.com.')
  if (url.protocol !== 'https:' && !plain && place !== 'here') return wrong('An address begins with https:// here.')
  url.hash = ''
  return { ok: true, url }
}

/** `hostname`: as `URL` writes it, in whatever spelling it was typed: IPv4 as four numbers, names in lower case and ASCII. */
function placeOf(hostname: string): 'public' | 'here' | 'inside' | 'nowhere' {
  const isIpv6 = hostname.startsWith('[')
  const ip = parseIp(isIpv6 ? hostname.slice(1, -1) : hostname)
  if (ip && isIpv6 && isIpv4(ip)) return 'inside'
  if (ip) return isPublicIp(ip) ? 'public' : isLoopbackIp(ip) ? 'here' : 'inside'
  if (hostname === 'localhost') return 'here'
  if (leadsInside(hostname)) return 'inside'
  return hostname.length <= MOST_NAME && PUBLIC_NAME.test(hostname) ? 'public' : 'nowhere'
}

function wrong(fault: string): OutsideAddress {
  return { ok: false, fault }
}
