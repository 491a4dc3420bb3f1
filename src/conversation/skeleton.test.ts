import { expect, test } from 'vitest'
import { namesLike, skeleton } from './skeleton'

test.each([
  [
    'Parley',
    'Pаrley',
    'PARLEY',
    'Раrlеу',
    'ＰＡＲＬＥＹ',
    '𝐏𝐚𝐫𝐥𝐞𝐲',
    'P a r l e y',
    'Par\u200bley',
    'Parley,',
    '@Parley',
    'Pärley',
    'ᴘᴀʀʟᴇʏ',
    'Ρarley',
    'Pariey',
    'Par1ey',
    'Par|ey',
    'ParleƳ',
    'Parlєy',
    'PARLЄY',
    'Paɾley',
    '🅿arley',
    '🅟🅐🅡🅛🅔🅨',
    'Ƥarley',
    'Paɹleʎ',
  ],
  ['Zoë', 'Zoe\u0308', 'ZOE', 'Zоe'],
  ['Tom', 'T0m', 'Torn', 'Τom'],
  ['李雷', '李 雷'],
  ['Straße', 'STRASSE', 'strasse'],
])('[R71] %s looks like its doubles', (name, ...doubles) => {
  for (const double of doubles) expect([double, skeleton(double)]).toEqual([double, skeleton(name)])
})

test('[R71] names that nobody takes for each other stay apart, and none looks like nothing', () => {
  const names = ['Parley', 'Ann', 'Anna', 'Bo', 'Bob', 'राम', 'रमा', 'Мария', '李雷', '李蕾', '👩‍🚀', '👨‍🚀', '!', 'Ann Lee', 'Lee Ann', 'محمد', 'محمود']
  expect(new Set(names.map(skeleton)).size).toBe(names.length)
  for (const name of names) expect(skeleton(name)).not.toBe('')
})

test.each([
  'Parley',
  'Pаrley what',
  'parley, can you',
  'PARLEY 2',
  'Par ley',
  'The Parley',
  'AI Parley',
  'The Par ley bot',
  'Ann Parley',
  'ParleƳ',
  'Parlєy',
  'Paɾley',
  '🅿arley',
  'Parl3y',
  'P4rl3y',
  'P@rley',
  'Par!ey',
  'Parl€y',
  'Parley|',
  '|Parley|',
  '★Parley★',
  '🤖Parley',
  'Parley🙂',
  'Parley-Bot',
  'AI/Parley',
  'Par-ley',
  'P.a.r.l.e.y',
  "Par'ley",
  "Parley's",
  'Parley’s helper',
  'Parley2',
  'Parley (AI)',
  'Þarley',
  'Pɘrley Pərley Parlǝy',
])('[R71] %s would be taken for Parley', (name) => expect(namesLike(name, 'Parley')).toBe(true))

test.each([
  'Parleys',
  'Charley',
  'Parleyx y',
  'Parlane',
  'Barley',
  'Charley Parlett',
  "O'Parley",
  'McParley',
  'Harley Quinn',
  'Farley',
  'Marley',
  'Sparley',
  'Parlay',
  'Parsley',
  'Varley',
  'Par Leyland',
  'Paul Riley',
  'Ann (she/her)',
  'Ann 3',
  'Bob3',
  '3',
  '👩‍🚀 Ann',
  '🇩🇪',
  'Євген',
  'Варлей',
  'Елена',
  '李雷',
  'محمد',
  '!',
  '🅰️',
])('[R71] %s is nobody but themselves', (name) => expect(namesLike(name, 'Parley')).toBe(false))

test('[R71] a digit is a letter only where an agent is looked for, and letters that differ in honest names stay apart', () => {
  expect(namesLike('S4ge', 'Sage')).toBe(true)
  for (const [one, other] of [
    ['Ann 3', 'Ann e'],
    ['Room 4', 'Room a'],
    ['Þór', 'Por'],
    ['Əli', 'Eli'],
    ['Iŋa', 'Ina'],
  ] as const) {
    expect([one, skeleton(one)]).not.toEqual([one, skeleton(other)])
  }
})

test('[R71] a name of many words that stand for many letters is compared in no time', () => {
  const before = process.cpuUsage()
  for (const name of ['ﷺ '.repeat(20), 'p '.repeat(20), 'ﷺ'.repeat(40), 'a-🅿-'.repeat(10)]) expect(namesLike(name, 'Parley')).toBe(false)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(200)
})
