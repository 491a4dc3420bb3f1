// `npm run claim`: prints a new one-time link to own this Parley. Whoever opens it takes the place of the owner so far.
// `npm run claim -- --deployed https://chat.example`: the same for the one that `npm run deploy` put on Cloudflare.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { claimLink } from './claim-link.mjs'
import { Failure, fail } from './failure.mjs'
import { readSettings } from './settings.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const BUILT = join(ROOT, 'dist/worker/wrangler.json')

try {
  const [flag, address] = process.argv.slice(2)
  if (flag !== undefined && flag !== '--deployed')
    throw new Failure(`${flag} is nothing that \`npm run claim\` knows: leave it out, or write --deployed and the address.`)
  const link = flag === '--deployed' ? await deployedLink(address) : await localLink()
  console.log(`\nWhoever opens this link owns this Parley; it works once, for a week, and older links work no more once it was used:\n${link}\n`)
} catch (error) {
  fail(error)
}

/** Signed with the secret that the server of this data directory has, or will have: it need not be told. */
async function localLink() {
  const { port, variables } = await readSettings(process.env, () => [])
  return claimLink(variables.PUBLIC_URL || `http://localhost:${port}`, variables.BETTER_AUTH_SECRET)
}

/** Cloudflare shows nobody the secret of a worker, so it is given another one, for links alone. Older links of `--deployed` end with it. */
async function deployedLink(address) {
  if (!/^https?:$/.test(URL.parse(address ?? '')?.protocol ?? ''))
    throw new Failure('Say where people reach it: `npm run claim -- --deployed https://chat.example`.')
  if (!existsSync(BUILT)) throw new Failure('Parley is not built here: run `npm run deploy` first.')
  const key = randomBytes(32).toString('base64url')
  const wrangler = [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), 'secret', 'put', 'CLAIM_KEY', '--config', BUILT]
  const { status } = spawnSync(process.execPath, wrangler, {
    cwd: ROOT,
    input: key,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  })
  if (status !== 0) throw new Failure('The key for the link could not be stored: the messages above say why.')
  return claimLink(address, key)
}
