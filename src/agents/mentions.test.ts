import { beforeEach, expect, test, vi } from 'vitest'
import type { MemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import { PIECES_UNITS } from './looks'

/** Characters that were put through the comparison of looks, the one part of finding mentions that is dear. */
const looked = vi.hoisted(() => ({ characters: 0 }))
vi.mock('../conversation/skeleton', async (original) => {
  const real = await original<typeof import('../conversation/skeleton')>()
  return {
    ...real,
    skeleton: (name: string) => {
      looked.characters += name.normalize('NFKC').length
      return real.skeleton(name)
    },
  }
})
// Test files share their modules: this one has its own, which count.
vi.resetModules()
const { addressed } = await import('./testing/addressed')
beforeEach(() => (looked.characters = 0))

const member = (name: string, kind: Member['kind'] = 'person'): Member => ({ id: name as MemberId, name, kind })
const roster = [member('Parley', 'agent')]
const FAMILY = '👨‍👩‍👧‍👦'

/** 85 lengths, up to 160. */
const crowd = Array.from({ length: 85 }, (_, at) => member((FAMILY.repeat(at % 15) + 'é'.repeat(1 + Math.floor(at / 15) + (at % 3) * 8)).slice(0, 160)))
const lengths = Array.from({ length: 85 }, (_, at) => member('é'.repeat(at + 1)))

const HOSTILE = {
  'ligatures of eighteen letters': ('@' + 'ﷺ'.repeat(165) + ' ').repeat(100),
  'ligatures, each a word': ('@' + 'ﷺ '.repeat(83)).repeat(100),
  'letters, each a word': ('@' + 'ж '.repeat(83)).repeat(100),
  'ligatures of three letters, each a word': ('@' + 'ﬃ!'.repeat(83)).repeat(100),
  'marks and pictures': ('@' + `${FAMILY}!`.repeat(14)).repeat(100),
}

test.each(Object.entries(HOSTILE))('[R41] %s among names of 85 lengths: what is compared is bounded', (_name, text) => {
  for (const people of [crowd, lengths]) {
    addressed(text, roster, people)
    looked.characters = 0
    addressed(text, roster, people)
    // What the text is, at most twice as long when it is spelt out; the names were remembered.
    expect(looked.characters).toBeLessThanOrEqual(3 * PIECES_UNITS)
  }
})

test('[R41] what five hundred names look like is found out once, and names of ligatures never', () => {
  const people = Array.from({ length: 500 }, (_, at) => member(`Zoë ${at}`))
  addressed('@Zоë 7 hello', roster, people)
  expect(looked.characters).toBeGreaterThan(2_000)
  looked.characters = 0
  addressed('@Zоë 8 hello', roster, people)
  expect(looked.characters).toBeLessThan(30)
  looked.characters = 0
  const ligatures = Array.from({ length: 500 }, (_, at) => member('ﷺ'.repeat(20) + String.fromCharCode(0x4e00 + at)))
  addressed(`@${'ж'.repeat(21)} hello`, roster, ligatures)
  expect(looked.characters).toBeLessThan(50)
  expect(addressed(`@${'ﷺ'.repeat(20)}一 hello`, roster, ligatures)).toEqual([])
})

test('[R41] sixty people whose names are spelt with other letters can be spoken to in one message', () => {
  const people = Array.from({ length: 60 }, (_, at) => member(`Zoë${String.fromCharCode(0x430 + (at % 30)).repeat(1 + Math.floor(at / 30))}`))
  const text = people.map(({ name }) => `@${name.toUpperCase().replace('O', 'О')}, `)
  expect(addressed(`${text.join('')}@Pаrley?`, roster, people).map(({ name }) => name)).toEqual(['Parley'])
})

test.each([
  ['@ΝΊΚΟΣ lunch?', 'Νίκος'],
  ["@νίκος's lunch?", 'Νίκος'],
  ['@İlker lunch?', 'İlker'],
  ['@İLKER, lunch?', 'İlker'],
  ['@ﷺ lunch?', 'ﷺ'],
])('%j speaks to %s', (text, name) => expect(addressed(text, roster, [member(name)])).toEqual([]))
