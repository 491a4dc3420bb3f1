// Whose time the samples of a profile are. V8 writes how long ago the sample before was: while a thread sleeps no sample
// is taken, so that whatever runs next would be charged for the sleep.

export interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[]
  readonly samples: readonly number[]
  /** Microseconds since the sample before, in the order of the samples. */
  readonly timeDeltas: readonly number[]
}

/** Samples come late on a busy machine, but a thread that works is asked at every second chance at least. */
const LATEST = 2

/** Microseconds of each function's own, by name. `everyUs` is the sampling interval; a gap counts as two of them at most. */
export function timesOf({ nodes, samples, timeDeltas }: Profile, everyUs: number): ReadonlyMap<string, number> {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, `${callFrame.functionName || '(anonymous)'}${callFrame.url ? '' : ' (native)'}`]))
  const times = new Map<string, number>()
  for (const [at, id] of samples.entries()) {
    const name = names.get(id) ?? ''
    if (name.startsWith('(idle)')) continue
    // The clock of a machine may step back.
    const time = Math.max(0, Math.min(timeDeltas[at] ?? 0, LATEST * everyUs))
    times.set(name, (times.get(name) ?? 0) + time)
  }
  return times
}
