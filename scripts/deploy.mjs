// `npm run deploy`: builds Parley and puts it on Cloudflare, making the database the first time.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { claimLink } from './claim-link.mjs'
import { Failure, fail } from './failure.mjs'
import { giveSecret } from './secret-on-cloudflare.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const SOURCE = join(ROOT, 'wrangler.jsonc')
const BUILT = join(ROOT, 'dist/worker/wrangler.json')
const NO_DATABASE = '"database_id": "00000000-0000-0000-0000-000000000000"'

try {
  signedIn()
  nameDatabase()
  step('Building', [join(ROOT, 'scripts/build.mjs')])
  wrangler('Bringing the database up to date', ['d1', 'migrations', 'apply', 'parley', '--remote', '--config', SOURCE])
  wrangler('Deploying', ['deploy', '--config', BUILT])
  const secret = giveSecret((args, input) => run([...args, '--config', BUILT], input))
  if (secret) {
    const code = new URL(await claimLink('https://parley.invalid', secret)).pathname
    console.log(
      `\nNobody owns this Parley yet. Whoever opens this path at its address does; it works once, for a week:\n${code}\nA new one: npm run claim -- --deployed https://its.address`,
    )
  }
  console.log('\nParley is deployed. Give it a model with `npx wrangler secret put OPENAI_API_KEY` (or ANTHROPIC_API_KEY) and `npx wrangler secret put MODEL`.')
} catch (error) {
  fail(error)
}

function signedIn() {
  if (run(['whoami', '--json']).status === 0) return
  throw new Failure('Cloudflare does not know you yet: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID, then deploy again.')
}

/** The first time, the database is made and its id written into wrangler.jsonc, to be committed. */
function nameDatabase() {
  const source = readFileSync(SOURCE, 'utf8')
  if (!source.includes(NO_DATABASE)) return
  const id = databaseId() ?? createDatabase()
  writeFileSync(SOURCE, source.replace(NO_DATABASE, `"database_id": "${id}"`))
  console.log('Wrote the id of the database into wrangler.jsonc: commit it.')
}

function createDatabase() {
  wrangler('Making the database', ['d1', 'create', 'parley'])
  const id = databaseId()
  if (!id) throw new Failure('The database was made, but cannot be found: `npx wrangler d1 list` should name it.')
  return id
}

function databaseId() {
  const { status, stdout } = run(['d1', 'list', '--json'])
  if (status !== 0) throw new Failure('The databases of your account cannot be listed: the token needs the permission D1:Edit.')
  return JSON.parse(stdout).find(({ name }) => name === 'parley')?.uuid ?? null
}

function wrangler(what, args) {
  step(what, [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), ...args])
}

function step(what, args) {
  console.log(`\n${what} …`)
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false' } })
  if (status !== 0) throw new Failure(`${what} failed: the messages above say why.`)
}

function run(args, input) {
  return spawnSync(process.execPath, [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    input,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  })
}
