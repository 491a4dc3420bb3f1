// Which IP addresses are of the public internet. An allow-list [R220]: of IPv6 only what is given out as global unicast, and of both only
// what no registry keeps for something else. Whatever carries an IPv4 address inside is none: no page needs it.
import { isIpv4, parseIp, sameNetwork, type IpAddress } from './ip-address'
import { LOOPBACK, SPECIAL_IPV4, SPECIAL_IPV6 } from './special-networks'

type Network = readonly [IpAddress, number]

/** The global unicast of IPv6. Mapped, compatible, translated (NAT64), local, unique local and multicast addresses lie outside. */
const GLOBAL = network('2000::/3')
const SPECIAL = [...SPECIAL_IPV4, ...SPECIAL_IPV6].map(network)
const HERE = LOOPBACK.map(network)

export function isPublicIp(address: IpAddress): boolean {
  if (isIn(SPECIAL, address)) return false
  return isIpv4(address) || (sameNetwork(address, ...GLOBAL) && !isIsatap(address))
}

export function isLoopbackIp(address: IpAddress): boolean {
  return isIn(HERE, address)
}

/** A machine's IPv4 address behind any prefix. */
function isIsatap(address: IpAddress): boolean {
  return ((address[4] ?? 0) & 0xfdff) === 0 && address[5] === 0x5efe
}

function isIn(networks: readonly Network[], address: IpAddress): boolean {
  return networks.some(([of, bits]) => sameNetwork(address, of, bits))
}

function network(text: string): Network {
  const [of = '', bits = ''] = text.split('/')
  const address = parseIp(of)
  if (!address) throw new Error(`${text} is no network`)
  return [address, Number(bits) + (of.includes(':') ? 0 : 96)]
}
