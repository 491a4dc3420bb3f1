// Which lanes did best at something where less is better. Pure.

/** Within this share of the best, lanes are as good as each other: a second run would turn them round. */
const ALIKE = 0.02

/** One answer per lane. Nobody is best while figures are missing, or when all are alike. */
export function bestOf(values: readonly (number | null)[]): readonly boolean[] {
  const known = values.filter((value) => value !== null)
  const least = Math.min(...known)
  const best = values.map((value) => value !== null && value <= least * (1 + ALIKE))
  return known.length < values.length || best.every(Boolean) ? values.map(() => false) : best
}
