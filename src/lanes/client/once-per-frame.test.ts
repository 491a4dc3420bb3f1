import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { oncePerFrame } from './once-per-frame'

let clock = 0
const frames = new Map<number, () => void>()
let asked = 0
let painted: (() => void)[] = []

beforeEach(() => {
  clock = 1_000
  frames.clear()
  painted = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => {
    frames.set((asked += 1), draw)
    return asked
  })
  vi.stubGlobal('MessageChannel', Channel)
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id))
})

/** Its messages come when what is due was painted. */
class Channel {
  private told = () => {}
  readonly port1 = { addEventListener: (_: 'message', told: () => void) => (this.told = told), start: () => {}, close: () => {} }
  readonly port2 = { postMessage: () => painted.push(() => this.told()) }
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** The browser's next frame, after which everything that waits for it to be painted has happened. */
function frame(): void {
  const due = [...frames.values()]
  frames.clear()
  for (const draw of due) draw()
  for (const told of painted.splice(0)) told()
}

function pass(ms: number): void {
  clock += ms
  vi.advanceTimersByTime(ms)
}

/** Asks after a frame that took so long, and answers how long passes until the next frame is wanted, ms. */
function restAfter(took: number): number {
  const { ask, stop } = oncePerFrame(() => {
    clock += took
  })
  ask()
  frame()
  ask()
  let waited = 0
  while (frames.size === 0) {
    pass(1)
    waited += 1
    if (waited > 500) throw new Error('no frame is wanted any more')
  }
  stop()
  return waited
}

test('[R56] however often it is asked between two frames, it tells once', () => {
  const tell = vi.fn()
  const { ask } = oncePerFrame(tell)
  for (let n = 0; n < 5; n += 1) ask()
  expect(tell).not.toHaveBeenCalled()
  frame()
  expect(tell).toHaveBeenCalledTimes(1)
  frame()
  expect(tell).toHaveBeenCalledTimes(1)
})

test.each([
  [0, 0],
  [4, 8],
  [20, 40],
  [400, 0],
])('[R56] a frame that took %i ms is followed by %i ms of rest', (took, rest) => {
  expect(restAfter(took)).toBe(rest)
})

test('[R56] a frame that does not come is not waited for, and what was asked is told once', () => {
  const tell = vi.fn()
  const { ask } = oncePerFrame(tell)
  ask()
  pass(99)
  expect(tell).not.toHaveBeenCalled()
  pass(1)
  expect(tell).toHaveBeenCalledTimes(1)
  frame()
  pass(500)
  expect(tell).toHaveBeenCalledTimes(1)
})

test('[R56] stopped, it tells nothing more', () => {
  const tell = vi.fn()
  const { ask, stop } = oncePerFrame(tell)
  ask()
  stop()
  frame()
  pass(500)
  expect(tell).not.toHaveBeenCalled()
})
