// Running Parley leaves the checkout as it was cloned: its lock is complete, and nothing that git keeps is written.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { waitFor } from '../support/wait-for'

const ROOT = resolve(import.meta.dirname, '../..')

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

let place: string
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'parley-checkout-'))
})
afterEach(() => rm(place, { recursive: true, force: true }))

describe('the lock', () => {
  it('[R36] is taken by `npm ci` as it stands, without asking the registry', () => {
    const args = ['ci', '--dry-run', '--offline', '--no-audit', '--no-fund', '--loglevel=error', `--cache=${place}`]
    expect(() => execFileSync('npm', args, { cwd: ROOT, stdio: 'pipe' })).not.toThrow()
  })

  it('[R36] holds what every platform needs', async () => {
    const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> }
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !foldersAbove(path).some((folder) => `${folder}node_modules/${name}` in packages))
        .map((name) => `${path} wants ${name}`),
    )
    expect(missing).toEqual([])
    // As many as there are, or the loop above looks at nothing.
    expect(Object.keys(packages).filter((path) => path.includes('workerd-')).length).toBeGreaterThan(3)
  })
})

it('[R36] `npm start` installs, builds and serves, and git sees no change', async () => {
  const before = gitStatus()
  const started = startAsPeopleDo(place)
  try {
    await waitFor('the address', () => Promise.resolve(/Parley is ready: (\S+)/.test(started.output())))
    const [, address = ''] = /Parley is ready: (\S+)/.exec(started.output()) ?? []
    expect((await fetch(address)).status).toBe(200)
  } finally {
    await started.end()
  }
  expect(gitStatus()).toBe(before)
})

describe('an installation', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('[R36] that is ended by %s ends with all that it started', async (signal) => {
    const { starting, ids } = await startInstalling()
    await waitFor('npm and what it started', async () => (await ids()).length === 2)
    const started = await ids()
    starting.kill(signal)
    await once(starting, 'exit')
    await waitFor('both to end', () => Promise.resolve(!started.some(isAlive)))
  })

  it.each([
    ['npm wrote no record of', async () => rm(join(place, 'node_modules/.package-lock.json'))],
    ['has lost a package', async () => rm(join(place, 'node_modules/some'), { recursive: true })],
    ['has lost its Node', async () => rm(join(place, 'node_modules/node/bin'), { recursive: true })],
  ])('[R36] that %s is done again by the next start', async (_what, damage) => {
    await startWhole()
    await damage()
    const { starting, ids } = await startInstalling()
    await waitFor('npm', async () => (await ids()).length === 2)
    starting.kill('SIGTERM')
    await once(starting, 'exit')
  })

  it('[R36] that was ended in the middle does not look whole', async () => {
    await startWhole()
    await rm(join(place, 'node_modules/some'), { recursive: true })
    const { starting, ids } = await startInstalling()
    await waitFor('npm', async () => (await ids()).length === 2)
    starting.kill('SIGTERM')
    await once(starting, 'exit')
    expect(await readFile(join(place, 'node_modules/.package-lock.json'), 'utf8').catch(() => null)).toBeNull()
  })
})

it('[R36] a script that is not named is asked for, and does not run for ever', () => {
  const run = () => execFileSync(process.execPath, [join(ROOT, 'scripts/pinned.mjs')], { stdio: 'pipe', timeout: 10_000 })
  expect(run).toThrow(/Which script\?/)
})

/** What an installation leaves. */
async function startWhole(): Promise<void> {
  const packages = JSON.stringify({ packages: { 'node_modules/some': { version: '1.0.0' } } })
  await mkdir(join(place, 'node_modules/some'), { recursive: true })
  await mkdir(join(place, 'node_modules/node/bin'), { recursive: true })
  await Promise.all([
    writeFile(join(place, 'package-lock.json'), packages),
    writeFile(join(place, 'node_modules/.package-lock.json'), packages),
    writeFile(join(place, 'node_modules/some/package.json'), '{}'),
    writeFile(join(place, 'node_modules/node/bin/node'), ''),
  ])
}

/** `npm start` in a place of its own, with an npm that installs for ever and has started something. `ids`: of that npm, and of that. */
async function startInstalling(): Promise<{ readonly starting: ChildProcess; readonly ids: () => Promise<readonly number[]> }> {
  await cp(join(ROOT, 'scripts'), join(place, 'scripts'), { recursive: true })
  await writeFile(
    join(place, 'npm.js'),
    `const { spawn } = require('node:child_process')
    if (process.argv[2] !== 'ci') process.exit(0)
    const own = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    require('node:fs').writeFileSync(${JSON.stringify(join(place, 'ids'))}, process.pid + ' ' + own.pid)
    setInterval(() => {}, 1000)`,
  )
  const starting = spawn(process.execPath, [join(place, 'scripts/start.mjs')], {
    stdio: 'ignore',
    env: { ...process.env, npm_execpath: join(place, 'npm.js') },
  })
  return { starting, ids: async () => (await readFile(join(place, 'ids'), 'utf8').catch(() => '')).split(' ').filter(Boolean).map(Number) }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

/** Where Node looks for the packages of a package: its own folder, and those around it. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('node_modules/')
  return parts.map((_, at) => parts.slice(0, at + 1).join('node_modules/')).map((folder) => (folder === '' || folder.endsWith('/') ? folder : `${folder}/`))
}

function gitStatus(): string {
  return execFileSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' })
}

function startAsPeopleDo(dataDir: string): { readonly output: () => string; readonly end: () => Promise<void> } {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, HOST: '', PUBLIC_URL: '', MODEL: 'guide', BETTER_AUTH_SECRET: '' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)))
  const ended = once(child, 'exit')
  return {
    output: () => output,
    async end() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
