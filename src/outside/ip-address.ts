// IP addresses as numbers, so that two ways of writing one address are one address. Pure.

/** An address as the 8 groups of IPv6; IPv4 is written ::ffff:a.b.c.d, which is how a socket for both names it. */
export type IpAddress = readonly number[]

const GROUPS = 8
const MAPPED: IpAddress = [0, 0, 0, 0, 0, 0xffff]
/** An address of IPv6 has at most 39 characters, or 45 with IPv4 at its end. */
const MAX_LENGTH = 45

/** Takes `1.2.3.4`, `2001:db8::1`, and either with a zone. Null for anything else. */
export function parseIp(text: string): IpAddress | null {
  const plain = text.trim().replace(/%.*$/s, '')
  if (plain.length > MAX_LENGTH) return null
  if (!plain.includes(':')) {
    const low = parseIpv4(plain)
    return low && [...MAPPED, ...low]
  }
  return parseIpv6(plain)
}

/** Takes what a socket or a proxy says of the other end: an address, with its port or without. */
export function parseEndpoint(text: string): IpAddress | null {
  const [, bracketed, dotted] = /^\s*(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})\s*$/.exec(text) ?? []
  return parseIp(bracketed ?? dotted ?? text)
}

/** Whether the first `bits` (of 128) are the same. */
export function sameNetwork(a: IpAddress, b: IpAddress, bits: number): boolean {
  return a.every((group, at) => {
    const mask = 0xffff & (0xffff0000 >> Math.min(Math.max(bits - at * 16, 0), 16))
    return (group & mask) === ((b[at] ?? 0) & mask)
  })
}

export function isIpv4(address: IpAddress): boolean {
  return sameNetwork(address, MAPPED, 96)
}

/** How many addresses one household, server or telephone has: one of IPv4, 2^64 of IPv6. So much of an address names a network. */
export function networkOf(address: IpAddress): string {
  if (isIpv4(address)) return address.slice(6).map(dotted).join('.')
  return `${address
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

function dotted(group: number): string {
  return `${group >> 8}.${group & 0xff}`
}

function parseIpv4(text: string): readonly [number, number] | null {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number]
  return [(a << 8) | b, (c << 8) | d]
}

function parseIpv6(text: string): IpAddress | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [before, after] = [groupsOf(halves[0] ?? '', halves.length === 1), groupsOf(halves[1] ?? '', true)]
  if (!before || !after) return null
  const missing = GROUPS - before.length - after.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  return [...before, ...Array.from({ length: missing }, () => 0), ...after]
}

/** Only the end of an address may be written as IPv4. */
function groupsOf(half: string, atEnd: boolean): readonly number[] | null {
  if (half === '') return []
  const groups: number[] = []
  const parts = half.split(':')
  for (const [at, part] of parts.entries()) {
    const low = atEnd && at === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null
    if (low) groups.push(...low)
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return null
  }
  return groups
}
