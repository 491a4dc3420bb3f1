// Pages of history. A cursor is a seq, never a time: clocks repeat and run backwards, seq does not.
import { saidLength } from './event'
import type { Member } from './member'
import type { Message } from './message'
import type { RoomRecord } from './record'

/** Messages on one page. Enough for a tall screen, small enough to open at once. */
export const PAGE_SIZE = 50

/** Names, times and ids of one message, in characters. */
const AROUND = 300

/** Consecutive messages, oldest first. */
export interface Page {
  readonly messages: readonly Message[]
  /** Whether the room holds messages before the first of these. */
  readonly hasEarlier: boolean
}

/** Characters that a page takes, roughly: what its messages say, and what stands around each. */
export function lengthOfPage({ messages }: Pick<Page, 'messages'>): number {
  return messages.reduce((sum, message) => sum + saidLength(message) + amendedLength(message) + AROUND, 0)
}

function amendedLength({ metadata: { amended } }: Message): number {
  return amended ? JSON.stringify(amended.values).length : 0
}

/** Everything a client needs to show a room: the newest page, and the version from which to listen on. */
export interface Snapshot extends Page {
  readonly version: number
  /** All that there are. */
  readonly records: readonly RoomRecord[]
  /** When a message before the first of these was last amended; left out when none ever was. Whoever knows the room up to then may keep what they hold of those. */
  readonly amendedBefore?: number
  /** Who is here now, agents included; people beyond HERE_LIMIT are only counted. */
  readonly here: readonly Member[]
  readonly hereCount: number
  /** Server time, ms since 1970. */
  readonly now: number
}

/** The people named in a snapshot's `here`, at most: every joiner is sent them. The others are asked for when somebody opens the list. */
export const HERE_LIMIT = 12

/** The people named in one answer to who is here, at most. */
export const HERE_PAGE = 100

/**
 * What brings a client from version `since` to now. `rows`: every message changed since then, and every open reply in
 * full; every record changed or deleted since. `snapshot`: too much changed, or the room was cleared; start again from this.
 */
export type CatchUp =
  | {
      readonly kind: 'rows'
      readonly version: number
      readonly messages: readonly Message[]
      readonly records: readonly RoomRecord[]
      readonly here: readonly Member[]
      readonly hereCount: number
      readonly now: number
    }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
