import { expect, test } from 'vitest'
import { bestOf } from './best'
import { bytesInWords, msInWords, ratioInWords } from './in-words'

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
  expect([0, 812, 3_240, 41_400, 2_500_000].map(bytesInWords)).toEqual(['0 B', '812 B', '3.2 kB', '41.4 kB', '2.5 MB'])
  expect([0.04, 4.26, 9.97, 41.4, 1_240, 12_400].map((ms) => msInWords(ms))).toEqual(['0.0 ms', '4.3 ms', '10 ms', '41 ms', '1,240 ms', '12 s'])
  expect(ratioInWords(1.866)).toBe('1.87×')
})
