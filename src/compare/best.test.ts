import { expect, test } from 'vitest'
import { bestOf } from './best'
import { bytesInWords, msInWords, ratioInWords, twoTimesInWords } from './in-words'

test('the least is best, and so is whatever is as good as that', () => {
  expect(bestOf([3, 1, 2], 0.02)).toEqual([false, true, false])
  expect(bestOf([100, 101, 150], 0.02)).toEqual([true, true, false])
  expect(bestOf([100, 110, 150], 0.25)).toEqual([true, true, false])
})

test('nobody is best when all are alike or something is missing', () => {
  expect(bestOf([100, 101, 102], 0.02)).toEqual([false, false, false])
  expect(bestOf([0, 0, 0], 0.02)).toEqual([false, false, false])
  expect(bestOf([1, null, 2], 0.02)).toEqual([false, false, false])
})

test('figures are told with the digits that count', () => {
  expect([0, 1, 652, 3_240, 41_400, 2_500_000].map((bytes) => bytesInWords(bytes))).toEqual(['0 bytes', '1 byte', '652 bytes', '3.2 kB', '41.4 kB', '2.5 MB'])
  expect([0.04, 4.26, 9.97, 41.4, 1_240, 12_400].map((ms) => msInWords(ms))).toEqual(['0.0 ms', '4.3 ms', '10 ms', '41 ms', '1,240 ms', '12 sec'])
  expect(ratioInWords(1.866)).toBe('1.87×')
})

test.each(['ar-EG', 'fa-IR', 'bn', 'mr', 'my', 'ne'])('[R109] in %s no digit and no unit of a figure is left in English', (language) => {
  const said = [0, 812, 3_240, 2_500_000].map((bytes) => bytesInWords(bytes, language)).concat([0.04, 41, 1_240, 12_400].map((ms) => msInWords(ms, language)))
  expect(said.filter((words) => /[0-9]/.test(words))).toEqual([])
  expect(ratioInWords(1, language)).not.toMatch(/[0-9]/)
  expect(said).toEqual([...[0, 812].map((n) => inUnit(n, 'byte', language)), ...said.slice(2)])
})

test.each([
  ['en', 3.5, 4.5, '3.5 / 4.5 ms'],
  ['en', 41, 12_400, '41 ms / 12 sec'],
  ['en', 11_000, 12_400, '11 / 12 sec'],
  ['de', 3.5, 4.5, '3,5 / 4,5 ms'],
])('[R109] two times in %s, %d and %d: %s', (language, less, more, said) => {
  expect(twoTimesInWords(less, more, language).replaceAll(/[\u2068\u2069]/g, '')).toBe(said)
})

test('[R109] each of two times is laid out by itself: no script turns them round', () => {
  expect(twoTimesInWords(3.5, 4.5, 'ar-EG')).toMatch(/^\u2068[^\u2069]+\u2069 \/ \u2068[^\u2069]+\u2069$/)
})

function inUnit(value: number, unit: string, language: string): string {
  return value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' })
}
