// `npm test`: every check there is, stopping at nothing; what failed is told again at the end.
// `npm test -- unit lint`: only those.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
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

/** One after the other, the quick ones first. */
const CHECKS = {
  format: () => check('format', ['oxfmt', '--check']),
  lint: () => check('lint', ['oxlint']),
  types: async () => {
    await check('types', ['tsc', '-p', 'tsconfig.json'])
    await check('types without a DOM', ['tsc', '-p', 'tsconfig.conversation.json'])
  },
  unused: () => check('unused code', ['knip', '--no-progress', '--no-config-hints']),
  rules: () => check('rules', [process.execPath, 'scripts/rules.mjs', '--check']),
  unit: () => tests(['unit']),
}

/** Projects of vitest.config.ts that go together in one run, and where their tests are. How many files go at once is said there. */
const SUITES = {
  workerd: 'tests/workerd',
  contract: 'tests/lane-contract',
  releases: 'tests/releases',
  running: 'tests/running',
  attack: 'tests/attack',
  fuzz: 'tests/fuzz',
  text: 'tests/text',
  e2e: 'tests/e2e',
}
const IN_BROWSER = ['text', 'e2e']

const names = [...Object.keys(CHECKS), ...Object.keys(SUITES), 'deploy']
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) fail(new Failure(`There is no check called ${unknown.join(', ')}. There are: ${names.join(', ')}.`))
const wanted = (name) => asked.length === 0 || asked.includes(name)

let built = null
for (const [name, step] of Object.entries(CHECKS)) if (wanted(name)) await step()
const suites = []
for (const name of Object.keys(SUITES).filter(wanted)) if (await isReadyFor(name)) suites.push(name)
if (suites.length > 0) await tests(suites)
if (wanted('deploy') && (await isBuiltFor('deploy, dry run')))
  await check('deploy, dry run', ['wrangler', 'deploy', '--dry-run', '--config', 'dist/worker/wrangler.json', '--outdir', join(REPORTS, 'deploy')])
rmSync(REPORTS, { recursive: true, force: true })
summary()

/** A check that is one thing: it passes or it fails. */
async function check(name, command) {
  heading(name)
  const { code, output } = await run(command)
  record({ name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: code === 0 ? [] : [tail(output)] })
  return code === 0
}

/** Projects of vitest.config.ts, in one run: each of their tests counts. What failed outside of any test counts as one more. */
async function tests(projects) {
  heading(projects.join(', '))
  const report = join(REPORTS, `${projects[0]}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const { code, output } = await run(['vitest', 'run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  const files = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : []
  const results = projects.map((name) => ({ name, ...resultOf(files.filter((file) => isOf(name, file))) }))
  if (code !== 0 && results.every(({ failed }) => failed === 0)) results.push({ name: 'their run', passed: 0, failed: 1, failures: [tail(output)] })
  for (const result of results) record(result)
}

/** What is in none of the suites' folders is a unit's. */
function isOf(project, { name }) {
  const path = relative(ROOT, name)
  const [suite = 'unit'] = Object.keys(SUITES).filter((candidate) => path.startsWith(`${SUITES[candidate]}/`))
  return suite === project
}

/** A file that failed outside of its tests counts as one, and so does a project without any test: it was not looked at. */
function resultOf(files) {
  const all = files.flatMap(({ name, assertionResults }) => assertionResults.map((result) => ({ name, ...result })))
  const failures = [
    ...all.filter(({ status }) => status === 'failed').map(({ name, fullName, failureMessages }) => `${name}\n${fullName}\n${failureMessages.join('\n')}`),
    ...files
      .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every((result) => result.status !== 'failed'))
      .map(({ name, message }) => `${name}\n${message}`),
    ...(files.length === 0 ? ['none of its tests ran'] : []),
  ]
  return { passed: all.filter(({ status }) => status === 'passed').length, failed: failures.length, failures }
}

/** Builds before the first check that needs it; without a build none of them runs. */
async function isBuiltFor(name) {
  built ??= await check('build', [process.execPath, 'scripts/build.mjs'])
  return built || skip(name, 'nothing is built')
}

/** The tests in workerd run from source; all others run the built worker, and some of them a browser. */
async function isReadyFor(suite) {
  if (suite === 'workerd') return true
  if (!(await isBuiltFor(suite))) return false
  if (!IN_BROWSER.includes(suite)) return true
  try {
    env.PARLEY_BROWSER = await browser()
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return skip(suite, error.message)
  }
}

/** What could not run did not pass. */
function skip(name, why) {
  heading(name)
  console.log(why)
  record({ name, passed: 0, failed: 1, failures: [why] })
  return false
}

function run([command, ...args]) {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
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
