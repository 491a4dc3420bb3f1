import { expect, test } from 'vitest'
import type { MemberId } from '../../conversation/ids'
import { RateLimit } from './rate-limit'

const ann = 'ann' as MemberId
const bo = 'bo' as MemberId

/** Takes until there is a wait: how many were had, and the wait. */
function exhaust(limit: RateLimit, id: MemberId, now: number): { readonly taken: number; readonly wait: number } {
  for (let taken = 0; taken < 10_000; taken++) {
    const wait = limit.take(id, now)
    if (wait > 0) return { taken, wait }
  }
  throw new Error('there is no limit')
}

test('[R14] a burst is free, and then there is a wait', () => {
  const { taken, wait } = exhaust(new RateLimit(), ann, 0)
  expect(taken).toBeGreaterThanOrEqual(50)
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThan(1_000)
})

test('[R14] whoever waits as long as they were told gets one more, and only one', () => {
  const limit = new RateLimit()
  const { wait } = exhaust(limit, ann, 0)
  expect(limit.take(ann, wait - 1)).toBeGreaterThan(0)
  expect(limit.take(ann, wait)).toBe(0)
  expect(limit.take(ann, wait)).toBeGreaterThan(0)
})

test('[R14] a long rest brings one burst, not several', () => {
  const limit = new RateLimit()
  const { taken } = exhaust(limit, ann, 0)
  expect(exhaust(limit, ann, 3_600_000).taken).toBe(taken)
})

test('[R14] one person’s haste costs nobody else', () => {
  const limit = new RateLimit()
  exhaust(limit, ann, 0)
  expect(limit.take(bo, 0)).toBe(0)
})

test('[R14] a clock that runs backwards gives nothing', () => {
  const limit = new RateLimit()
  exhaust(limit, ann, 10_000)
  expect(limit.take(ann, 0)).toBeGreaterThan(0)
})
