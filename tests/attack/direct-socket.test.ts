// The kind of socket that `npm start` opens, in front of a worker that tells what it hears about its caller.
import { expect, it } from 'vitest'
import { loadMiniflare } from '../../scripts/miniflare.mjs'
import { freePort } from '../../scripts/port.mjs'
import { networkAddress } from '../../src/app/requests/network-address'
import { rawHttp } from './raw-http'

const SCRIPT = 'export default { fetch: (request) => Response.json(request.cf ?? null) }'

it('[R30] names the other end by itself, whatever a client says of it', async () => {
  const { convertV4MiniflareOptions, Miniflare } = await loadMiniflare()
  const port = await freePort(0)
  const sockets = { unsafeDirectSockets: [{ host: 'localhost', port }] }
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      telemetry: { enabled: false },
      workers: [{ name: 'echo', modules: true, script: SCRIPT, ...sockets }],
    }),
  )
  try {
    await miniflare.ready
    for (const blob of [undefined, '{"clientIp":"203.0.113.9:1"}', 'no JSON {']) {
      const { status, body } = await rawHttp(`http://127.0.0.1:${port}`, '/', { headers: blob === undefined ? {} : { 'mf-cf-blob': blob } })
      expect(status).toBe(200)
      const cf: unknown = JSON.parse(body)
      expect(networkAddress(Object.assign(new Request('http://localhost/'), { cf }), { HOSTS: 'localhost' })).toBe('127.0.0.1')
    }
  } finally {
    await miniflare.dispose()
  }
})
