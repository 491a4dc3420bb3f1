// Where a link really leads, when its words say otherwise: anything in them names another site or mailbox, or spells this one with
// letters that only look like its own.
import { asSeen, type NamedAddress, namedAddresses } from './named-addresses'

/** Letters of scripts that have doubles of Latin ones. A site that is named in such a script to its end has no need of them. */
const DOUBLES = /[\p{sc=Cyrl}\p{sc=Grek}\p{sc=Armn}\p{sc=Cher}\u0131\u0251\u0261\u1d00-\u1dbf]/u
/** Turn letters around, whatever they are. */
const OVERRIDES = /[\u202d\u202e]/
/** A longer name is none: reading one in foreign letters is quadratic in its length, in characters. */
const MOST = 300
/** Names of files that could be sites as well. They are files where the address ends in them: `[README.md](https://…/README.md)`. */
const FILE = /^[^.]+\.(?:md|py|rs|sh|pl|cc|so|mk|zip|mov)$/i

/** The host or the mailboxes to name beside the link, or null when its words leave no doubt. `words`: null when nobody can tell what they say. */
export function hostToName(words: string | null, href: string): string | null {
  if (!URL.canParse(href)) return null
  const url = new URL(href)
  const mail = url.protocol === 'mailto:'
  if (!mail && !url.protocol.startsWith('http')) return null
  const named = words === null ? [] : namedAddresses(asSeen(words))
  const doubtful = words === null || OVERRIDES.test(words)
  if (mail) return mailboxesToName(named, doubtful, url)
  return doubtful || named.some((address) => isOther(address, url)) ? url.hostname : null
}

function isOther({ host, user }: NamedAddress, { hostname, pathname }: URL): boolean {
  if (FILE.test(host) && user === null && pathname.toLowerCase().endsWith(`/${host.toLowerCase()}`)) return false
  if (bareHost(host) !== bareHost(hostname)) return true
  return DOUBLES.test(host) && !DOUBLES.test(host.slice(host.lastIndexOf('.') + 1))
}

/** As a browser would read it, and as most sites count it. */
function bareHost(name: string): string {
  const address = `https://${name}`
  const host = name.length <= MOST && URL.canParse(address) ? new URL(address).hostname : name.toLowerCase()
  return host.replace(/^www\./, '').replace(/\.$/, '')
}

/** A letter goes to all who are in its address, whatever part of it they stand in. */
function mailboxesToName(named: readonly NamedAddress[], doubtful: boolean, { pathname, searchParams }: URL): string | null {
  const copies = ['to', 'cc', 'bcc'].flatMap((key) => [...searchParams].flatMap(([name, value]) => (name.toLowerCase() === key ? [value] : [])))
  const all = [decoded(pathname), ...copies].flatMap((list) => list.split(',')).flatMap((one) => one.trim() || [])
  const [mailbox = ''] = all
  const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1)
  const same = ({ host, user }: NamedAddress) =>
    bareHost(host) === bareHost(domain) && (user === null || `${user}@`.toLowerCase() === mailbox.slice(0, mailbox.lastIndexOf('@') + 1).toLowerCase())
  if (!doubtful && (named.length === 0 || (all.length === 1 && named.every(same)))) return null
  return asSeen(all.join(', ')).slice(0, MOST)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
