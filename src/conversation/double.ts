// People of one room whose names look alike: all but the first are shown with a number, everywhere and in every lane.

/** Between a name and the number of a double. No name holds it: a name's spaces are plain ones. */
const NUMBERED = '\u00a0#'

/** The name under which a room shows somebody whom others could take for an earlier member. `number` is 2 or more. */
export function numberedName(name: string, number: number): string {
  return `${name}${NUMBERED}${number}`
}

/** A name as a room shows it, and the number of a double, as in "#2"; null for all others. */
export function splitName(shown: string): { readonly name: string; readonly number: string | null } {
  const at = shown.lastIndexOf(NUMBERED)
  return at < 0 ? { name: shown, number: null } : { name: shown.slice(0, at), number: shown.slice(at + 1) }
}
