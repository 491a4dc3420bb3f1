// From which network a request comes: what limits count by. Nothing that a client writes is believed; it names nobody,
// since many people share an address.
import { networkOf, parseEndpoint, parseIp, sameNetwork, type IpAddress } from '../../outside/ip-address'

/** What decides it, of the worker's environment. */
interface NetworkSettings {
  /** Set by our scripts, and so by no deployment on Cloudflare: the names under which this machine is reached. */
  readonly HOSTS?: string
  /** Proxies whose X-Forwarded-For counts: `1` for one on this machine, or addresses and ranges, such as 10.0.0.7 172.16.0.0/12. */
  readonly TRUST_PROXY?: string
}

const LOOPBACK = '127.0.0.0/8 ::1'
/** Nobody with an address: a request from this machine's own development server. */
export const UNKNOWN_NETWORK = 'unknown'

/**
 * The network of whoever asks: `203.0.113.9`, or the /64 of an IPv6 address, `2001:db8:0:1::/64`. On Cloudflare it is what
 * Cloudflare says. Elsewhere it is the other end of the socket; when that is a proxy named by TRUST_PROXY, it is the last
 * entry of X-Forwarded-For, which that proxy wrote itself. `unknown` when there is none.
 */
export function networkAddress(request: Request, env: NetworkSettings): string {
  const peer = env.HOSTS === undefined ? parseIp(request.headers.get('cf-connecting-ip') ?? '') : socketPeer(request)
  if (!peer) return UNKNOWN_NETWORK
  return networkOf((env.HOSTS !== undefined && isTrusted(peer, env.TRUST_PROXY ?? '') && forwardedFor(request)) || peer)
}

/** Whether it is known who holds the other end of the socket: at `npm start` there is one way in where it is not, beside our port. */
export function hasPeer(request: Request): boolean {
  return socketPeer(request) !== null
}

/** workerd writes the other end of a socket into `cf`, where no client can (scripts/miniflare.mjs sees to that). */
function socketPeer(request: Request): IpAddress | null {
  const { clientIp } = (request.cf ?? {}) as { readonly clientIp?: unknown }
  return typeof clientIp === 'string' ? parseEndpoint(clientIp) : null
}

function forwardedFor(request: Request): IpAddress | null {
  return parseEndpoint(request.headers.get('x-forwarded-for')?.split(',').at(-1) ?? '')
}

function isTrusted(peer: IpAddress, setting: string): boolean {
  return (setting.trim() === '1' ? LOOPBACK : setting)
    .split(/[\s,]+/)
    .filter((range) => range !== '')
    .some((range) => isWithin(peer, range))
}

/** A range that cannot be read holds nobody. */
function isWithin(address: IpAddress, range: string): boolean {
  const [, start = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(range) ?? []
  const first = parseIp(start)
  if (!first) return false
  const before = start.includes(':') ? 0 : 96
  return sameNetwork(address, first, bits === undefined ? 128 : before + Number(bits))
}
