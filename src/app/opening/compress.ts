// Pages on one machine are sent as small as the browser reads them. On Cloudflare the network compresses what is sent plain,
// and what comes compressed is never compressed again.
import { gzipSync } from 'node:zlib'

/** Pages are made for one visitor each, so they are compressed quickly rather than well: half way to the best takes a third of the time. */
const LEVEL = 4

/** The page as a response like `response`, with that `link` header, compressed where the browser reads that and nobody else does it. */
export function sendPage(request: Request, response: Response, page: string, link: string | null, env: Env): Response {
  const headers = new Headers(response.headers)
  if (link !== null) headers.set('link', link)
  if (!env.COMPRESS_PAGES) return new Response(page, { status: response.status, headers })
  headers.append('vary', 'accept-encoding')
  if (!acceptsGzip(request.headers.get('accept-encoding') ?? '')) return new Response(page, { status: response.status, headers })
  headers.set('content-encoding', 'gzip')
  return new Response(gzipSync(page, { level: LEVEL }), { status: response.status, headers, encodeBody: 'manual' })
}

function acceptsGzip(accepted: string): boolean {
  return accepted.split(',').some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)|$)/.test(coding))
}
