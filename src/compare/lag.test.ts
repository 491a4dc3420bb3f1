import { describe, expect, test } from 'vitest'
import { percentile, stretchesOf } from './lag'
import { ShownReply } from './shown-reply'

function shown(...times: readonly (readonly [at: number, text: string])[]) {
  const reply = new ShownReply()
  for (const [at, text] of times) reply.note(at, text)
  return reply.marks
}

describe('what a lane showed', () => {
  test('is counted in characters and in the bytes of their UTF-8', () => {
    expect(shown([1, 'né'], [2, 'née']).at(-1)).toEqual({ at: 2, length: 3, bytes: 4 })
  })

  test('begins anew when the reply was asked for again', () => {
    expect(shown([1, 'half a'], [2, ''], [3, 'w'])).toEqual([{ at: 3, length: 1, bytes: 1 }])
  })
})

describe('lag', () => {
  test('is told for each character by the lane that showed it first', () => {
    const stretches = stretchesOf([shown([10, 'ab'], [20, 'abcd']), shown([13, 'abc'], [30, 'abcd'])])
    expect(stretches).toEqual([
      { characters: 2, lags: [0, 3] },
      { characters: 1, lags: [7, 0] },
      { characters: 1, lags: [0, 10] },
    ])
  })

  test('is told only of what every lane has shown', () => {
    expect(stretchesOf([shown([1, 'abc']), shown([2, 'a'])])).toEqual([{ characters: 1, lags: [0, 1] }])
    expect(stretchesOf([shown([1, 'abc']), shown()])).toEqual([])
    expect(stretchesOf([])).toEqual([])
  })

  test('percentiles weigh by characters', () => {
    const stretches = [
      { characters: 98, lags: [0, 2] },
      { characters: 2, lags: [40, 0] },
    ]
    expect([percentile(stretches, 0, 0.5), percentile(stretches, 0, 0.99)]).toEqual([0, 40])
    expect([percentile(stretches, 1, 0.01), percentile(stretches, 1, 0.99)]).toEqual([0, 2])
    expect(percentile([], 0, 0.5)).toBeNull()
  })
})
