// The key that signs sessions. better-auth falls back to one that it publishes: whoever knows it can be anybody.

/** As many characters as 32 random bytes need not even fill. */
export const MIN_SECRET_LENGTH = 32

const PUBLISHED = 'better-auth-secret-12345678901234567890'
/** Fewer different characters than that are no chance: an example copied, or a key held down. */
const MIN_DIFFERENT = 10

/** Whether sessions may be signed with it: 32 characters or more, of some variety, and not the one that everybody knows. */
export function isGoodSecret(secret: unknown): secret is string {
  if (typeof secret !== 'string' || secret === PUBLISHED) return false
  return secret.trim().length >= MIN_SECRET_LENGTH && new Set(secret).size >= MIN_DIFFERENT
}
