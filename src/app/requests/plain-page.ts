// A refusal as the smallest page there is: for when what draws pages is missing, or must not be troubled.
import { refusalResponse, type Refusal } from '../../conversation/refusal'

const STYLE =
  'body{max-width:34rem;margin:18vh auto;padding:0 1.25rem;font:1.05rem/1.6 system-ui,sans-serif;color-scheme:light dark}h1{font-size:1.4rem}a{color:inherit}'

/** To a browser a page in words with `heading`, to a program JSON. Status and waits are the refusal's. */
export function refuseInWords(request: Request, heading: string, refusal: Refusal): Response {
  const answer = refusalResponse(refusal)
  if (!request.headers.get('accept')?.includes('text/html')) return answer
  const headers = new Headers(answer.headers)
  headers.set('content-type', 'text/html; charset=utf-8')
  // Nothing in it runs or is loaded; its style stands in it.
  headers.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
  headers.set('x-content-type-options', 'nosniff')
  const wait = refusal.retryAfterMs === undefined ? '' : `<p>In about ${Math.ceil(refusal.retryAfterMs / 1_000)} s it goes on: <a href="">try again</a>.</p>`
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(heading)} · Parley</title><style>${STYLE}</style></head><body><h1>${escaped(heading)}</h1><p role="alert">${escaped(refusal.message)}</p>${wait}</body></html>`
  return new Response(page, { status: answer.status, headers })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
