// The key that signs sessions: given by the environment, or made once and kept with the data.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGoodSecret, MIN_SECRET_LENGTH } from '../src/auth/secret.ts'
import { Failure } from './failure.mjs'

const HOW = 'make one with `openssl rand -base64 32`'

/** `given` is BETTER_AUTH_SECRET. Refuses with a Failure what would sign sessions that others can forge. */
export function secretFor(dataDir, given) {
  if (given === undefined) return secretIn(dataDir)
  if (isGoodSecret(given)) return given
  throw new Failure(
    `BETTER_AUTH_SECRET is too weak to sign sessions: it takes ${MIN_SECRET_LENGTH} random characters or more; ${HOW}, or leave it out and Parley keeps one with its data.`,
  )
}

/** With another secret everybody is signed out, so only an empty file is replaced: a full disk leaves one. */
function secretIn(dataDir) {
  const path = join(dataDir, 'auth-secret')
  const kept = existsSync(path) ? readFileSync(path, 'utf8').trim() : null
  if (kept !== null && kept !== '') {
    if (isGoodSecret(kept)) return kept
    throw new Failure(`${path} is too weak to sign sessions: ${HOW} and write it there, or remove the file and Parley makes one; everybody signs in anew then.`)
  }
  if (kept === '') console.error(`${path} was empty, so a new key was made: everybody signs in anew.`)
  const secret = randomBytes(32).toString('base64url')
  // Whole or not at all.
  writeFileSync(`${path}.new`, secret, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return secret
}
