// Where a link really leads, when its words say otherwise: they name another site, or spell this one with letters that only look
// like its own.

/** Words that are an address: a scheme or `www.`, or a name of a site by itself. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\/\/|www\.)?([^\s/?#@]+\.[^\s/?#@.]{2,})(?:[/?#]|$)/i
/** Letters of scripts that have doubles of Latin ones. A site that is named in such a script to its end has no need of them. */
const DOUBLES = /[\p{sc=Cyrl}\p{sc=Grek}\p{sc=Armn}\p{sc=Cher}\u0131\u0251\u0261\u1d00-\u1dbf]/u
/** A longer name is none. */
const MOST = 300

/** The host to name beside the link, or null when its words leave no doubt. Linear in both. */
export function hostToName(words: unknown, href: string): string | null {
  if (typeof words !== 'string' || words.length > 2_000 || !/^https?:/i.test(href)) return null
  const named = ADDRESS.exec(words.trim())?.[1]
  if (named === undefined || named.length > MOST || !URL.canParse(href)) return null
  const { hostname } = new URL(href)
  const host = named.replace(/:\d+$/, '')
  if (hostOf(host) !== hostname && hostOf(host) !== hostname.replace(/^www\./, '') && `www.${hostOf(host)}` !== hostname) return hostname
  return DOUBLES.test(host) && !DOUBLES.test(host.slice(host.lastIndexOf('.') + 1)) ? hostname : null
}

function hostOf(name: string): string {
  const address = `https://${name}`
  return URL.canParse(address) ? new URL(address).hostname : name.toLowerCase()
}
