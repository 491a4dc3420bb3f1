// The address of somebody's models, as an owner types it into the app. An allow-list [R161]: HTTPS at a public name; and where Parley
// itself runs on a machine of one's own, that machine. What lies in its network is for whoever may set its environment.
import { isNearby } from '../nearby'

const MOST = 300
/** A name with a dot, of letters, digits and hyphens, that ends in letters: no number in any spelling, no name of one machine alone. */
const PUBLIC_NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const OWN_PORTS = new Set(['', '443'])

/** As it is asked, without its last slash; or a sentence that says what is wrong. `isLocal`: Parley runs on a machine of one's own. */
export type ReadAddress = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly fault: string }

export function readAddress(typed: string, isLocal: boolean): ReadAddress {
  const text = typed.trim()
  if (text === '') return wrong('Write the address of the server, with its /v1.')
  if (text.length > MOST) return wrong(`An address has at most ${MOST} characters.`)
  const url = URL.parse(text)
  if (!url || !/^https?:\/\//i.test(text)) return wrong('An address begins with https://, such as https://models.example/v1.')
  if (url.username !== '' || url.password !== '') return wrong('An address has no user name and no password: a key has a field of its own.')
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) return wrong('An address has no ? and no #.')
  if (LOOPBACK.has(url.hostname)) return onThisMachine(url, isLocal)
  if (url.protocol !== 'https:') return wrong('A key and a conversation travel by https:// only, but to this very machine.')
  if (!PUBLIC_NAME.test(url.hostname) || isNearby(url.href))
    return wrong('Only a public name may be connected here. For a server in your own network set OPENAI_BASE_URL where Parley runs.')
  if (!isOpenPort(url.port)) return wrong('The port is 443, or 1024 and above.')
  return { ok: true, url: withoutSlash(url) }
}

function onThisMachine(url: URL, isLocal: boolean): ReadAddress {
  if (!isLocal) return wrong('This Parley runs on no machine of yours, so that this address leads nowhere.')
  if (!isOpenPort(url.port)) return wrong('The port is 80, 443, or 1024 and above.')
  return { ok: true, url: withoutSlash(url) }
}

function isOpenPort(port: string): boolean {
  return OWN_PORTS.has(port) || Number(port) >= 1_024
}

function withoutSlash({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.replace(/\/+$/, '')
}

function wrong(fault: string): ReadAddress {
  return { ok: false, fault }
}
