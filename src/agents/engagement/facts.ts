// What a room knows when somebody has spoken: all that the rules of engagement may look at. Plain values that a room gathers
// cheaply, a browser knows well enough to foretell, and 200 messages of the past can be given again.
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member, MemberKind } from '../../conversation/member'
import type { Mode } from '../../conversation/agent-profile'

/** How long a conversation lasts without a word, ms: somebody who spoke longer ago is not spoken to any more. */
export const LASTS_MS = 10 * 60_000

/** The messages before this one that are looked at, at most. */
export const MOST_RECENT = 200

/** What of a text is compared with a quotation, in characters. */
export const MOST_QUOTED_FROM = 2_000

export interface EngagedAgent extends Member {
  readonly kind: 'agent'
  /** What an @ may be followed by, beside the name. */
  readonly handle: string
  readonly mode: Mode
}

export interface Author {
  readonly id: MemberId
  readonly kind: MemberKind
}

/** A message that was just said, or that somebody is about to say. */
export interface NewMessage {
  readonly author: Author
  readonly text: string
  /** Server time, ms since 1970. */
  readonly at: number
  /** Who wrote the message that this one replies to; null when it replies to none. */
  readonly replyTo: Author | null
  /** An agent is heard by other agents once it has said all that it has to say. Always true of a person. */
  readonly isFinished: boolean
}

/** A message before it. */
export interface Earlier {
  readonly author: Author
  /** When it was said; of a reply, when it ended; of one that is being written or waits, now. */
  readonly at: number
  /** False of a reply that ended without a word: cancelled, failed. It answered nobody. */
  readonly isSaid: boolean
  /** Of a reply: who asked for it. */
  readonly by?: MemberId
  /** Of a reply: the message of a person with which the chain began in which it was asked for. */
  readonly root?: MessageId
  /** Of a person's message: to whom it was said, as `addressee` found it. */
  readonly to?: MemberId
  /** How it begins, at most MOST_QUOTED_FROM characters. Needed only when the new message `hasQuote`. */
  readonly text?: string
}

export interface RoomFacts {
  /** In the order in which they answer. */
  readonly agents: readonly EngagedAgent[]
  /** Everybody with a place here, present or not. Needed only when the text `hasAtSign`. */
  readonly people: readonly Member[]
  /** The people who are here now. */
  readonly present: readonly Member[]
  /** Oldest first: the newest MOST_RECENT, of which those of the last LASTS_MS matter. */
  readonly recent: readonly Earlier[]
}
