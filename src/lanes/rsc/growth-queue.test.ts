import { expect, test } from 'vitest'
import { GrowthQueue } from './growth-queue'

const read = async <T>(queue: AsyncIterable<T>) => Array.fromAsync(queue)

test('gives what was pushed before, in order, and ends', async () => {
  const queue = new GrowthQueue<number>()
  for (const value of [1, 2, 3]) queue.push(value)
  queue.end()
  expect(await read(queue)).toEqual([1, 2, 3])
})

test('gives what is pushed while it is read', async () => {
  const queue = new GrowthQueue<number>()
  const values = queue[Symbol.asyncIterator]()
  const first = values.next()
  queue.push(1)
  expect(await first).toEqual({ done: false, value: 1 })
  const [second, third] = [values.next(), values.next()]
  queue.push(2)
  queue.push(3)
  expect([(await second).value, (await third).value]).toEqual([2, 3])
  const last = values.next()
  queue.end()
  expect(await last).toEqual({ done: true, value: undefined })
})

test('ends a reader that waits, and one that comes later', async () => {
  const queue = new GrowthQueue<number>()
  const waiting = read(queue)
  queue.end()
  expect(await waiting).toEqual([])
  expect(await read(queue)).toEqual([])
})

test('loses nothing when pushed and ended in one breath', async () => {
  const queue = new GrowthQueue<number>()
  const reading = read(queue)
  await Promise.resolve()
  queue.push(1)
  queue.push(2)
  queue.end()
  expect(await reading).toEqual([1, 2])
})
