// `npm run walkthrough`: takes the pictures of docs/walkthrough.md anew, by the test that walks through it.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { browser } from './browser.mjs'
import { fail, Failure } from './failure.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const BIN = join(ROOT, 'node_modules/.bin')

try {
  const env = { ...process.env, PATH: `${BIN}:${process.env.PATH}`, PARLEY_BROWSER: await browser(), PARLEY_RECORD: join(ROOT, 'docs/walkthrough') }
  run([process.execPath, join(ROOT, 'scripts/build.mjs')], env)
  run([join(BIN, 'vitest'), 'run', '--project', 'e2e', 'tests/e2e/walking-through.test.ts'], env)
} catch (error) {
  fail(error)
}

function run([command, ...args], env) {
  if (spawnSync(command, args, { cwd: ROOT, env, stdio: 'inherit' }).status !== 0) throw new Failure('The walk-through was not recorded.')
}
