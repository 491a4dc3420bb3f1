import { expect, test } from 'vitest'
import { ShownSecrets } from './shown-secrets'

const SECRET = 'se"cret-of-theirs'

test.each<readonly [value: unknown, clean: unknown]>([
  [`you sent Bearer ${SECRET}!`, 'you sent Bearer [secret]!'],
  [{ [SECRET]: [SECRET, 1, null, { a: `x${SECRET}${SECRET}` }] }, { '[secret]': ['[secret]', 1, null, { a: 'x[secret][secret]' }] }],
  [{ a: 12_345_678 }, { a: 12_345_678 }],
  [{ a: 'short is left' }, { a: 'short is left' }],
  [undefined, undefined],
])('[R263] of %j what was shown is taken out', (value, clean) => {
  const shown = new ShownSecrets()
  for (const secret of [SECRET, '12345678', 'short']) shown.add(secret)
  expect(shown.without(value)).toEqual(clean)
})

test('[R263] the last few that were shown are remembered, and nothing where nothing was', () => {
  const shown = new ShownSecrets()
  expect([shown.add(null), shown.latest]).toEqual([undefined, null])
  for (const secret of ['first-secret', 'second-secret', 'third-secret', 'third-secret', 'fourth-secret', 'fifth-secret']) shown.add(secret)
  expect([shown.latest, shown.without('first-secret second-secret fifth-secret')]).toEqual(['fifth-secret', 'first-secret [secret] [secret]'])
})
