// `npm run bench`: builds Parley and the benchmark, and runs it. Takes about ten minutes; `-- --quick` about four.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '..')
const OUT = join(ROOT, 'node_modules/.bench')

process.chdir(ROOT)
run([join(ROOT, 'scripts/build.mjs')])
await build({
  configFile: false,
  logLevel: 'warn',
  // TinyBase and partysocket are told by their import conditions where they run; bundling them for Node settles it.
  ssr: { noExternal: ['agents', 'partysocket'] },
  build: { ssr: join(ROOT, 'bench/main.ts'), outDir: OUT, target: 'node24', minify: false },
})
run([join(OUT, 'main.js'), ...process.argv.slice(2)])

function run(args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: ROOT })
  if (status !== 0) process.exit(status ?? 1)
}
