// What a browser may lack, or keep from a page so that asking for it throws: by its settings, by a policy, in a private window.
// Whatever a page can do without is asked for here; a room without it is a room.

/** What is asked for; undefined where it is not there or may not be had. */
export function ifHad<T>(ask: () => T): T | undefined {
  try {
    return ask() ?? undefined
  } catch {
    return undefined
  }
}

/** Whether the device fits a media query. False where nobody can say. */
export function matches(query: string): boolean {
  return ifHad(() => matchMedia(query).matches) ?? false
}
