import { expect, test } from 'vitest'
import { faultOfName } from './agent-names'

const SCOUT = { name: 'Scout', handle: 'scout' }
const CRITIC = { name: 'The Critic', handle: 'critic' }

test.each([
  ['Builder', 'builder', true],
  ['Scout', 'finder', false],
  ['SCOUT', 'finder', false],
  ['Scоut', 'finder', false],
  ['Finder', 'sc0ut', false],
  ['Finder', 'scouting', true],
  ['scout', 'scout-2', false],
  ['Critic', 'critics', false],
  ['The  critic', 'c', false],
  ['Scouts', 'scouts', true],
  ['Ann', 'ann-bot', false],
  ['Änn', 'a1', false],
  ['Helper', 'ann', false],
  ['Annie', 'annie', true],
  ['Lee', 'lee', true],
  ['Ann Lee', 'annlee', false],
  ['李雷', 'lilei', false],
])('[R129] an agent may be called %s (@%s): %s', (name, handle, expected) => {
  expect(faultOfName({ name, handle }, [SCOUT, CRITIC], ['Ann', 'Ann Lee', '李雷']) === null).toBe(expected)
})

test('[R129] ten thousand people cost no more than two thousand', () => {
  const people = Array.from({ length: 10_000 }, (_, at) => `Persön Nummer ${at} ﷺ`)
  const before = process.cpuUsage()
  expect(faultOfName({ name: 'x'.repeat(40), handle: 'y'.repeat(32) }, [], people)).toBeNull()
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(1_000)
})
