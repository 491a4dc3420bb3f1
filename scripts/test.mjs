// `npm test`: every check there is, one after the other, stopping at nothing; what failed is told again at the end.
// `npm test -- unit lint`: only those.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { browser } from './browser.mjs'
import { fail, Failure } from './failure.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const BIN = join(ROOT, 'node_modules/.bin')
const REPORTS = mkdtempSync(join(tmpdir(), 'parley-test-'))

/** Lines of a failed check that are told again at the end. */
const TOLD_AGAIN = 40

const env = { ...process.env, PATH: `${BIN}:${process.env.PATH}`, CI: '1', WRANGLER_SEND_METRICS: 'false', NODE_NO_WARNINGS: '1' }
delete env.NODE_ENV

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

const started = Date.now()
const done = []

const STEPS = {
  format: () => check('format', ['oxfmt', '--check']),
  lint: () => check('lint', ['oxlint']),
  types: async () => {
    await check('types', ['tsc', '-p', 'tsconfig.json'])
    await check('types without a DOM', ['tsc', '-p', 'tsconfig.conversation.json'])
  },
  unused: () => check('unused code', ['knip', '--no-progress', '--no-config-hints']),
  rules: () => check('rules', [process.execPath, 'scripts/rules.mjs', '--check']),
  unit: () => tests('unit'),
  workerd: () => tests('workerd'),
  contract: () => onceBuilt('contract', () => tests('contract')),
  releases: () => onceBuilt('releases', () => tests('releases')),
  running: () => onceBuilt('running', () => tests('running')),
  attack: () => onceBuilt('attack', () => tests('attack')),
  fuzz: () => onceBuilt('fuzz', () => tests('fuzz')),
  text: () => onceBuilt('text', () => inBrowser('text')),
  e2e: () => onceBuilt('e2e', () => inBrowser('e2e')),
  deploy: () =>
    onceBuilt('deploy, dry run', () =>
      check('deploy, dry run', ['wrangler', 'deploy', '--dry-run', '--config', 'dist/worker/wrangler.json', '--outdir', join(REPORTS, 'deploy')]),
    ),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in STEPS))
if (unknown.length > 0) fail(new Failure(`There is no check called ${unknown.join(', ')}. There are: ${Object.keys(STEPS).join(', ')}.`))

let built = null
for (const [name, step] of Object.entries(STEPS)) if (asked.length === 0 || asked.includes(name)) await step()
rmSync(REPORTS, { recursive: true, force: true })
summary()

/** A check that is one thing: it passes or it fails. */
async function check(name, command) {
  heading(name)
  const { code, output } = await run(command)
  record({ name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: code === 0 ? [] : [tail(output)] })
  return code === 0
}

/** One project of vitest.config.ts: each of its tests counts. */
async function tests(project, variables = {}) {
  heading(project)
  const report = join(REPORTS, `${project}.json`)
  const { code, output } = await run(['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], variables)
  record({ name: project, ...resultOf(report, code, output) })
}

/** Vitest's own count, and one failure more when it failed without counting any. */
function resultOf(report, code, output) {
  const { numPassedTests: passed = 0, numFailedTests: failed = 0, testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
  const failures = testResults.flatMap(({ name, message, assertionResults }) => [
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${name}\n${fullName}\n${failureMessages.join('\n')}`),
    ...(message && assertionResults.length === 0 ? [`${name}\n${message}`] : []),
  ])
  if (code === 0 || failures.length > failed) return { passed, failed: failures.length, failures }
  return failed > 0 ? { passed, failed, failures } : { passed, failed: 1, failures: [tail(output)] }
}

/** Builds before the first check that needs it; without a build none of them runs. */
async function onceBuilt(name, step) {
  built ??= await check('build', [process.execPath, 'scripts/build.mjs'])
  if (built) await step()
  else skip(name, 'nothing is built')
}

async function inBrowser(project) {
  try {
    await tests(project, { PARLEY_BROWSER: await browser() })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    skip(project, error.message)
  }
}

/** What could not run did not pass. */
function skip(name, why) {
  heading(name)
  console.log(why)
  record({ name, passed: 0, failed: 1, failures: [why] })
}

function run([command, ...args], variables = {}) {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(command, args, { cwd: ROOT, env: { ...env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        process.stdout.write(chunk)
      })
    }
    const endAlong = () => child.kill()
    process.once('exit', endAlong)
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('exit', endAlong)
      resolve({ code, output })
    })
  })
}

function heading(name) {
  console.log(`\n——— ${name}`)
}

function record(result) {
  done.push(result)
  console.log(`${mark(result)} ${result.name}: ${result.passed} passed, ${result.failed} failed`)
}

function mark({ failed }) {
  return failed === 0 ? '✓' : '✗'
}

function tail(output) {
  return output.trim().split('\n').slice(-TOLD_AGAIN).join('\n')
}

function summary() {
  const failures = done.flatMap(({ name, failures }) => failures.map((failure) => ({ name, failure })))
  if (failures.length > 0) heading('what failed')
  for (const { name, failure } of failures) console.log(`\n✗ ${name}\n${failure}`)
  heading(`summary, after ${Math.round((Date.now() - started) / 1000)} s`)
  for (const result of done) console.log(`${mark(result)} ${result.name}: ${result.passed} passed, ${result.failed} failed`)
  const passed = done.reduce((sum, result) => sum + result.passed, 0)
  const failed = done.reduce((sum, result) => sum + result.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
