// What time it is at the server, whose clock every message's time was read from. A device's own may be hours off, or set
// meanwhile: only how long ago the server last said its time is measured here.

let told: { readonly now: number; readonly at: number } | null = null

/** `now`: server time, ms since 1970, heard just now. */
export function hearServerTime(now: number): void {
  told = { now, at: performance.now() }
}

/** `now`: when a page was made: the best there is until the room speaks, unless it is an old page that came back. */
export function hearPageTime(now: number): void {
  if (now > (serverTime() ?? 0)) hearServerTime(now)
}

/** Server time in ms since 1970; null while it is not known. */
export function serverTime(): number | null {
  return told === null ? null : told.now + performance.now() - told.at
}
