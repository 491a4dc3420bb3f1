// Character references by the browser's own table: markdown-it's copy of it is 13 kB on the wire, for every visitor.
// vite.config.ts puts this in the place of `entities` in what browsers load; the server keeps the table.

/** What a reference may look like: whatever else comes here is no business of an HTML parser. */
const NAMED = /^&[a-z][a-z0-9]{0,31};$/i

/** HTML names 2,231 of them, so this stays small whatever people write. */
const known = new Map<string, string>()
let reader: HTMLTextAreaElement | undefined

/** The character of one named reference such as `&le;`; the reference itself when there is none. */
export function decodeHTMLStrict(reference: string): string {
  const found = known.get(reference)
  if (found !== undefined) return found
  if (!NAMED.test(reference)) return reference
  reader ??= document.createElement('textarea')
  // In a textarea a reference is read, and nothing else is: no element, no script.
  reader.innerHTML = reference
  const character = reader.value
  if (character !== reference) known.set(reference, character)
  return character
}
