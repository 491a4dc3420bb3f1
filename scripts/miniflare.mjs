// Miniflare, whose direct sockets (decision 8) are made for tools on the same machine: they believe a header about who
// calls, and let whoever names a certain host call the worker's inside. Ours face a network, so both are left out.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const MINIFLARE = '/node_modules/miniflare/dist/src/index.js'

/** As miniflare 5.20261117.0-beta writes a direct socket; package.json pins it. */
const BELIEVED =
  /(style: directSocket\.proxy \? HttpOptions_Style\.PROXY : void 0),\s*cfBlobHeader: CoreHeaders\.CF_BLOB,\s*capnpConnectHost: HOST_CAPNP_CONNECT\s*\}/

/** Without that header, workerd itself writes the other end of a socket into `request.cf.clientIp`. Throws rather than serve with it. */
export async function loadMiniflare() {
  const hook = registerHooks({
    load(url, context, next) {
      if (!url.endsWith(MINIFLARE)) return next(url, context)
      const source = readFileSync(fileURLToPath(url), 'utf8')
      if (!BELIEVED.test(source)) throw new Error('this miniflare makes its sockets in another way: scripts/miniflare.mjs must follow')
      return { format: 'commonjs', source: source.replace(BELIEVED, '$1 }'), shortCircuit: true }
    },
  })
  try {
    return await import('miniflare')
  } finally {
    hook.deregister()
  }
}
