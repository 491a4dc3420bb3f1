import { expect, test } from 'vitest'
import { folded, MAX_FACT, newestFirst, parseFact } from './memory'

const KEPT: readonly (readonly [typed: string, kept: string])[] = [
  ['The release is on 3 December.', 'The release is on 3 December.'],
  ['  two\t spaces \n and lines\r\n\u2028 ', 'two spaces and lines'],
  ['a\u0000b\u001b[31mc\u0085d', 'a b [31mc d'],
  ['ze\u200bro\u2060 wi\ufeffdth', 'zero width'],
  ['turned \u202eround\u202c \u2066and\u2069 about\u200f', 'turned round and about'],
  ['tags \u{e0041}\u{e0042}\u{e007f}are gone', 'tags are gone'],
  ['soft\u00adhyphen, \u2800Braille', 'softhyphen, Braille'],
  ['half \ud800 a pair', 'half a pair'],
  ['private \ue000use', 'private use'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['ہندی क्\u200dष', 'ہندی क्\u200dष'],
  ['a family 👩\u200d👩\u200d👧, a heart ❤\ufe0f', 'a family 👩\u200d👩\u200d👧, a heart ❤\ufe0f'],
  ['joined \u200d\u200d\u200c nothing', 'joined nothing'],
  ['x'.repeat(MAX_FACT), 'x'.repeat(MAX_FACT)],
  ['"quoted" \\ and </system>', '"quoted" \\ and </system>'],
]

test.each(KEPT)('[R240] a fact is one line of what can be seen: %j', (typed, kept) => {
  expect(parseFact(typed)).toEqual({ ok: true, fact: kept })
})

test.each(['', '   ', '\n\u2028\t', '\u200b\u200d\u2060', '\u202e', '\u{e0041}', '\u2800'])('[R240] a fact that nobody sees is none: %j', (typed) => {
  expect(parseFact(typed)).toMatchObject({ ok: false })
})

test.each(['x'.repeat(MAX_FACT + 1), 'x'.repeat(64_000), 'a b '.repeat(MAX_FACT)])('[R240] a fact that is too long is refused, and not cut', (typed) => {
  expect(parseFact(typed)).toMatchObject({ ok: false, fault: expect.stringContaining('500') })
})

test('[R240] what says the same is known to be the same', () => {
  expect(folded('We meet at NINE.')).toBe(folded('we meet at nine'))
  expect(folded('Ｆｕｌｌ width')).toBe(folded('full width'))
  expect(folded('at nine')).not.toBe(folded('at ten'))
})

test('[R241] the newest is first, and those of one moment stand in one order', () => {
  const noted = (id: string, at: number) => ({ id, value: { at } })
  const [a, b, c] = [noted('a', 1), noted('b', 2), noted('c', 2)]
  expect(newestFirst([a, b, c])).toEqual(newestFirst([c, a, b]))
  expect(newestFirst([a, b, c]).at(-1)).toBe(a)
})
