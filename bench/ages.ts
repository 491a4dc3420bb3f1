// How old tokens are when they become visible, for many clients at once.
import { tokensIn } from './scenario'

export class Ages {
  /** Pairs of token and the time at which a client showed it, ms since 1970. */
  private readonly seen: { readonly token: number; readonly at: number }[] = []

  /** One client's view: call with the text's length whenever it changes. */
  viewer(): (length: number) => void {
    let shown = 0
    return (length) => {
      const at = performance.timeOrigin + performance.now()
      for (const end = tokensIn(length); shown < end; shown++) this.seen.push({ token: shown, at })
    }
  }

  /** Ages in ms, smallest first. */
  against(said: readonly number[]): readonly number[] {
    return this.seen.map(({ token, at }) => at - (said[token] ?? at)).sort((a, b) => a - b)
  }

  get first(): number {
    return this.seen.reduce((first, { at }) => Math.min(first, at), Infinity)
  }
}

export function percentile(sorted: readonly number[], p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN
}
