// The figures of the lanes side by side, from what their meters saw. Pure.
import type { LaneName } from '../lanes/lanes'
import { percentile, stretchesOf, type Stretch } from './lag'
import type { LaneMeter } from './lane-meter'
import type { Mark } from './shown-reply'

export interface Figures {
  /** Bytes received for each byte of the replies' own text; null before there is any. */
  readonly ratio: number | null
  readonly bytes: number
  readonly frames: number
  /** From the question to the first text of its answer, ms. */
  readonly firstText: number | null
  /** Behind the fastest lane, per character, ms; null where there is no other lane. */
  readonly lag: { readonly p50: number; readonly p99: number } | null
  /** Script run for this lane's frames, ms. */
  readonly work: number
}

/** A point of a chart: x, y. */
export type Point = readonly [number, number]

export interface LaneReading {
  readonly lane: LaneName
  readonly connected: boolean
  readonly figures: Figures
  /** Ms since counting began, bytes received by then. */
  readonly received: readonly Point[]
  /** Ms since counting began, bytes of text shown by then. */
  readonly text: readonly Point[]
  /** Characters, ms behind the fastest lane. */
  readonly lags: readonly Point[]
}

/** Reads all meters at once. `began`: when counting began, by the page's clock, ms. */
export function readAll(meters: ReadonlyMap<LaneName, LaneMeter>, began: number): readonly LaneReading[] {
  const stretches = stretchesOfAll([...meters.values()])
  return [...meters].map(([lane, meter], index) => {
    const { counts, samples, state, firstText } = meter
    const text = growthOf([...meter.replies.values()].map((reply) => reply.marks))
    const textBytes = text.at(-1)?.[1] ?? 0
    const p50 = percentile(stretches, index, 0.5)
    const p99 = percentile(stretches, index, 0.99)
    return {
      lane,
      connected: state?.connection === 'connected',
      figures: {
        ratio: textBytes > 0 ? counts.bytes / textBytes : null,
        bytes: counts.bytes,
        frames: counts.frames,
        firstText,
        lag: p50 === null || p99 === null ? null : { p50, p99 },
        work: counts.work,
      },
      // Before there is any text there is nothing to set the bytes against.
      received: textBytes > 0 ? samples.map(({ at, bytes }): Point => [at - began, bytes]) : [],
      text: text.map(([at, bytes]): Point => [at - began, bytes]),
      lags: lagPoints(stretches, index),
    }
  })
}

/** Characters of all replies that every lane has shown; none when there is nothing to compare with. */
function stretchesOfAll(meters: readonly LaneMeter[]): readonly Stretch[] {
  const [first, ...others] = meters
  if (!first || others.length === 0) return []
  return [...first.replies.keys()].flatMap((id) => stretchesOf(meters.map((meter) => meter.replies.get(id)?.marks ?? [])))
}

/** Several replies may grow at once: their sum over time. */
function growthOf(replies: readonly (readonly Mark[])[]): readonly Point[] {
  const steps = replies.flatMap((marks) => marks.map(({ at, bytes }, index): Point => [at, bytes - (marks[index - 1]?.bytes ?? 0)]))
  let sum = 0
  return steps.toSorted(([a], [b]) => a - b).map(([at, bytes]): Point => [at, (sum += bytes)])
}

function lagPoints(stretches: readonly Stretch[], lane: number): readonly Point[] {
  let characters = 0
  return stretches.map(({ characters: more, lags }): Point => [(characters += more), lags[lane] ?? 0])
}
