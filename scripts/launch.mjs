// Starts the server under the pinned Node and lives as long as it does, no longer and no shorter. Runs on old Nodes.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.mjs'
import { PINNED_NODE } from './install.mjs'

/** How often the launcher looks whether npm is still there, ms. */
const WATCH_MS = 500

export async function buildWithPinnedNode() {
  const code = await run([script('build.mjs')], { stdio: 'inherit' }).closed
  if (code !== 0) throw new Failure('Parley cannot be built: the messages above say why.')
}

/** Serves until it is told to stop; ends the process with the server's exit code. */
export async function launch() {
  // A process group of its own, so that a kill of the server takes workerd along; a channel, so that our end ends it.
  const server = run([script('run.mjs')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true, env: { ...process.env, PARLEY_OWN_GROUP: '1' } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.child.kill('SIGTERM'))
  watchNpm(() => server.child.kill('SIGTERM'))
  const code = await server.closed
  if (code === null) throw new Failure('The server was killed.')
  process.exit(code)
}

function run(args, options) {
  const child = spawn(PINNED_NODE, args, options)
  const closed = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  return { child, closed }
}

function script(name) {
  return fileURLToPath(new URL(name, import.meta.url))
}

/** When npm is killed outright its script lives on and would hold the port: nobody could start Parley again. */
function watchNpm(gone) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const above = [process.ppid, parentOf(process.ppid)].filter((pid) => pid > 1)
  const timer = setInterval(() => {
    if (above.every(isAlive)) return
    clearInterval(timer)
    gone()
  }, WATCH_MS)
  timer.unref()
}

/** The shell between npm and us, where there is one, has npm as its parent. */
function parentOf(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' })
  const [parent, name] = (stdout ?? '').trim().split(/\s+/)
  return (name ?? '').endsWith('sh') ? Number(parent) : 0
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
