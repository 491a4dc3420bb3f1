// `npm run fuzz -- --minutes 30 [--seed N]`: random schedules on the built worker, for as long as one likes. A failure
// prints its seed; `--seed N --minutes 1` plays it again.
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWithPinnedNode } from './launch.mjs'
import { Failure, fail } from './failure.mjs'

const ROOT = resolve(import.meta.dirname, '..')

try {
  const { minutes, seed } = read()
  await buildWithPinnedNode()
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'fuzz'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PARLEY_FUZZ_MINUTES: minutes, PARLEY_FUZZ_SEED: seed, PARLEY_KILLS: '30' },
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => process.exit(code ?? 1))
} catch (error) {
  fail(error)
}

function read() {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } },
  })
  for (const [name, value] of Object.entries(values)) {
    if (!/^\d+$/.test(value)) throw new Failure(`--${name} is "${value}", which is no whole number.`)
  }
  return values
}
