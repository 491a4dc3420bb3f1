import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { onDemand } from './on-demand'

const shown = (use: (waits: boolean) => string | null) => renderToStaticMarkup(createElement(() => use(false) ?? 'not here'))

test('[R282] what is known from the beginning is never fetched', async () => {
  const fetch = vi.fn(async () => 'fetched')
  expect(shown(onDemand<string>('known', fetch).use)).toBe('known')
  expect(fetch).not.toHaveBeenCalled()
})

test('[R282] it is fetched once, however many ask, and again for as long as that fails', async () => {
  vi.useFakeTimers()
  try {
    const fetch = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValue('here')
    const { load, use } = onDemand<string>(null, fetch)
    const all = Promise.all([load(), load()])
    await vi.advanceTimersByTimeAsync(1_999)
    expect([fetch.mock.calls.length, shown(use)]).toEqual([1, 'not here'])
    await vi.advanceTimersByTimeAsync(1)
    await vi.advanceTimersByTimeAsync(4_000)
    await all
    expect([fetch.mock.calls.length, shown(use)]).toEqual([3, 'here'])
  } finally {
    vi.useRealTimers()
  }
})
