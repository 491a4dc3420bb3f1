// The key that signs sessions on Cloudflare: nobody has to know it, so it is made once. Another one would sign everybody out.
import { randomBytes } from 'node:crypto'
import { Failure } from './failure.mjs'

const BY_HAND =
  'It refuses to serve until it has one: deploy again, or, if it never had one, run `npx wrangler secret put BETTER_AUTH_SECRET` with 32 random characters or more.'

/**
 * @param {(args: string[], input?: string) => { status: number | null, stdout: string }} wrangler runs it for the deployed worker
 * @returns {string | null} the key, when it was made now
 * Refuses with a Failure when wrangler does, and then changes nothing.
 */
export function giveSecret(wrangler) {
  const { status, stdout } = wrangler(['secret', 'list'])
  const names = status === 0 ? namesIn(stdout) : null
  if (names === null) throw new Failure(`Parley is deployed, but its secrets cannot be listed, so none was made or changed. ${BY_HAND}`)
  if (names.includes('BETTER_AUTH_SECRET')) return null
  const secret = randomBytes(32).toString('base64url')
  const put = wrangler(['secret', 'put', 'BETTER_AUTH_SECRET'], secret)
  if (put.status !== 0) throw new Failure(`Parley is deployed, but its secret could not be stored. ${BY_HAND}`)
  return secret
}

/** Null for anything but the list that wrangler prints. */
function namesIn(stdout) {
  try {
    return JSON.parse(stdout).map(({ name }) => name)
  } catch {
    return null
  }
}
