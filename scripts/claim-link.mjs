// The one-time link that makes its opener the owner of an instance, and whether it still needs one.
import { makeClaimCode } from '../src/auth/claim.ts'

/** @param {string} origin where people reach Parley */
export async function claimLink(origin, secret) {
  return `${new URL(origin).origin}/claim/${await makeClaimCode(secret, Date.now())}`
}

/** What `npm start` says until somebody owns the instance; null from then on. `database` is the D1 of the running server. */
export async function claimNotice(database, origin, secret) {
  const owner = await database.prepare('SELECT owner_id FROM instance').first()
  if (owner) return null
  return `Nobody owns this Parley yet. Whoever opens this link does; it works once, for a week:\n${await claimLink(origin, secret)}\n`
}
