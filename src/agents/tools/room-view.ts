// A room as the person may see it who asked for a turn: what its tools read. The room answers from its own storage.
import type { FoundMessage, Match, Present } from '../../models/room-reader'

/** Which messages are read: the newest, or those that end before a seq; of one author, or of a time. */
export interface Wanted {
  /** The last seq that is read. */
  readonly upTo?: number
  /** Their author's name, whatever its case. */
  readonly author?: string
  /** Server time, ms since 1970: the first and the last moment. */
  readonly from?: number
  readonly to?: number
  readonly limit: number
}

export interface RoomView {
  /** Null where they may see nothing any more; else all below. */
  may(): boolean
  /** How many of the newest messages a search looks through. */
  reach(): number
  /** Finished messages that hold every word of `query`, or any of them, whatever its case; newest first, at most `limit`. */
  search(query: string, limit: number, match: Match): readonly FoundMessage[]
  /** Finished messages, oldest first. */
  read(wanted: Wanted): readonly FoundMessage[]
  /** Who is here now, people first, at most `limit`; and how many there are. */
  here(limit: number): { readonly members: readonly Present[]; readonly count: number }
}
