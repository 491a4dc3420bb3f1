// What a room remembers: short facts that its members, or agents for them, noted. A fact is one line that everybody sees as it is:
// nothing in it is invisible, turns a line around or ends it.
import type { MemberId, MessageId } from './ids'
import { legible } from './seen'

/** Of one fact, in characters (UTF-16 units). */
export const MAX_FACT = 500
/** In a room. */
export const MAX_MEMORIES = 200
/** Of them, and of all characters, one in so many is left to the room's owner, however many people come and note. */
export const OWNERS_SHARE = 5
/** Of one person in a room; its owner may fill it. */
export const MAX_MEMORIES_OF_PERSON = 50
/** All facts of a room together, in characters: whoever comes in is told all of them. */
export const MAX_REMEMBERED = 32_000

export interface Memory {
  readonly fact: string
  /** Whose wish it was that this be remembered, under the name that they had. */
  readonly by: MemberId
  readonly name: string
  /** The agent that noted it for them, as it was called. */
  readonly agent?: string
  /** The message that it came from. */
  readonly source?: MessageId
  /** Server time, ms since 1970. */
  readonly at: number
  /** Who wrote it anew last, and when. */
  readonly edited?: { readonly by: MemberId; readonly name: string; readonly at: number }
}

export type ParsedFact = { readonly ok: true; readonly fact: string } | { readonly ok: false; readonly fault: string }

/** What ends a line for any reader, or has no place in one. */
const NOT_IN_A_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu
/** A fact as it is kept, of what somebody typed or a model wrote; or in words what is wrong with it. */
export function parseFact(typed: string): ParsedFact {
  if (typed.length > MAX_FACT * 4) return { ok: false, fault: TOO_LONG }
  const fact = legible(typed.replace(NOT_IN_A_LINE, ' ')).replace(/ +/g, ' ').trim()
  if (fact === '') return { ok: false, fault: 'Write what is to be remembered.' }
  return fact.length > MAX_FACT ? { ok: false, fault: TOO_LONG } : { ok: true, fact }
}

const TOO_LONG = `A note may have ${MAX_FACT} characters: write what matters of it.`

/** Newest first; of one moment in a fixed order. */
export function newestFirst<T extends { readonly id: string; readonly value: Pick<Memory, 'at'> }>(memories: readonly T[]): readonly T[] {
  return memories.toSorted((a, b) => b.value.at - a.value.at || (a.id < b.id ? 1 : -1))
}

/** As facts are compared: nobody notes the same twice. */
export function folded(fact: string): string {
  return fact
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.!\s]+$/u, '')
}
