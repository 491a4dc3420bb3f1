import { expect, it } from 'vitest'
import { timesOf, type Profile } from './profile-times'

const nodes = ['post', 'tick', '(idle)', ''].map((functionName, id) => ({ id, callFrame: { functionName, url: functionName === '(idle)' ? '' : 'worker.js' } }))

function timed(...samples: readonly (readonly [node: number, delta: number])[]): Readonly<Record<string, number>> {
  const profile: Profile = { nodes, samples: samples.map(([node]) => node), timeDeltas: samples.map(([, delta]) => delta) }
  return Object.fromEntries(timesOf(profile, 500))
}

it('sums the time of each function over its samples', () => {
  expect(timed([0, 500], [1, 510], [0, 490], [3, 500])).toEqual({ post: 990, tick: 510, '(anonymous)': 500 })
})

it('charges a sleep to nobody: what runs after it is charged for two samples at most', () => {
  expect(timed([0, 500], [1, 2_700_000], [1, 500])).toEqual({ post: 500, tick: 1_500 })
})

it('counts a late sample whole, a clock that stepped back as nothing, and no idle time', () => {
  expect(timed([0, 950], [1, -20], [2, 400], [2, 9_000])).toEqual({ post: 950, tick: 0 })
})
