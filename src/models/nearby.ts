// Whether an address is on this machine or in its own network, where models are loaded when they are first asked.

const PRIVATE_IPV4 = /^(?:0|10|127)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./
/** `URL` writes addresses in their shortest form and lower case. */
const PRIVATE_IPV6 = /^\[(?:::1?\]|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|lan|internal|home\.arpa)$/

/** `url` is one that parses. A name without a dot is one of a private network. */
export function isNearby(url: string): boolean {
  const { hostname } = new URL(url)
  if (hostname.startsWith('[')) return PRIVATE_IPV6.test(hostname)
  if (/^[\d.]+$/.test(hostname)) return PRIVATE_IPV4.test(hostname)
  return LOCAL_NAME.test(hostname) || !hostname.includes('.')
}
