import { expect, it } from 'vitest'
import { isGoodSecret } from './secret'

it.each([undefined, null, '', ' '.repeat(40), 'short', 'a'.repeat(64), 'abc'.repeat(20), 'better-auth-secret-12345678901234567890'])(
  '[R34] %j signs no session',
  (secret) => expect(isGoodSecret(secret)).toBe(false),
)

it.each(['0123456789abcdef0123456789abcdef', 'q9Jc-0dXbH1r_WkVtY3uZs7LmPoE5iNfGa2hTx4RyKw'])('[R34] %s does', (secret) =>
  expect(isGoodSecret(secret)).toBe(true),
)
