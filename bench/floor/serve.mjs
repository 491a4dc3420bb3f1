// Serves the floor in a workerd of its own; its argument is the model's address. Tells its parent the port.
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'

const options = convertV4MiniflareOptions({
  port: 0,
  cf: false,
  telemetry: { enabled: false },
  workers: [
    {
      name: 'floor',
      modules: [{ type: 'ESModule', path: join(import.meta.dirname, 'worker.mjs') }],
      modulesRoot: import.meta.dirname,
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['no_web_socket_compression'],
      bindings: { MODEL_URL: process.argv[2] },
      durableObjects: { FLOOR: { className: 'Floor', useSQLite: true } },
      unsafeDirectSockets: [{ host: '127.0.0.1', port: Number(process.argv[3]) }],
    },
  ],
})
const miniflare = new Miniflare(options)
await miniflare.ready
process.send({ port: Number(process.argv[3]) })
