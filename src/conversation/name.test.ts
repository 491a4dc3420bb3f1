import { describe, expect, test } from 'vitest'
import { charactersOf } from './characters'
import { numberedName, splitName } from './double'
import { MAX_NAME_LENGTH, MAX_NAME_UNITS } from './member'
import { cleanName } from './name'

describe('[R70] a name', () => {
  test.each([
    ['Ann', 'Ann'],
    ['  Ann   Lee ', 'Ann Lee'],
    ['Ann\nLee', 'Ann Lee'],
    ['Ann\u0000\u0007Lee', 'Ann Lee'],
    ['Ann\u0085\u2028Lee', 'Ann Lee'],
    ['\u202eAnn\u2066', 'Ann'],
    ['Łukasz 🙂', 'Łukasz 🙂'],
    ['Zoe\u0308', 'Zoë'],
    ['A\u034fnn\u3164', 'Ann'],
    ['A\u200bn\u200dn\u2060', 'Ann'],
    ['e\ufe0fve\u{e0101}', 'eve'],
    ['x\ud800y\udc00', 'xy'],
    ['\u0301Ann', 'Ann'],
    [`Z${'\u0301'.repeat(36)}`, 'Ź\u0301\u0301\u0301\u0301'],
    ['x'.repeat(MAX_NAME_LENGTH), 'x'.repeat(MAX_NAME_LENGTH)],
  ])('%j is kept as %j', (name, kept) => expect(cleanName(name)).toBe(kept))

  test.each([
    '👩‍🚀 Ann',
    '👨‍👩‍👧‍👦',
    '❤️',
    '❤‍🔥',
    '👍🏽',
    '🇩🇪',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    'می\u200cخواهم',
    'क्\u200dष',
    '葛\u{e0100}城',
    'Nguyễn Thị',
    'שָׁלוֹם',
    'J.R.',
    'Lee Jr.',
    'Ann (she/her)',
    'O’Neil-Smith',
    '李雷',
  ])('keeps %j whole', (name) => expect(cleanName(name)).toBe(name.normalize('NFC')))

  test.each([
    ['Parley,', 'Parley'],
    ['@Ann', 'Ann'],
    ['Ann.', 'Ann'],
    ['“Ann”!', 'Ann'],
    ['Ann:：', 'Ann'],
    ['Ann #2', 'Ann 2'],
    ['Ann # ＃ 3', 'Ann 3'],
    ['Ann♯2', 'Ann 2'],
    ['Ann ⌗2', 'Ann 2'],
    ['Ann ⋕ 2', 'Ann 2'],
    ['Ann #\ufe0f\u20e3 2', 'Ann 2'],
    ['Ann ⧣⌗ 2', 'Ann 2'],
    ['🏴\u{e0061}\u{e0062}', '🏴'],
  ])('%j loses what would break an address or forge a number: %j', (name, kept) => expect(cleanName(name)).toBe(kept))

  test.each([
    [''],
    ['   '],
    ['\u0000\u200b'],
    ['\u3164'],
    ['\u2800\u2800'],
    ['\u115f\u1160\uffa0'],
    ['\u034f\ufe0f'],
    ['\u202e\u2067'],
    ['...'],
    ['x'.repeat(MAX_NAME_LENGTH + 1)],
    ['👨‍👩‍👧‍👦'.repeat(MAX_NAME_LENGTH)],
    ['\u0301'.repeat(20)],
    ['y'.repeat(100_000)],
    [7],
    [null],
    [undefined],
    [['Ann']],
  ])('%j is none', (name) => expect(cleanName(name)).toBeNull())

  test('once cleaned is clean, short and visible, whatever it was made of', () => {
    const pieces = [
      'A',
      'n',
      ' ',
      '\u00a0',
      '#',
      '2',
      '.',
      ',',
      '@',
      ')',
      '(',
      '\u0301',
      '\u200d',
      '\u200c',
      '\ufe0f',
      '👩',
      '🚀',
      '🇩',
      '\u{e0067}',
      '\u{e007f}',
      '🏴',
      'می',
      'خ',
      '\u3164',
      '\u202e',
      '\ud800',
      '葛',
      '\u{e0100}',
      '＃',
      'ß',
      '\n',
    ]
    let seed = 7
    const next = () => (seed = (seed * 48_271) % 2_147_483_647)
    for (let round = 0; round < 4_000; round++) {
      const typed = Array.from({ length: 1 + (next() % 12) }, () => pieces[next() % pieces.length]).join('')
      const name = cleanName(typed)
      if (name === null) continue
      expect([typed, cleanName(name)]).toEqual([typed, name])
      expect(charactersOf(name).length).toBeLessThanOrEqual(MAX_NAME_LENGTH)
      expect(name.length).toBeLessThanOrEqual(MAX_NAME_UNITS)
      expect(name).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u3164\u00a0\n]|^\s|\s$|#\p{N}+$/u)
    }
  })
})

test('[R71] no name can be cleaned into the name of a numbered double', () => {
  expect(splitName(numberedName('Ann', 2))).toEqual({ name: 'Ann', number: '#2' })
  expect(splitName('Ann')).toEqual({ name: 'Ann', number: null })
  const forged = cleanName(numberedName('Ann', 2))
  expect(forged).toBe('Ann 2')
  expect(splitName(forged ?? '')).toMatchObject({ number: null })
})
