// Long lists, a page at a time. A page begins after a place in the list and not at a number, so that the last page costs
// what the first does, and nothing is skipped or shown twice when something new comes in.

/** The place before which a page ends: whatever is older. */
export type Cursor = number

/** Before the first page. */
export const NEWEST: Cursor = Number.MAX_SAFE_INTEGER

/** Nothing is counted further than that, in rows. */
export const MOST_COUNTED = 1_000

export interface PageOf<T> {
  readonly listed: readonly T[]
  /** Where the next page goes on; null when this is the last one. */
  readonly next: Cursor | null
}

/** `rows`: one more than a page has, when there are so many. */
export function pageOf<T extends { readonly place: Cursor }>(rows: readonly T[], perPage: number): PageOf<T> {
  const listed = rows.slice(0, perPage)
  return { listed, next: rows.length > perPage ? (listed.at(-1)?.place ?? null) : null }
}

/** What an address says of it; anything else is the first page. */
export function cursorIn(value: string | null): Cursor {
  const cursor = value !== null && /^\d{1,16}$/.test(value) ? Number(value) : NEWEST
  return Number.isSafeInteger(cursor) ? cursor : NEWEST
}

/** "12", or "1,000 or more". */
export function countInWords(total: number): string {
  return total < MOST_COUNTED ? String(total) : `${MOST_COUNTED.toLocaleString('en')} or more`
}
