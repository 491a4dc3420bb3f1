// Which lanes did best at something where less is better. Pure.

/**
 * One answer per lane. Whoever is within this share of the best is as good as that. Nobody is best while figures are
 * missing, or when all are alike.
 */
export function bestOf(values: readonly (number | null)[], alike: number): readonly boolean[] {
  const known = values.filter((value) => value !== null)
  const least = Math.min(...known)
  const best = values.map((value) => value !== null && value <= least * (1 + alike))
  return known.length < values.length || best.every(Boolean) ? values.map(() => false) : best
}
