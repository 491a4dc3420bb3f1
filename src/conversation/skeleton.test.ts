import { expect, test } from 'vitest'
import { beginsLike, skeleton } from './skeleton'

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

test('[R71] a name that begins with another as a word of its own would be addressed in its place', () => {
  for (const name of ['Parley', 'Pаrley what', 'parley, can you', 'PARLEY 2', 'Par ley']) expect([name, beginsLike(name, 'Parley')]).toEqual([name, true])
  for (const name of ['Parleys', 'Ann Parley', 'Charley', 'Parleyx y']) expect([name, beginsLike(name, 'Parley')]).toEqual([name, false])
})
