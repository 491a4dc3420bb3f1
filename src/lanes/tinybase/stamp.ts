// Stamps of the store's cells. A stamp's time is the room's version, which grows by one with every change. No wall clock takes
// part in the merge: a device whose clock is minutes off neither misses anything nor wins anything.
import { getHlcFunctions } from 'tinybase/common'

const [, , encodeHlc] = getHlcFunctions('room')

export interface StampedCells {
  [cell: string]: [string | number, string]
}

/** These cells, changed when the room's clock said this. */
export function stamped(cells: object, version: number): StampedCells {
  const hlc = encodeHlc(version, 0)
  return Object.fromEntries(Object.entries(cells).map(([cell, value]: [string, string | number]) => [cell, [value, hlc]]))
}
