// Where Parley listens, and under which names people reach it there. A request under any other name is refused: a foreign
// site could otherwise point its own name at this machine and speak with its visitors' browsers (DNS rebinding).
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { Failure } from './failure.mjs'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * @param {Record<string, string | undefined>} given HOST: a name or address of this machine, 0.0.0.0 or :: for all of them;
 *   HOSTS: further names under which people come; PUBLIC_URL, whose host is ours too
 * @returns {Promise<{ listen: string, names: string[], open: string[] }>} the address to listen on, the names that are ours
 *   (without ports), and those that people elsewhere can open, best first; none while only this machine can.
 *   Refuses with a Failure: a HOST that is no name or address, a HOSTS that holds anything else.
 */
export async function readHosts(given) {
  const wanted = bare(given.HOST?.trim() || 'localhost')
  const { address, family } = await resolved(wanted)
  const addresses = isLoopback(address) ? [] : isEvery(address) ? addressesOfThisMachine(family) : [inUrl(address)]
  const further = (given.HOSTS ?? '').split(/[\s,]+/).filter((name) => name !== '')
  for (const name of further) checkName(name)
  const published = given.PUBLIC_URL ? [new URL(given.PUBLIC_URL).hostname] : []
  const names = [...LOOPBACK, ...addresses, inUrl(wanted), ...namesOfThisMachine(), ...further, ...published].map((name) => name.toLowerCase())
  return { listen: wanted === 'localhost' ? wanted : address, names: [...new Set(names)], open: isLoopback(address) ? [] : [...further, ...addresses] }
}

async function resolved(name) {
  try {
    return isIP(name) ? { address: name, family: isIP(name) } : await lookup(name)
  } catch {
    throw new Failure(`HOST is "${name}", which is no name or address of this machine: write 0.0.0.0 to let others in, or nothing to keep to yourself.`)
  }
}

/** What is compared is a name; one with a scheme or a port would never be the same. */
function checkName(name) {
  if (URL.parse(`http://${name}`)?.hostname === name.toLowerCase()) return
  throw new Failure(`HOSTS names "${name}", which is no name: write names alone, such as chat.lan, without http:// and without a port.`)
}

function namesOfThisMachine() {
  const name = hostname()
  const [first] = name.split('.')
  return [name, first, `${first}.local`]
}

/** 0.0.0.0 takes IPv4 only, and an address of one link has no meaning elsewhere. */
function addressesOfThisMachine(family) {
  return Object.values(networkInterfaces())
    .flat()
    .filter((at) => !at.internal && (at.family === 'IPv4' || family === 6) && !at.address.startsWith('fe80:'))
    .map(({ address }) => inUrl(address))
}

function isLoopback(address) {
  return address === '::1' || address.startsWith('127.')
}

function isEvery(address) {
  return address === '0.0.0.0' || address === '::'
}

function bare(host) {
  return host.replace(/^\[(.*)\]$/, '$1')
}

function inUrl(host) {
  return isIP(host) === 6 ? `[${host}]` : host
}
