// How much there may be of tools, and what is left out where there is more. What is cut says so, to people and to the model.

/** Calls of the model in a turn, until somebody asks for more. */
export const MOST_STEPS = 25
/** Calls of tools in one step. */
export const MOST_CALLS = 8
/** How long a turn may take, ms. */
export const LONGEST_TURN_MS = 60 * 60_000
/** How long a tool may take that says nothing of it, ms. */
export const TOOL_LIMIT_MS = 30_000
/** Tools that a turn may be offered: the definition of each is read, and paid for, with every step. */
export const MOST_TOOLS = 64

/** Of an input or an output where it is kept, in characters of JSON. */
export const LONGEST_KEPT = 64_000
/** Of an output, as its model reads it, in characters. */
export const LONGEST_READ = 16_000

/** A value as it is kept: plain JSON, or its beginning in words where it is too long. Null where it is no JSON at all. */
export function kept(value: unknown): { readonly value: unknown; readonly isWhole: boolean } | null {
  const json = jsonOf(value)
  if (json === null) return null
  if (json.length <= LONGEST_KEPT) return { value: JSON.parse(json) as unknown, isWhole: true }
  return { value: cut(typeof value === 'string' ? value : json, LONGEST_KEPT), isWhole: false }
}

/** A text's beginning, and how much was left out. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  // Half of a pair at the end would be no character.
  const beginning = text.slice(0, most).replace(/[\ud800-\udbff]$/u, '')
  return `${beginning}\n[… cut: ${text.length - beginning.length} of ${text.length} characters are left out]`
}

/** What a tool said as a model reads it: a text as it is, anything else as JSON. */
export function readable(output: unknown, most = LONGEST_READ): string {
  return cut(typeof output === 'string' ? output : (jsonOf(output) ?? ''), most)
}

function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? null
  } catch {
    return null
  }
}
