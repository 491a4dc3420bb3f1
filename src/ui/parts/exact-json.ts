// A value as somebody must be able to read it who approves it: JSON, in which nothing is invisible and nothing turns what is around it.

/** What shows nothing, looks like a space, or reorders its line. White space of JSON's own, and the plain space, are themselves. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu

export function exactJson(value: unknown): string {
  return exactText(JSON.stringify(value ?? null, null, 2))
}

/** Ends of lines and tabs are themselves. */
export function exactText(text: string): string {
  return text.replace(HIDDEN, (found) => (found === '\n' || found === '\t' ? found : escaped(found)))
}

/** As JSON writes it: the text is still the same value. */
function escaped(found: string): string {
  return Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
}
