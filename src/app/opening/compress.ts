// Pages on one machine are sent as small as the browser reads them. On Cloudflare the network compresses what is sent plain,
// and what comes compressed is never compressed again.
import { gzipSync } from 'node:zlib'
import { inPieces } from './in-pieces'

/** Pages are made for one visitor each, so they are compressed quickly rather than well: half way to the best takes a third of the time. */
const LEVEL = 4

/** Up to so many characters a page is sent as one. */
const IN_ONE = 256 * 1024

/** The page, by its parts, as a response like `response`, with that `link` header, compressed where the browser reads that and nobody else does it. */
export function sendPage(request: Request, response: Response, parts: readonly string[], link: string | null, env: Env): Response {
  const headers = new Headers(response.headers)
  if (link !== null) headers.set('link', link)
  const page = parts.reduce((sum, { length }) => sum + length, 0) > IN_ONE ? null : parts.join('')
  if (!env.COMPRESS_PAGES) return new Response(page ?? inPieces(parts), { status: response.status, headers })
  headers.append('vary', 'accept-encoding')
  if (!acceptsGzip(request.headers.get('accept-encoding') ?? '')) return new Response(page ?? inPieces(parts), { status: response.status, headers })
  headers.set('content-encoding', 'gzip')
  const compressed =
    page === null
      ? inPieces(parts).pipeThrough(new CompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>)
      : gzipSync(page, { level: LEVEL })
  return new Response(compressed, { status: response.status, headers, encodeBody: 'manual' })
}

function acceptsGzip(accepted: string): boolean {
  return accepted.split(',').some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)|$)/.test(coding))
}
