import { expect, test } from 'vitest'
import { CLAIM_MS, makeClaimCode, readClaimCode } from './claim'

const NOW = 1_800_000_000_000
const SECRET = 'a secret of thirty-two characters'

test('[R74] a code is known by the secret that made it, and by no other', async () => {
  const code = await makeClaimCode(SECRET, NOW)
  expect(code).toMatch(/^[A-Za-z0-9_-]{72}$/)
  expect(await readClaimCode(code, [SECRET], NOW)).toMatchObject({ issuedAt: NOW })
  expect(await readClaimCode(code, ['another', SECRET], NOW)).toMatchObject({ issuedAt: NOW })
  expect(await readClaimCode(code, ['another'], NOW)).toBeNull()
  expect(await readClaimCode(code, [], NOW)).toBeNull()
})

test('[R74] a code lasts a week', async () => {
  const code = await makeClaimCode(SECRET, NOW)
  expect(await readClaimCode(code, [SECRET], NOW + CLAIM_MS - 1)).not.toBeNull()
  expect(await readClaimCode(code, [SECRET], NOW + CLAIM_MS)).toBeNull()
})

test('[R74] a code of which any character was changed, or that is no code at all, is none', async () => {
  const code = await makeClaimCode(SECRET, NOW)
  for (let at = 0; at < code.length; at++) {
    const changed = `${code.slice(0, at)}${code[at] === 'A' ? 'B' : 'A'}${code.slice(at + 1)}`
    expect([at, await readClaimCode(changed, [SECRET], NOW)]).toEqual([at, null])
  }
  for (const none of ['', '.', '%', code.slice(1), `${code}A`, `${code}=`, 'A'.repeat(72), 'A'.repeat(100_000), 'ä'.repeat(72)]) {
    expect(await readClaimCode(none, [SECRET], NOW)).toBeNull()
  }
})

test('[R74] every code is another', async () => {
  const codes = await Promise.all(Array.from({ length: 50 }, () => makeClaimCode(SECRET, NOW)))
  expect(new Set(codes).size).toBe(50)
})
