// What a provider says that an answer took, where that cannot be: it is left out before anybody reads it, so that a wrong number
// costs no answer, and counts as not said.

/** Tokens that one answer cannot take, prompt and all. */
const MOST_TOKENS = 1_000_000_000

/** Numbers by every provider's names for them, for those that have to be told some. */
const NONE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, input_tokens: 0, output_tokens: 0 }

/** Says something of what was used, and not `null`. */
const SAYS_USAGE = /"usage"\s*:\s*[^n\s]/
const EVENT = /^(data:[ \t]*)(\{[^\r\n]*"usage"[^\r\n]*)/gm

/** Lines of a stream of events, or null when nothing in them is odd. */
export function withoutOddUsageInLines(lines: string): string | null {
  if (!SAYS_USAGE.test(lines)) return null
  let isOdd = false
  const changed = lines.replace(EVENT, (line: string, field: string, json: string) => {
    const tidied = withoutOddUsage(json)
    if (tidied === null) return line
    isOdd = true
    return `${field}${tidied}`
  })
  return isOdd ? changed : null
}

/** The same for one JSON text. What is none has no usage. */
export function withoutOddUsage(json: string): string | null {
  if (!SAYS_USAGE.test(json)) return null
  let isOdd = false
  const tidied = (name: string, value: unknown): unknown => {
    if (name !== 'usage' || isSane(value)) return value
    isOdd = true
    return NONE
  }
  try {
    const changed = JSON.stringify(JSON.parse(json), tidied)
    return isOdd ? changed : null
  } catch {
    // Broken, or nested deeper than can be written: whoever reads it says so.
    return null
  }
}

function isSane(usage: unknown, isDetail = false): boolean {
  if (usage === null) return true
  if (typeof usage !== 'object' || Array.isArray(usage)) return false
  return Object.entries(usage).every(([name, value]) => {
    if (name.endsWith('_tokens')) return value === null || (typeof value === 'number' && value >= 0 && value <= MOST_TOKENS)
    return isDetail || !name.endsWith('_details') || isSane(value, true)
  })
}
