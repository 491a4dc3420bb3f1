// Names that lead inside whatever they are asked of: those kept for private networks, and those that have an IP address in them. What
// else a name may lead to cannot be seen from it.
import { parseIp } from './ip-address'
import { isPublicIp } from './public-ip'

/** Kept for private networks and for tests by a standard, or used as if they were; and what stands at the end of names inside a cluster. */
const INSIDE =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|workgroup|domain|test|invalid|example|alt|onion|arpa|svc|consul|default|cluster)\.*$/

/** Public names that answer with the address in them, or always with one that is not public. */
const ANSWERS_INSIDE =
  /(?:^|\.)(?:nip\.io|sslip\.io|xip\.io|1u\.ms|rbndr\.us|traefik\.me|localtest\.me|lvh\.me|vcap\.me|localho\.st|local\.gd|lacolhost\.com|backname\.io|metadata\.goog)\.*$/

/** Four numbers between dots or hyphens, wherever they begin. */
const EMBEDDED = /(?<!\d)(?=(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})(?!\d))/g

/** `hostname`: in lower case and ASCII. */
export function leadsInside(hostname: string): boolean {
  return INSIDE.test(hostname) || ANSWERS_INSIDE.test(hostname) || hasInsideIp(hostname)
}

function hasInsideIp(hostname: string): boolean {
  return [...hostname.matchAll(EMBEDDED)].some(([, ...parts]) => {
    const ip = parseIp(parts.join('.'))
    return ip !== null && !isPublicIp(ip)
  })
}
