// Replies end. How much room one takes where it is kept: as JSON, in bytes of UTF-8, of which a row of Cloudflare's
// storage holds 2 MB.
import type { Failure, Part } from '../../conversation/message'

/** The longest reply with all its reasoning and tools, in bytes as it is kept. */
export const LONGEST_REPLY = 1_000_000

/** Parts of one reply. Every token's work grows with them, here and in each client; a model that thinks and uses tools in turn makes some dozens. */
export const MOST_PARTS = 1_000

/** Cut off by its model, with room for more. */
export const LIMITED: Failure = { code: 'limit', text: 'This answer was cut off at the limit.', goesOn: true }

/** Cut off by the room. */
export const FULL: Failure = { code: 'limit', text: 'This answer was cut off at the limit. No more of it can be kept.' }

/** What stands around the words of a part. */
const PART = 48

export function sizeOf(part: Part): number {
  return part.type === 'dynamic-tool' ? new TextEncoder().encode(JSON.stringify(part)).length + 1 : PART + sizeOfText(part.text)
}

/** The bytes of a text inside a JSON string. */
export function sizeOfText(text: string): number {
  let size = 0
  for (const character of text) size += sizeOfCharacter(character)
  return size
}

/** The beginning of a text that takes at most so many bytes; no character is cut in two. */
export function beginningOf(text: string, bytes: number): string {
  let left = bytes
  let end = 0
  for (const character of text) {
    left -= sizeOfCharacter(character)
    if (left < 0) break
    end += character.length
  }
  return text.slice(0, end)
}

function sizeOfCharacter(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return '\b\t\n\f\r'.includes(character) ? 2 : 6
  if (code < 0x80) return character === '"' || character === '\\' ? 2 : 1
  if (code < 0x800) return 2
  // Half a pair is written as an escape.
  if (code >= 0xd800 && code <= 0xdfff) return 6
  return code < 0x10000 ? 3 : 4
}
