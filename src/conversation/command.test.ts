import { expect, test } from 'vitest'
import { parseCommand } from './command'

const id = 'message-1'

test.each([
  { type: 'post', id, text: 'hello' },
  { type: 'post', id, text: '' },
  { type: 'stop' },
  { type: 'stop', id },
  { type: 'retry', id },
  { type: 'clear' },
  { type: 'typing' },
])('$type is a command', (input) => expect(parseCommand(input)).toEqual({ ok: true, value: input }))

test.each<[string, unknown]>([
  ['a type that nobody knows', { type: 'drop' }],
  ['no type', { id, text: 'hello' }],
])('%s is an unknown command', (_, input) => expect(parseCommand(input)).toMatchObject({ ok: false, refusal: { code: 'unknown_command' } }))

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'post'],
  ['a list', []],
  ['a post without words', { type: 'post', id }],
  ['words that are none', { type: 'post', id, text: 7 }],
  ['an id that is too short', { type: 'post', id: 'short', text: 'hello' }],
  ['an id that leads elsewhere', { type: 'retry', id: '../../etc' }],
  ['a retry of nothing', { type: 'retry' }],
])('%s is malformed', (_, input) => expect(parseCommand(input)).toMatchObject({ ok: false, refusal: { code: 'malformed' } }))

test.each(['author', 'role', 'seq', 'metadata'])('[L2] a post that names its own %s is malformed', (claim) => {
  const parsed = parseCommand({ type: 'post', id, text: 'hello', [claim]: 'parley' })
  expect(parsed).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
})

test('says what is wrong, and where', () => {
  expect(parseCommand({ type: 'post', id, text: 7 })).toMatchObject({ refusal: { message: expect.stringContaining('“text” has to be a text') } })
})
