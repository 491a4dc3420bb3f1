// The address of somebody's models, as an owner types it into the app. An allow-list [R161]: HTTPS at a public name; and where Parley
// itself runs on a machine of one's own, that machine. What lies in its network is for whoever may set its environment.
import { isNearby } from '../nearby'

const MOST = 300
/** A name with a dot, of letters, digits and hyphens, that ends in letters: no number in any spelling, no name of one machine alone. */
const PUBLIC_NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Names that lead nowhere outside of a network of one's own, beside those that `isNearby` knows. */
const PRIVATE_NAME = /\.(?:localdomain|corp|home|intranet|private|arpa|onion|invalid|test)$/
/** Of a path: what needs no decoding, so that what was read is what is asked. */
const PATH = /^[\w.~/@:+-]*$/
/** Blanks, controls and what cannot be seen; and what URLs read as another sign. */
const UNREADABLE = /[\p{C}\p{Z}\\%]/u
/** Ports at or above 1024 of well-known services that are no models: databases, queues, screens, the doors of machines and clusters. */
const SERVICES = new Set([
  1_080, 1_433, 1_521, 1_883, 2_049, 2_181, 2_375, 2_376, 2_379, 2_380, 3_128, 3_306, 3_389, 4_369, 5_432, 5_671, 5_672, 5_900, 5_984, 6_000, 6_379, 6_380,
  6_443, 6_667, 8_086, 9_042, 9_092, 9_200, 9_300, 10_250, 11_211, 15_672, 27_017, 50_000,
])

/** As it is asked, without its last slash; or a sentence that says what is wrong. `isLocal`: Parley runs on a machine of one's own. */
export type ReadAddress = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly fault: string }

export function readAddress(typed: string, isLocal: boolean): ReadAddress {
  const text = typed.replace(/^ +| +$/g, '')
  if (text === '') return wrong('Write the address of the server, with its /v1.')
  if (text.length > MOST) return wrong(`An address has at most ${MOST} characters.`)
  if (UNREADABLE.test(text)) return wrong('An address has no blanks, no ends of lines, no % and no \\ in it.')
  const url = URL.parse(text)
  if (!url || !/^https?:\/\//i.test(text)) return wrong('An address begins with https://, such as https://models.example/v1.')
  if (url.username !== '' || url.password !== '') return wrong('An address has no user name and no password: a key has a field of its own.')
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) return wrong('An address has no ? and no #.')
  if (!PATH.test(url.pathname)) return wrong('The path of an address has letters, digits and . ~ / @ : + - _ only.')
  if (LOOPBACK.has(url.hostname)) return onThisMachine(url, isLocal)
  if (url.protocol !== 'https:') return wrong('A key and a conversation travel by https:// only, but to this very machine.')
  if (!PUBLIC_NAME.test(url.hostname) || PRIVATE_NAME.test(url.hostname) || isNearby(url.href))
    return wrong('Only a public name may be connected here. For a server in your own network set OPENAI_BASE_URL where Parley runs.')
  if (!isOpenPort(url.port, ['', '443'])) return wrong(`The port is 443, or 1024 and above${BUT}.`)
  return { ok: true, url: withoutSlash(url) }
}

function onThisMachine(url: URL, isLocal: boolean): ReadAddress {
  if (!isLocal) return wrong('This Parley runs on no machine of yours, so that this address leads nowhere.')
  if (!isOpenPort(url.port, ['', '80', '443'])) return wrong(`The port is 80, 443, or 1024 and above${BUT}.`)
  return { ok: true, url: withoutSlash(url) }
}

const BUT = ', but for those of databases and other well-known services'

function isOpenPort(port: string, own: readonly string[]): boolean {
  return own.includes(port) || (Number(port) >= 1_024 && !SERVICES.has(Number(port)))
}

function withoutSlash({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.replace(/\/+$/, '')
}

function wrong(fault: string): ReadAddress {
  return { ok: false, fault }
}
