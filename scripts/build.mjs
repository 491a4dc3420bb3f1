// `npm run build`: builds the worker and the browser's files into dist, unless dist is what these sources make.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { finishBuild } from './finish-build.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const STAMP = join(ROOT, 'dist/.sources')

/** What a build is made from. */
const SOURCES = ['src', 'public', 'scripts/finish-build.mjs', 'vite.config.ts', 'wrangler.jsonc', 'tsconfig.json', 'package-lock.json']

const sources = hashSources()
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== sources) {
  console.log('Building …')
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', CI: '1', WRANGLER_SEND_METRICS: 'false' },
  })
  if (status !== 0) {
    console.error(stdout, stderr)
    process.exit(1)
  }
  finishBuild(join(ROOT, 'dist'))
  writeFileSync(STAMP, sources)
}

function hashSources() {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap(filesUnder))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  return hash.digest('hex')
}

function filesUnder(path) {
  const full = join(ROOT, path)
  if (!existsSync(full)) return []
  const entries = path.includes('.')
    ? [path]
    : readdirSync(full, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
  return entries.filter((name) => !/\.test\.tsx?$/.test(name)).sort()
}
