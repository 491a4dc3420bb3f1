// How long after the fastest lane each lane showed a character. Pure; times are ms by one clock.
import type { Mark } from './shown-reply'

/** Consecutive characters that every lane showed at one moment each. */
export interface Stretch {
  readonly characters: number
  /** Behind the lane that was first, ms; in the order of the lanes, so that one of them is 0. */
  readonly lags: readonly number[]
}

/** One reply as several lanes showed it: the characters that all of them have shown by now. */
export function stretchesOf(lanes: readonly (readonly Mark[])[]): readonly Stretch[] {
  const stretches: Stretch[] = []
  const next = lanes.map(() => 0)
  for (let from = 0; ;) {
    const marks = lanes.flatMap((lane, at) => lane[next[at] ?? 0] ?? [])
    if (marks.length < lanes.length || marks.length === 0) return stretches
    const to = Math.min(...marks.map(({ length }) => length))
    const first = Math.min(...marks.map(({ at }) => at))
    if (to > from) stretches.push({ characters: to - from, lags: marks.map(({ at }) => at - first) })
    marks.forEach(({ length }, at) => length <= to && (next[at] = (next[at] ?? 0) + 1))
    from = to
  }
}

/** The lag that this share of the characters did not exceed in a lane; null when there are none. */
export function percentile(stretches: readonly Stretch[], lane: number, share: number): number | null {
  const byLag = stretches.map(({ characters, lags }) => ({ characters, lag: lags[lane] ?? 0 })).toSorted((a, b) => a.lag - b.lag)
  const wanted = byLag.reduce((sum, { characters }) => sum + characters, 0) * share
  let passed = 0
  return byLag.find(({ characters }) => (passed += characters) >= wanted)?.lag ?? null
}
