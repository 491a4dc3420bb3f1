// Who owns this instance: nobody, until somebody opens the one-time link that it printed.
import { claimSecrets, readClaimCode, type Claim } from '../../auth/claim'
import type { MemberId } from '../../conversation/ids'
import { LOBBY } from '../../conversation/ids'

export async function instanceOwner(env: Env): Promise<MemberId | null> {
  return env.DB.prepare('SELECT owner_id AS id FROM instance').first<MemberId>('id')
}

/** Whether a link with this code would still make somebody the owner. */
export async function isOpenClaim(env: Env, code: string, now: number): Promise<boolean> {
  const claim = await readClaimCode(code, claimSecrets(env), now)
  if (!claim) return false
  const passed = await env.DB.prepare('SELECT 1 FROM claim_used WHERE nonce = ?1 UNION SELECT 1 FROM instance WHERE claimed_at >= ?2')
    .bind(claim.nonce, claim.issuedAt)
    .first()
  return passed === null
}

/**
 * Gives the instance to this person. False when the code was used before, or is older than the newest claim: a link
 * that somebody finds in an old log is worth nothing.
 */
export async function claimInstance(env: Env, { nonce, issuedAt }: Claim, person: MemberId, now: number): Promise<boolean> {
  const [used] = await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO claim_used (nonce, user_id, used_at) SELECT ?1, ?2, ?3
       WHERE NOT EXISTS (SELECT 1 FROM instance WHERE claimed_at >= ?4) ON CONFLICT DO NOTHING`,
    ).bind(nonce, person, now, issuedAt),
    env.DB.prepare(
      `INSERT INTO instance (one, owner_id, claimed_at) SELECT 1, user_id, used_at FROM claim_used WHERE nonce = ?1 AND user_id = ?2 AND used_at = ?3
       ON CONFLICT (one) DO UPDATE SET owner_id = excluded.owner_id, claimed_at = excluded.claimed_at`,
    ).bind(nonce, person, now),
    env.DB.prepare('UPDATE room SET owner_id = (SELECT owner_id FROM instance) WHERE id = ?').bind(LOBBY),
  ])
  return (used?.meta.changes ?? 0) > 0
}
