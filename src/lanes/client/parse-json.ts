// JSON from a client, read only when its outline is known to be cheap: what is deep or made of many small values costs far
// more to read than its length says. The outline takes one pass over the characters and makes nothing.

/** Objects and lists within one another, at most. A client of ours sends five; what TinyBase would call changes has ten, and is told that it is ignored. */
const MAX_DEPTH = 12

/** Values that a command or a plain question holds, at most: theirs have four. */
export const FEW_VALUES = 64

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const LIST = 0x5b
const LIST_END = 0x5d
const OBJECT = 0x7b
const OBJECT_END = 0x7d

/** The value that a text's JSON says; undefined (which no JSON says) when it is not JSON, too deep, or holds more than so many values. */
export function parseJson(text: string, maxValues = FEW_VALUES): unknown {
  if (!isCheap(text, maxValues)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Every value but the first comes after a comma or an opening bracket. */
function isCheap(text: string, maxValues: number): boolean {
  let depth = 0
  let values = 1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OBJECT || code === LIST) {
      depth += 1
      values += 1
    } else if (code === OBJECT_END || code === LIST_END) depth -= 1
    else if (code === COMMA) values += 1
    if (depth > MAX_DEPTH || values > maxValues) return false
  }
  return true
}

/** Where the string that begins here has its closing quote; the end of the text when it has none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at += 1
  }
  return text.length
}
