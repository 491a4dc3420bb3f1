// `npm run dev`: the same Parley from source, with hot reload, on the same data as `npm start`.
import { join, resolve } from 'node:path'
import { fail } from './failure.mjs'
import { lockDataDir } from './lock.mjs'
import { freePort } from './port.mjs'
import { prepareData } from './serve.mjs'
import { readSettings } from './settings.mjs'

const ROOT = resolve(import.meta.dirname, '..')

try {
  const { port, listen, dataDir, variables, model } = await readSettings()
  await freePort(port, listen)
  lockDataDir(dataDir, 'Parley from source')
  const { unstable_readConfig: readConfig } = await import('wrangler')
  prepareData(dataDir, readConfig({ config: join(ROOT, 'wrangler.jsonc') }))
  // vite.config.ts gives these to the worker and to the plugin that keeps its data.
  process.env['DATA_DIR'] = dataDir
  process.env['PARLEY_VARIABLES'] = JSON.stringify(variables)
  process.env['WRANGLER_SEND_METRICS'] = 'false'
  process.chdir(ROOT)
  const { createServer } = await import('vite')
  const server = await createServer({
    configFile: join(ROOT, 'vite.config.ts'),
    server: { host: listen, port, strictPort: true, allowedHosts: variables.HOSTS.split(' ') },
  })
  await server.listen()
  console.log(`\nParley is ready, from source: http://localhost:${port}\nModel: ${model}\n`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void server.close().then(() => process.exit(0)))
} catch (error) {
  fail(error)
}
