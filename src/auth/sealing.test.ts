import { expect, test } from 'vitest'
import { seal, unseal } from './sealing'

const SECRET = 'a secret of this instance, long enough'
const KEY = 'sk-live-0123456789'

test('[R160] what was sealed opens under the same secret for the same purpose, and is nowhere in what is kept', async () => {
  const sealed = await seal(KEY, 'openai', SECRET)
  expect(await unseal(sealed, 'openai', SECRET)).toBe(KEY)
  expect(sealed).not.toContain(KEY)
  expect(atob(sealed.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain(KEY)
})

test('[R160] two seals of one key tell nobody that they are of one key', async () => {
  expect(await seal(KEY, 'openai', SECRET)).not.toBe(await seal(KEY, 'openai', SECRET))
})

test('[R160] nothing else opens it: another secret, another purpose, any change, or what was never sealed', async () => {
  const sealed = await seal(KEY, 'openai', SECRET)
  expect(await unseal(sealed, 'openai', `${SECRET}.`)).toBeNull()
  expect(await unseal(sealed, 'https://evil.example/v1', SECRET)).toBeNull()
  for (let at = 0; at < sealed.length - 1; at += 1) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    expect(await unseal(changed, 'openai', SECRET), String(at)).toBeNull()
  }
  for (const none of ['', 'A', 'AAAAAAAAAAAAAAAA', sealed.slice(1), `${sealed}!`, 'x'.repeat(5_000)]) expect(await unseal(none, 'openai', SECRET)).toBeNull()
})
