import { expect, test } from 'vitest'
import { isBlank, withoutEmptyEnds } from './message'

test.each(['', '  \n\t', '\u200b\u200b\u200d\u2060', '\u3164', '\u2800 \u2800', '\u00ad', '\ufe0f', '\u115f\u1160', '\u202e', '\u{e0041}', '\u034f\u0000'])(
  '[R13] %j shows nothing',
  (text) => {
    expect(isBlank(text)).toBe(true)
  },
)

test.each(['a', '\u200ba', '.', '👩‍🚀', '\u200f.', 'می‌خواهم', '0'])('%j shows something', (text) => {
  expect(isBlank(text)).toBe(false)
})

test.each([
  ['    def f():\n        return 1\n', '    def f():\n        return 1'],
  ['\n \n\t\n\ta\n\n', '\ta'],
  [' leading  ', ' leading'],
  ['a\n\n b', 'a\n\n b'],
  ['\u3000全角', '\u3000全角'],
  ['\r\n  a', '  a'],
])('[R80] %j is sent as %j', (typed, sent) => expect(withoutEmptyEnds(typed)).toBe(sent))

test('[R40] a text of white space, however long, is read once', () => {
  const before = performance.now()
  expect(withoutEmptyEnds(`${' '.repeat(1_000_000)}a`)).toHaveLength(1_000_001)
  expect(withoutEmptyEnds(`${'\n '.repeat(500_000)}a`)).toBe(' a')
  expect(performance.now() - before).toBeLessThan(2_000)
})
