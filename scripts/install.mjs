// Installs the packages, unless they are there already. Runs on old Nodes.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The Node that package.json pins. */
export const PINNED_NODE = join(ROOT, 'node_modules/node/bin/node')

const RECORD = join(ROOT, 'node_modules/.package-lock.json')

/** What npm says when the registry cannot be reached. */
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENOTCACHED/

/** Refuses with a Failure: no network, no npm, or what npm said. */
export async function install() {
  if (isInstalled()) return
  console.log('Installing packages: the first time this takes a minute or two …')
  // Without a network npm tries for minutes; told so, it looks into its cache and knows at once.
  const flags = NO_NETWORK.test((await npm('view', ['node', 'version', '--fetch-retries=0'])).said) ? ['--offline'] : []
  // One that is ended in the middle must not look whole to the next start.
  rmSync(RECORD, { force: true })
  // Never `npm install`: it would write into package-lock.json, and a checkout stays as it was cloned.
  const { code, said } = await npm('ci', flags)
  if (code === 0 && existsSync(PINNED_NODE)) return
  if (NO_NETWORK.test(said)) {
    throw new Failure('The packages cannot be downloaded: the package registry does not answer, so check the network and start again.')
  }
  if (/EUSAGE/.test(said)) throw new Failure('package-lock.json does not fit package.json: undo what changed them, or run `npm install` if it was you.')
  if (/ENOSPC/.test(said)) throw new Failure('The packages cannot be installed: the disk is full.')
  if (/EACCES|EPERM|EROFS/.test(said)) throw new Failure(`The packages cannot be installed: ${join(ROOT, 'node_modules')} may not be written.`)
  console.error(said)
  throw new Failure('The packages cannot be installed: npm says why above.')
}

/** npm leaves a record of what it installed, last of all; it must hold all that the lock asks for, and that must be there. */
function isInstalled() {
  const wanted = lockAt(join(ROOT, 'package-lock.json'))
  const installed = lockAt(RECORD)
  if (!wanted || !installed || !existsSync(PINNED_NODE)) return false
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true
    if (installed[path]?.version === version) return existsSync(join(ROOT, path, 'package.json'))
    return !installed[path] && Boolean(optional || devOptional || peer)
  })
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

function lockAt(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

function npm(command, flags) {
  const args = [command, ...flags, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const script = process.env.npm_execpath
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []]
  return new Promise((resolve, reject) => {
    let said = ''
    // A process group of its own, so that whoever ends us ends npm and all that it started.
    const grouped = process.platform !== 'win32'
    const child = spawn(program, [...first, ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], detached: grouped })
    const stop = () => {
      try {
        if (child.pid !== undefined) process.kill(grouped ? -child.pid : child.pid, 'SIGKILL')
      } catch {
        // It has just ended.
      }
      process.exit(1)
    }
    for (const signal of SIGNALS) process.once(signal, stop)
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.once('error', () => reject(new Failure('The packages cannot be installed: there is no npm here.')))
    child.once('close', (code) => {
      for (const signal of SIGNALS) process.removeListener(signal, stop)
      resolve({ code, said })
    })
  })
}
