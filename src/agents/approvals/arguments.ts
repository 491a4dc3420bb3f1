// The arguments of a call as they are approved: one text for one value, whatever the order of its names, and that text's SHA-256.

/** What a card holds of them, in characters: it is sent to whoever comes in. */
const MOST_SHOWN = 1_000

/** JSON without white space, the names of each object in the order of their UTF-16 units. Takes what JSON said; null where it nests too deeply to be written. */
export function canonical(value: unknown): string | null {
  try {
    return written(value)
  } catch {
    return null
  }
}

/** In hexadecimal. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Its beginning, where it is longer than a card holds. */
export function shownOf(text: string): string {
  if (text.length <= MOST_SHOWN) return text
  return `${text.slice(0, MOST_SHOWN).replace(/[\ud800-\udbff]$/u, '')}…`
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${written(inner)}`).join(',')}}`
}
