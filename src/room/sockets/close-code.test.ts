import { expect, test } from 'vitest'
import { maySayClose } from './close-code'

test.each([
  [999, false],
  [1000, true],
  [1003, true],
  [1004, false],
  [1005, false],
  [1006, false],
  [1007, true],
  [1014, true],
  [1015, false],
  [1016, false],
  [2999, false],
  [3000, true],
  [4999, true],
  [5000, false],
  [65_535, false],
])('[R16] %i may be said: %s', (code, may) => {
  expect(maySayClose(code)).toBe(may)
})
