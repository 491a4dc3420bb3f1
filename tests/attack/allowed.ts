// What a bucket may have let through.
import type { Rate } from '../../src/limits/buckets'

/** Units that are granted at most from this moment (ms since 1970) until now. */
export function allowedSince(began: number, { burst, perSecond }: Rate): number {
  return burst + ((Date.now() - began) / 1000) * perSecond
}
