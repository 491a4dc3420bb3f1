// What a room remembers, as a model is told of it: the newest notes that fit, each on one line, between quotation marks [R241].
import { quoted } from './quoted'
import { tokensOf } from './tokens'

export interface TellableNote {
  readonly fact: string
  /** What whoever had it noted was called. */
  readonly name: string
  /** Ms since 1970. */
  readonly at: number
  /** Who wrote it anew last: the words that stand there are theirs. */
  readonly edited?: { readonly name: string; readonly at: number }
}

/** Tokens that notes may take of a prompt, and of a small context the part: what was said just now matters more. */
const MOST_TOKENS = 2_000
const MOST_OF_CONTEXT = 1 / 8

/** Lines of the newest of them, and of how many there was no room for. */
export function notesThatFit(notes: readonly TellableNote[], contextTokens: number): readonly string[] {
  let left = Math.min(MOST_TOKENS, contextTokens * MOST_OF_CONTEXT)
  const lines: string[] = []
  for (const { fact, edited, ...noted } of notes) {
    const { name, at } = edited ?? noted
    const line = `- ${new Date(at).toISOString().slice(0, 10)}, ${quoted(name)}: ${quoted(fact)}`
    left -= tokensOf(line)
    if (left < 0) break
    lines.push(line)
  }
  const more = notes.length - lines.length
  return lines.length > 0 && more > 0 ? [...lines, `- and ${more} older, of which you are not told`] : lines
}
