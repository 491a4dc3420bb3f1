// Text without what nobody sees: what a reviewer cannot read, no model is told. Invariant: a text that was cleaned once has nothing more to be
// cleaned of, and no value is cleaned as JSON, where halves of a character stand apart that belong together.

/** What does not show, or turns what stands around it; halves of a character too. Ends of lines and tabs show. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu
/** But for the joiners and the one selector that letters and pictures are written with. */
const JOINERS = /(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}])|(?<=[\p{Emoji}])\ufe0f/gu

/** Nothing of it is left. */
export function seen(text: string): string {
  return untilSame(text, (before) => before.replace(UNSEEN, ''))
}

/** As people write: joiners of letters and pictures stay. */
export function legible(text: string): string {
  return untilSame(text, (before) => {
    const kept = new Set([...before.matchAll(JOINERS)].map(({ index }) => index))
    return before.replace(UNSEEN, (character, at: number) => (kept.has(at) ? character : ''))
  })
}

/** Every text in a value of JSON, and every name of its fields. Throws where it nests too deeply. */
export function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((each: unknown) => cleaned(each, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [clean(name), cleaned(field, clean)]))
}

/** Each time something is taken away, or it ends: halves that stood apart may make a character then. */
function untilSame(text: string, change: (text: string) => string): string {
  const after = change(text)
  return after === text ? text : untilSame(after, change)
}
