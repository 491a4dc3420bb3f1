import { describe, expect, test } from 'vitest'
import type { MemberId } from '../../conversation/ids'
import { type Mentionable, mentionAt, mentionOf, MOST_SUGGESTED, suggested } from './mention-at'

/** The cursor is where the bar stands. */
const at = (marked: string) => mentionAt(marked.replace('|', ''), marked.indexOf('|'))

describe('[R178] a name is being typed', () => {
  test.each([
    ['@|', 0, ''],
    ['@An|', 0, 'An'],
    ['Hello @an| and more', 6, 'an'],
    ['one\n@Ann Le|', 4, 'Ann Le'],
    ['(@An|', 1, 'An'],
    ['**@An|', 2, 'An'],
    ['＠李|', 0, '李'],
    ['你好@李|', 2, '李'],
    ['@Ann and @Bo|', 9, 'Bo'],
    ['`code` @An|', 7, 'An'],
  ])('%s', (marked, start, typed) => expect(at(marked)).toEqual({ start, typed }))

  test.each([
    'hello|',
    '|@Ann',
    'ann@example|',
    'ann.lee@|',
    'https://example.com/@ann|',
    '`@An|`',
    '`@An|',
    'a `b` `@An|',
    '```\n@An|\n```',
    '```\n@An|',
    '~~~\n@An|',
    '@ An|',
    '@Ann\nhello|',
    `@${'a'.repeat(200)}|`,
  ])('not in %j', (marked) => expect(at(marked)).toBeNull())

  test('bounded, whatever the text', () => {
    const began = performance.now()
    for (const text of ['@'.repeat(32_000), '`@'.repeat(16_000), `${'`'.repeat(31_000)} @a`, 'a@'.repeat(16_000)]) mentionAt(text, text.length)
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

const person = (name: string): Mentionable => ({ id: name as MemberId, name, kind: 'person' })
const agent = (name: string, handle: string): Mentionable => ({ ...person(name), kind: 'agent', handle })
const ALL = [
  agent('Parley', 'parley'),
  agent('Die Kritikerin', 'critic'),
  person('Ann'),
  person('Ann Lee'),
  person('Zoë'),
  person('Peter Pan'),
  person('李雷'),
  person('Ann\u00a0#2'),
]

describe('[R178] suggestions', () => {
  test.each([
    ['', ALL.map(({ name }) => name)],
    ['p', ['Parley', 'Peter Pan']],
    ['PA', ['Parley', 'Peter Pan']],
    ['pan', ['Peter Pan']],
    ['cri', ['Die Kritikerin']],
    ['krit', ['Die Kritikerin']],
    ['zoe', ['Zoë']],
    ['ann', ['Ann', 'Ann Lee', 'Ann\u00a0#2']],
    ['ann l', ['Ann Lee']],
    ['ann #', ['Ann\u00a0#2']],
    ['李', ['李雷']],
    ['x', []],
    ['Ann hello', []],
    // Nothing is left to take: Enter is for sending.
    ['parley', []],
    ['critic', []],
    ['ann lee', []],
    ['ann ', []],
    ['critic ', []],
  ])('of %j', (typed, names) => expect(suggested(typed, ALL).map(({ name }) => name)).toEqual(names))

  test('are no more than a list may hold', () => {
    const many = Array.from({ length: 300 }, (_, n) => person(`Guest ${n}`))
    expect(suggested('guest', many)).toHaveLength(MOST_SUGGESTED)
  })

  test('become a mention as one types it', () => {
    expect(ALL.map(mentionOf).slice(-3)).toEqual(['@Peter Pan ', '@李雷 ', '@Ann #2 '])
  })
})
