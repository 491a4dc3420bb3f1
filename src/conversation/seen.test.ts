import { expect, test } from 'vitest'
import { cleaned, legible, seen } from './seen'

const TAG = '\u{e0041}'
const APART = '\udb40\u200b\udc41'

test.each([
  ['tag characters', `a${TAG}b`, 'ab'],
  ['their halves, with a space of no width between them', `a${APART}b`, 'ab'],
  ['halves within halves', `a\udb40\udb40\u200b\udc41\udc41b`, 'ab'],
  ['one half', 'a\ud800b', 'ab'],
  ['what turns a line around', 'a\u202eb\u2069', 'ab'],
  ['selectors and fillers', 'a\ufe01\u3164\u{e0100}b', 'ab'],
  ['ends of lines and tabs stay', 'a\n\tb', 'a\n\tb'],
])('[R226] [R297] %s', (_, text, clean) => {
  expect([seen(text), legible(text)]).toEqual([clean, clean])
})

test('[R297] letters and pictures that are written with joiners stay legible', () => {
  expect(legible('می\u200cخواهم 👩\u200d💻 ❤\ufe0f')).toBe('می\u200cخواهم 👩\u200d💻 ❤\ufe0f')
})

test('[R297] what was cleaned has nothing more to be cleaned of, also once it was JSON', () => {
  const units = ['\udb40', '\udc41', '\u200b', '\u200d', TAG, 'a', '👩', '\ufe0f']
  const words = Array.from({ length: 5 }).reduce<readonly string[]>((all) => all.flatMap((word) => units.map((unit) => word + unit)), [''])
  for (const clean of [seen, legible]) {
    const once = JSON.parse(JSON.stringify(cleaned({ a: words }, clean))) as unknown
    expect(cleaned(once, clean)).toEqual(once)
    expect(JSON.stringify(once)).not.toMatch(/\\u|\u200b|[\u{e0000}-\u{e007f}]/u)
  }
})
