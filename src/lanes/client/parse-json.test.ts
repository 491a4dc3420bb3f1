import { expect, test } from 'vitest'
import { FEW_VALUES, parseJson } from './parse-json'

const nested = (depth: number, inner = '1') => '['.repeat(depth) + inner + ']'.repeat(depth)
const list = (length: number) => `[${Array.from({ length }, () => 0).join()}]`
const object = (keys: number) => `{${Array.from({ length: keys }, (_, key) => `"k${key}":0`).join()}}`

test.each([
  ['null', null],
  ['""', ''],
  ['{}', {}],
  [nested(12), [[[[[[[[[[[[1]]]]]]]]]]]]],
  ['{"a":{"b":[{"c":[[]]}]}}', { a: { b: [{ c: [[]] }] } }],
  // Within a string nothing is a bracket or a comma, however the string is written.
  [JSON.stringify('['.repeat(1_000)), '['.repeat(1_000)],
  [JSON.stringify(','.repeat(1_000)), ','.repeat(1_000)],
  [`{"text":"\\"${'['.repeat(100)}"}`, { text: `"${'['.repeat(100)}` }],
  [`["\\\\",${JSON.stringify('{'.repeat(100))}]`, ['\\', '{'.repeat(100)]],
  [`{"${'['.repeat(20)}":1}`, { ['['.repeat(20)]: 1 }],
  [list(FEW_VALUES - 1), Array.from({ length: FEW_VALUES - 1 }, () => 0)],
])('[R60] %s is read', (text, value) => {
  expect(parseJson(text)).toEqual(value)
})

test.each([
  ['thirteen lists in one another', nested(13)],
  ['thirteen objects in one another', '{"a":'.repeat(13) + '1' + '}'.repeat(13)],
  ['lists, as deep as a frame is long', nested(32_000, '')],
  ['lists that never end', '['.repeat(32_000)],
  ['a depth after a string that ends in a backslash', `["\\\\",${nested(12)}]`],
  ['a depth that was left before', `[${nested(11)},${nested(12)}]`],
  ['one value too many', list(FEW_VALUES)],
  ['a key too many', object(FEW_VALUES)],
  ['many empty lists', `[${'[],'.repeat(20_000)}[]]`],
  ['a string without an end', `"${'['.repeat(1_000)}`],
  ['a backslash at the end', '"\\'],
  ['no JSON', '{'],
  ['nothing', ''],
])('[R60] %s is not', (_what, text) => {
  expect(parseJson(text)).toBeUndefined()
})

test('[R60] whoever expects more values says how many', () => {
  expect(parseJson(list(1_000), 1_001)).toHaveLength(1_000)
  expect(parseJson(list(1_000), 1_000)).toBeUndefined()
})
