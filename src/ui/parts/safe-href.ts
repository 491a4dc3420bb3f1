// Where a link in a message may lead: to the web or to a mailbox, and always by a full address.

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/** The address in its normal form, or null: then the link is only text. */
export function safeHref(href: string): string | null {
  if (!URL.canParse(href)) return null
  const url = new URL(href)
  return SCHEMES.has(url.protocol) ? url.href : null
}
