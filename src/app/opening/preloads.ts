// The scripts that a page will need, all of them named before its first byte: a browser would otherwise find them in three
// steps, each a journey.

/** What each script imports, itself first, by its address; written in here when the build is done (`scripts/finish-build.mjs`). */
const WRITTEN = 'PARLEY_PRELOADS'

const preloads = read(WRITTEN)

const PRELOAD = /<link rel="modulepreload" href="([^"]*)"\/>/g

/** Takes the preloads that a page names out of it, and answers all that they come to as a `link` header; null for none. */
export function withoutPreloads(page: string): { readonly page: string; readonly link: string | null } {
  const named = [...page.matchAll(PRELOAD)].map(([, href = '']) => href)
  if (preloads.size === 0 || named.length === 0) return { page, link: null }
  const all = new Set(named.flatMap((script) => preloads.get(script) ?? [script]))
  return { page: page.replaceAll(PRELOAD, ''), link: [...all].map((href) => `<${href}>; rel=modulepreload`).join(', ') }
}

/** None while developing, when nothing was built. */
function read(written: string): ReadonlyMap<string, readonly string[]> {
  try {
    return new Map(Object.entries(JSON.parse(decodeURIComponent(written)) as Record<string, readonly string[]>))
  } catch {
    return new Map()
  }
}
