import { expect, test } from 'vitest'
import { isBlank } from './message'

test.each(['', '  \n\t', '\u200b\u200b\u200d\u2060', '\u3164', '\u2800 \u2800', '\u00ad', '\ufe0f', '\u115f\u1160', '\u202e', '\u{e0041}', '\u034f\u0000'])(
  '[R13] %j shows nothing',
  (text) => {
    expect(isBlank(text)).toBe(true)
  },
)

test.each(['a', '\u200ba', '.', '👩‍🚀', '\u200f.', 'می‌خواهم', '0'])('%j shows something', (text) => {
  expect(isBlank(text)).toBe(false)
})
