// Where a link in a message may lead: to the web or to a mailbox, and always by a full address without a user's name, which would look like the
// site it leads to.

/** With a host of at most 300 characters, user and port included: reading a host in foreign letters is quadratic in its length, and no name has more than 253. */
const FULL_ADDRESS = /^(?:https?:\/\/[^/?#\\\s]{1,300}(?:[/?#]|$)|mailto:[^\s])/i

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/** The address in its normal form, or null: then the link is only text. */
export function safeHref(href: string): string | null {
  if (!FULL_ADDRESS.test(href) || !URL.canParse(href)) return null
  const { protocol, username, password, href: normal } = new URL(href)
  return SCHEMES.has(protocol) && username === '' && password === '' ? normal : null
}
