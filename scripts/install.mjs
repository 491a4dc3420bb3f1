// Installs the packages, unless they are there already. Runs on old Nodes.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The Node that package.json pins. */
export const PINNED_NODE = join(ROOT, 'node_modules/node/bin/node')

/** What npm says when the registry cannot be reached. */
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENOTCACHED/

/** Refuses with a Failure: no network, no npm, or what npm said. */
export async function install() {
  if (isInstalled()) return
  console.log('Installing packages: the first time this takes a minute or two …')
  // Without a network npm tries for minutes; told so, it looks into its cache and knows at once.
  const flags = NO_NETWORK.test((await npm('view', ['node', 'version', '--fetch-retries=0'])).said) ? ['--offline'] : []
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

/** npm leaves a record of what it installed; it must hold all that the lock asks for. */
function isInstalled() {
  const wanted = lockAt(join(ROOT, 'package-lock.json'))
  const installed = lockAt(join(ROOT, 'node_modules/.package-lock.json'))
  if (!wanted || !installed || !existsSync(PINNED_NODE)) return false
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '' || installed[path]?.version === version) return true
    return !installed[path] && Boolean(optional || devOptional || peer)
  })
}

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
    const child = spawn(program, [...first, ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.once('error', () => reject(new Failure('The packages cannot be installed: there is no npm here.')))
    child.once('close', (code) => resolve({ code, said }))
  })
}
