import { expect, test } from 'vitest'
import { exactJson, exactText } from './exact-json'

test.each([
  [{ to: 'x' }, '{\n  "to": "x"\n}'],
  ['a\u202eb', '"a\\u202eb"'],
  ['a\u200bb\u00a0c\u3000d', '"a\\u200bb\\u00a0c\\u3000d"'],
  ['\u0000\u0007\u0085\u2028\u2029', '"\\u0000\\u0007\\u0085\\u2028\\u2029"'],
  ['\u2800\u115f\u{e0041}\ufe0f', '"\\u2800\\u115f\\udb40\\udc41\\ufe0f"'],
  ['two words\nתודה é 😀', '"two words\\nתודה é 😀"'],
  [{ '\u2066a': 1 }, '{\n  "\\u2066a": 1\n}'],
  [null, 'null'],
])('[R208] %j: nothing of it is hidden, and it is the same value', (value, shown) => {
  expect(exactJson(value)).toBe(shown)
  expect(JSON.parse(exactJson(value))).toEqual(value)
})

test('[R297] a text is written out as it stands, but for what turns or hides', () => {
  expect(exactText('one\n\ttwo \u202ethree\u200b')).toBe('one\n\ttwo \\u202ethree\\u200b')
})
