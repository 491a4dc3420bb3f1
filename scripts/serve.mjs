// Runs the built worker on this machine: workerd with D1 and Durable Objects kept under one directory.
// Sockets reach the worker directly: miniflare's own proxy would cost every frame of every room.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SPECIAL_IPV4, SPECIAL_IPV6 } from '../src/outside/special-networks.ts'
import { prepareDatabase } from './database.mjs'
import { Failure } from './failure.mjs'
import { lockDataDir } from './lock.mjs'
import { loadMiniflare } from './miniflare.mjs'
import { freePort } from './port.mjs'

const ROOT = resolve(import.meta.dirname, '..')

/**
 * Starts serving. Refuses with a Failure: nothing built, port taken, data in use or of a newer release.
 * @param {{ port: number, listen: string, dataDir: string, variables: Record<string, string> }} options port 0: any free one;
 *   `listen` is localhost or an address of this machine
 * @returns {Promise<{ url: string, port: number, database(): Promise<D1Database>, stop(): Promise<void> }>} once it answers
 */
export async function serve({ port: wanted, listen, dataDir, variables }) {
  const built = join(ROOT, 'dist/worker/wrangler.json')
  if (!existsSync(built)) throw new Failure('Parley is not built yet: run `npm run build` first.')
  const config = JSON.parse(readFileSync(built, 'utf8'))
  lockDataDir(dataDir)
  const port = await freePort(wanted, listen)
  // Before the port answers: a page in between would meet half a database.
  prepareData(dataDir, config)
  const miniflare = await start(dataDir, workers(config, { host: listen, port }, variables))
  return { url: `http://${hostIn(listen)}:${port}`, port, database: () => miniflare.getD1Database('DB', config.name), stop: () => miniflare.dispose() }
}

/** All addresses of this machine include the one that it has for itself. */
function hostIn(listen) {
  if (listen === '0.0.0.0' || listen === '::') return 'localhost'
  return listen.includes(':') ? `[${listen}]` : listen
}

/** Brings the database under `dataDir` up to date, as `config` (wrangler's) names it. Refuses as prepareDatabase does. */
export function prepareData(dataDir, config) {
  prepareDatabase(dataDir, databasesOf(config.d1_databases).DB, join(ROOT, 'migrations'))
}

async function start(dataDir, workers) {
  const { convertV4MiniflareOptions, Log, LogLevel, Miniflare } = await loadMiniflare()
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      // Miniflare's own way in, which cannot be left out. Nobody has a network there: the worker answers nothing by it (DIRECT_SOCKETS).
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.WARN),
      resourcePersistencePath: persistencePath(dataDir),
      telemetry: { enabled: false },
      // Only for `npm run bench -- --profile`: whoever reaches the inspector reaches everything.
      ...(process.env.PARLEY_INSPECTOR_PORT ? { inspectorPort: Number(process.env.PARLEY_INSPECTOR_PORT) } : {}),
      handleStructuredLogs: ({ level, message }) => (level === 'error' || level === 'warn' ? console.error(message) : console.log(message)),
      workers,
    }),
  )
  try {
    await miniflare.ready
  } catch (error) {
    await miniflare.dispose()
    throw error
  }
  return miniflare
}

/** By the id that names a database on this machine, whatever it is called on Cloudflare. */
function databasesOf(databases) {
  return Object.fromEntries(databases.map((database) => [database.binding, database.preview_database_id]))
}

/** Where miniflare keeps D1 and the rooms; the dev server's plugin appends the same `v3`. */
function persistencePath(dataDir) {
  return join(resolve(dataDir), 'v3')
}

/** The worker as built, and beside it one that holds the files, because a socket straight to a worker passes its assets by. */
function workers(config, socket, variables) {
  const dist = join(ROOT, 'dist')
  const common = { compatibilityDate: config.compatibility_date, compatibilityFlags: config.compatibility_flags }
  const classes = config.durable_objects.bindings.map((binding) => [binding.name, { className: binding.class_name, useSQLite: true }])
  return [
    {
      ...common,
      name: config.name,
      modules: modulesIn(join(dist, 'worker')),
      modulesRoot: join(dist, 'worker'),
      bindings: { ...config.vars, COMPRESS_PAGES: '1', DIRECT_SOCKETS: '1', ...variables },
      d1Databases: databasesOf(config.d1_databases),
      durableObjects: Object.fromEntries(classes),
      serviceBindings: { [config.assets.binding]: 'files', OUTSIDE: { network: outside(variables.ALLOW_LOOPBACK === '1') } },
      unsafeDirectSockets: [socket],
    },
    {
      ...common,
      name: 'files',
      modules: true,
      script: readFileSync(join(ROOT, 'scripts/files-worker.mjs'), 'utf8'),
      assets: { directory: join(dist, 'files'), binding: 'ASSETS', routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true } },
    },
  ]
}

/** The way out for addresses that people and models choose: whatever a name leads to, nothing but the public internet is reached by it. */
export function outside(loopback) {
  const special = [...SPECIAL_IPV4, ...SPECIAL_IPV6].filter((network) => !network.startsWith('127.'))
  return { allow: loopback ? ['public', 'local'] : ['public'], deny: special, tlsOptions: { trustBrowserCas: true } }
}

/** The entry first; the rest are what it imports. */
function modulesIn(directory) {
  const rest = readdirSync(directory, { recursive: true }).filter((name) => name.endsWith('.js') && name !== 'index.js')
  return ['index.js', ...rest].map((name) => ({ type: 'ESModule', path: join(directory, name) }))
}
