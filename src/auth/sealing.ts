// Secrets of others at rest: AES-GCM under a key derived from the instance's own secret, which is not in the database. What was sealed
// for one purpose opens for no other: whoever writes into the database moves no key to an address of their own.
import { isGoodSecret } from './secret'
import { fromBase64Url, toBase64Url } from './base64'

/** The same secret signs sessions and links: this keeps keys apart. */
const LABEL = 'parley: keys of connected models, version 1'
const MARK_LABEL = 'parley: marks of addresses, version 1'
const IV_BYTES = 12

/** `purpose`: everything that must be the same when it is opened. */
export async function seal(text: string, purpose: string, secret: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(purpose) }, await sealingKey(secret), bytesOf(text))
  return toBase64Url(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
}

/** Null where it was sealed under another secret, for another purpose, or was changed. */
export async function unseal(sealed: string, purpose: string, secret: string): Promise<string | null> {
  const bytes = fromBase64Url(sealed)
  if (bytes === null || bytes.length <= IV_BYTES) return null
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES), additionalData: bytesOf(purpose) },
      await sealingKey(secret),
      bytes.subarray(IV_BYTES),
    )
    return new TextDecoder().decode(opened)
  } catch {
    return null
  }
}

/** A word of eight letters and digits by which a text is known again, and from which nobody without the secret finds it. */
export async function markOf(text: string, secret: string): Promise<string> {
  const key = await keyFrom(secret, MARK_LABEL, { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign'])
  const mark = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(text)))
  return Array.from(mark.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The instance's own. Throws where it has no good one: its door has refused everything then. */
export function secretOf({ BETTER_AUTH_SECRET: secret }: { readonly BETTER_AUTH_SECRET?: string }): string {
  if (!isGoodSecret(secret)) throw new Error('no secret to seal keys with')
  return secret
}

function sealingKey(secret: string): Promise<CryptoKey> {
  return keyFrom(secret, LABEL, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt'])
}

async function keyFrom(secret: string, label: string, algorithm: AesKeyGenParams | HmacKeyGenParams, uses: KeyUsage[]): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', bytesOf(secret), 'HKDF', false, ['deriveKey'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: bytesOf(label) }
  return crypto.subtle.deriveKey(derivation, material, algorithm, false, uses)
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}
