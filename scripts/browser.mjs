// The Chromium that the end-to-end tests drive: the system's where there is one, else installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from './failure.mjs'

const ROOT = resolve(import.meta.dirname, '..')

/** First the one without windows: the same engine, in half the time (decision 296). */
const PACKAGES = ['chromium-headless-shell', 'chromium']
const COMMANDS = [...PACKAGES, 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** The path of a browser, installing one when there is none. Refuses with a Failure that says what to do. */
export async function browser() {
  return (await findBrowser()) ?? (await installBrowser())
}

/** `PARLEY_BROWSER` wins; null when there is no Chromium here. */
export async function findBrowser() {
  const named = process.env.PARLEY_BROWSER
  if (named) return existsSync(named) ? named : null
  for (const command of COMMANDS) {
    const { status, stdout } = spawnSync('which', [command], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  if (existsSync(MAC)) return MAC
  const { chromium } = await import('playwright-core')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}

/** As root on Debian and its kin, the system's package brings its libraries along; elsewhere playwright has its own. */
async function installBrowser() {
  console.log('Installing Chromium for the end-to-end tests …')
  const debian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  if (debian) run('apt-get', ['update', '-qq'])
  // Older distributions lack the first.
  for (const name of debian ? PACKAGES : []) if (!(await findBrowser())) run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name])
  if (!(await findBrowser())) run(process.execPath, [join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', '--only-shell', 'chromium'])
  const found = await findBrowser()
  if (!found)
    throw new Failure('The end-to-end tests need Chromium, and it could not be installed: install it, or name one with PARLEY_BROWSER=/path/to/chromium.')
  return found
}

function run(command, args) {
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}
