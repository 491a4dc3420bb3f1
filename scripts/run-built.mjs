// Builds Parley, bundles a TypeScript program of ours for Node, and runs it: the benchmark, and the maker of fixtures.
import { spawnSync } from 'node:child_process'
import { basename, join, resolve } from 'node:path'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '..')

/** Ends the process when the program fails. */
export async function runBuilt(entry, name, args = []) {
  const outDir = join(ROOT, `node_modules/.${name}`)
  process.chdir(ROOT)
  run([join(ROOT, 'scripts/build.mjs')])
  await build({
    configFile: false,
    logLevel: 'warn',
    // TinyBase and partysocket are told by their import conditions where they run; bundling them for Node settles it.
    ssr: { noExternal: ['agents', 'partysocket'] },
    build: { ssr: join(ROOT, entry), outDir, target: 'node24', minify: false },
  })
  run([join(outDir, `${basename(entry, '.ts')}.js`), ...args])
}

function run(args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: ROOT })
  if (status !== 0) process.exit(status ?? 1)
}
