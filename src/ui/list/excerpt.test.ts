import { expect, test } from 'vitest'
import { excerptOf } from './excerpt'

const of = (...texts: readonly string[]) => excerptOf({ parts: texts.map((text) => ({ type: 'text' as const, text })) })

test.each([
  ['one line', ['Hello there'], 'Hello there'],
  ['lines and tabs', ['  one\n\ttwo\r\n\nthree '], 'one two three'],
  ['two parts', ['one', 'two'], 'one two'],
  ['marks, as typed', ['**bold** <b>'], '**bold** <b>'],
  ['nothing', [], ''],
  ['blanks', [' \n '], ''],
  ['much', ['a'.repeat(32_000)], 'a'.repeat(120)],
  ['much after many blanks', [`${' '.repeat(2_000)}a`], ''],
  ['pictures, none cut in two', [`a${'😀'.repeat(200)}`], `a${'😀'.repeat(119)}`],
])('[R171] the beginning of a message in one line: %s', (_what, texts, line) => {
  expect(of(...texts)).toBe(line)
  expect(of(...texts).isWellFormed()).toBe(true)
})
