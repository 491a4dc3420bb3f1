// Running Parley leaves the checkout as it was cloned: its lock is complete, and nothing that git keeps is written.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
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

it('[R36] a script that is not named is asked for, and does not run for ever', () => {
  const run = () => execFileSync(process.execPath, [join(ROOT, 'scripts/pinned.mjs')], { stdio: 'pipe', timeout: 10_000 })
  expect(run).toThrow(/Which script\?/)
})

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
