import { expect, test } from 'vitest'
import { cleanName, MAX_NAME_LENGTH } from './member'

test.each([
  ['Ann', 'Ann'],
  ['  Ann   Lee ', 'Ann Lee'],
  ['Ann\nLee', 'Ann Lee'],
  ['Ann\u0000\u0007Lee', 'Ann Lee'],
  ['\u202eAnn', 'Ann'],
  ['Łukasz 🙂', 'Łukasz 🙂'],
  ['x'.repeat(MAX_NAME_LENGTH), 'x'.repeat(MAX_NAME_LENGTH)],
])('%j is kept as %j', (name, kept) => expect(cleanName(name)).toBe(kept))

test.each([[''], ['   '], ['\u0000\u200b'], ['x'.repeat(MAX_NAME_LENGTH + 1)], [7], [null], [undefined], [['Ann']]])('%j is no name', (name) => {
  expect(cleanName(name)).toBeNull()
})
