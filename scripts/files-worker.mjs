// Serves the browser's files on one machine, as small as the browser reads them. Each was compressed once, when it was built
// (`finish-build.mjs`). On Cloudflare the network does this by itself.

/** What a browser is told that a file is: a compressed one is of a type of its own to whoever goes by its name. */
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' }

/** Best first: the coding's name, and how its files end. */
const CODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
]

export default {
  async fetch(request, env) {
    const url = new URL(request.url)
    const type = TYPES[url.pathname.split('.').at(-1)]
    const accepted = (request.headers.get('accept-encoding') ?? '').split(',').map((coding) => coding.trim().split(';')[0])
    const [coding, ending] = CODINGS.find(([name]) => accepted.includes(name)) ?? []
    if (type && coding) {
      const packed = await env.ASSETS.fetch(new Request(new URL(url.pathname + ending, url), request))
      if (packed.ok) return as(packed, { 'content-type': type, 'content-encoding': coding, vary: 'accept-encoding' })
    }
    const plain = await env.ASSETS.fetch(request)
    return type ? as(plain, { vary: 'accept-encoding' }) : plain
  },
}

function as(response, changed) {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(changed)) headers.set(name, value)
  // The bytes are in that coding already.
  return new Response(response.body, { status: response.status, headers, encodeBody: 'manual' })
}
