import { expect, test } from 'vitest'
import { newMessageId } from '../../conversation/ids'
import { MAX_QUESTION_LENGTH } from '../../conversation/message'
import { PAGE_SIZE } from '../../conversation/page'
import { parseJson } from '../client/parse-json'
import { MAX_VALUES, parseQuestion } from './question'

const held = (replies: number, parts: number, length: unknown = 1_000) => ({
  type: 'growth',
  held: Array.from({ length: replies }, () => [newMessageId(), Array.from({ length: parts }, () => length)]),
})
const read = (frame: object) => {
  const text = JSON.stringify(frame)
  return parseQuestion(parseJson(text, MAX_VALUES), text.length)
}

test.each([
  ['nothing', held(0, 0)],
  ['eight replies with all the parts that they may have', held(8, 1_000)],
  ['a page of replies', held(PAGE_SIZE, 10)],
])('[R16] a question about growth that holds %s is one', (_what, frame) => {
  expect(read(frame)).toEqual(frame)
})

test.each([
  ['more replies than a page', held(PAGE_SIZE + 1, 1)],
  ['more parts than a reply has', held(1, 1_001)],
  ['more numbers than any room', held(9, 1_000)],
  ['lengths below nothing', held(8, 100, -1)],
  ['lengths that are no numbers', held(8, 100, '1')],
  ['fractions', held(1, 1, 1.5)],
  ['what is no list', { type: 'growth', held: {} }],
  ['no id', { type: 'growth', held: [['', [1]]] }],
  ['more than it says', { ...held(1, 1), more: 1 }],
])('[R16] [R60] one that holds %s is none', (_what, frame) => {
  expect(read(frame)).toBeNull()
})

test('[R60] only what names what is held may be long', () => {
  expect(parseQuestion({ type: 'since', version: 1 }, MAX_QUESTION_LENGTH)).not.toBeNull()
  expect(parseQuestion({ type: 'since', version: 1 }, MAX_QUESTION_LENGTH + 1)).toBeNull()
})
