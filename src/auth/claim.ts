// The one-time link that makes its opener the instance's owner. A code proves itself: whoever knows the instance's secret
// can make one, and no running server has to be told. That it is used only once, the database remembers. Imports nothing but
// its letters, because the scripts that print links read this file too.
import { fromBase64Url, toBase64Url } from './base64.ts'

/** How long a code can be used, ms: a week. */
export const CLAIM_MS = 7 * 24 * 60 * 60 * 1_000

const NONCE_BYTES = 16
const TIME_BYTES = 6
const SIGNED_BYTES = NONCE_BYTES + TIME_BYTES
const MAC_BYTES = 32

/** The same secret signs sessions: this keeps their signatures from being codes. */
const LABEL = 'parley: claim of the instance, version 1'

export interface Claim {
  /** By it the database knows that a code was used. */
  readonly nonce: string
  /** Ms since 1970. */
  readonly issuedAt: number
}

/** A new code, for the address `/claim/:code`. `now` is ms since 1970. */
export async function makeClaimCode(secret: string, now: number): Promise<string> {
  const code = new Uint8Array(SIGNED_BYTES + MAC_BYTES)
  crypto.getRandomValues(code.subarray(0, NONCE_BYTES))
  const time = new DataView(code.buffer, NONCE_BYTES, TIME_BYTES)
  time.setUint16(0, Math.floor(now / 2 ** 32))
  time.setUint32(2, now % 2 ** 32)
  const mac = await crypto.subtle.sign('HMAC', await keyOf(secret, 'sign'), code.subarray(0, SIGNED_BYTES))
  code.set(new Uint8Array(mac), SIGNED_BYTES)
  return toBase64Url(code)
}

/** What a code claims; null when none of these secrets made it or its time is over. Compared in constant time. */
export async function readClaimCode(code: string, secrets: readonly string[], now: number): Promise<Claim | null> {
  const bytes = fromBase64Url(code)
  if (bytes?.length !== SIGNED_BYTES + MAC_BYTES) return null
  const signed = bytes.subarray(0, SIGNED_BYTES)
  const made = await Promise.all(
    secrets.map(async (secret) => crypto.subtle.verify('HMAC', await keyOf(secret, 'verify'), bytes.subarray(SIGNED_BYTES), signed)),
  )
  const time = new DataView(bytes.buffer, NONCE_BYTES, TIME_BYTES)
  const issuedAt = time.getUint16(0) * 2 ** 32 + time.getUint32(2)
  if (!made.includes(true) || now >= issuedAt + CLAIM_MS) return null
  return { nonce: toBase64Url(bytes.subarray(0, NONCE_BYTES)), issuedAt }
}

/** The instance's own secret, and the one that `npm run claim -- --deployed` gave it for links alone. */
export function claimSecrets(env: { readonly BETTER_AUTH_SECRET?: string; readonly CLAIM_KEY?: string }): readonly string[] {
  return [env.BETTER_AUTH_SECRET, env.CLAIM_KEY].flatMap((secret) => secret || [])
}

async function keyOf(secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> {
  const text = new Uint8Array(new TextEncoder().encode(`${LABEL}\n${secret}`))
  return crypto.subtle.importKey('raw', text, { name: 'HMAC', hash: 'SHA-256' }, false, [use])
}
