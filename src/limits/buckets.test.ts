import { expect, test } from 'vitest'
import { Buckets } from './buckets'

const rate = { burst: 100, perSecond: 20 }

/** Takes until there is a wait: how many were had, and the wait. */
function exhaust(buckets: Buckets, key: string, now: number, cost = 1): { readonly taken: number; readonly wait: number } {
  for (let taken = 0; taken < 10_000; taken++) {
    const wait = buckets.take(key, now, cost)
    if (wait > 0) return { taken, wait }
  }
  throw new Error('there is no limit')
}

test.each([
  [1, 100],
  [20, 5],
  [33, 3],
])('[R14] what costs %i may be had %i times at once, and then there is a wait', (cost, times) => {
  const { taken, wait } = exhaust(new Buckets(rate), 'ann', 0, cost)
  expect(taken).toBe(times)
  expect(wait).toBe(Math.ceil((cost - (100 - times * cost)) * 50))
})

test('[R14] whoever waits as long as they were told gets one more, and only one', () => {
  const buckets = new Buckets(rate)
  const { wait } = exhaust(buckets, 'ann', 0)
  expect(buckets.take('ann', wait - 1)).toBeGreaterThan(0)
  expect(buckets.take('ann', wait)).toBe(0)
  expect(buckets.take('ann', wait)).toBeGreaterThan(0)
})

test('[R14] a long rest brings one burst, not several', () => {
  const buckets = new Buckets(rate)
  const { taken } = exhaust(buckets, 'ann', 0)
  expect(exhaust(buckets, 'ann', 3_600_000).taken).toBe(taken)
})

test('[R14] one person’s haste costs nobody else', () => {
  const buckets = new Buckets(rate)
  exhaust(buckets, 'ann', 0)
  expect(buckets.take('bo', 0)).toBe(0)
})

test('[R14] a clock that runs backwards gives nothing, and takes nothing that was waited for', () => {
  const buckets = new Buckets(rate)
  const { wait } = exhaust(buckets, 'ann', 10_000)
  expect(buckets.take('ann', 0)).toBeGreaterThan(0)
  expect(buckets.take('ann', 10_000 + wait)).toBe(0)
})

test('[R60] what is known only afterwards is owed, and nothing is had until the debt is paid', () => {
  const buckets = new Buckets(rate)
  expect(buckets.wait('ann', 0)).toBe(0)
  buckets.charge('ann', 0, 300)
  const wait = buckets.wait('ann', 0)
  expect(wait).toBe(10_050)
  expect(buckets.wait('ann', wait - 60)).toBeGreaterThan(0)
  expect(buckets.wait('ann', wait)).toBe(0)
  expect(buckets.wait('bo', 0)).toBe(0)
})

test('[R60] a hundred thousand keys take the memory of a few, and who goes on asking is not forgotten', () => {
  const buckets = new Buckets(rate, 1_000)
  exhaust(buckets, 'ann', 0)
  for (let n = 0; n < 100_000; n++) {
    buckets.take(`stranger ${n}`, 0)
    if (n % 100 === 0) expect(buckets.take('ann', 0)).toBeGreaterThan(0)
  }
  expect(buckets.size).toBe(1_000)
})
