// What the built-in guide may read of its room. The room answers from its own storage.

export interface FoundMessage {
  readonly seq: number
  readonly author: string
  readonly kind: 'person' | 'agent'
  /** What it says in text; never empty. */
  readonly text: string
  /** Server time, ms since 1970. */
  readonly createdAt: number
}

/** Which of the words that are looked for a message must hold. */
export type Match = 'all' | 'any'

export interface Present {
  readonly name: string
  readonly kind: 'person' | 'agent'
}

/** Something that the room does later, in words. */
export interface Planned {
  readonly when: string
  readonly task: string
  readonly next: string
}

export interface RoomReader {
  /** As its pages' addresses have it. */
  readonly id?: string
  /** The agent in whose place the guide speaks. */
  readonly as?: { readonly name: string; readonly handle: string }
  /** The other agents of the room. */
  readonly others?: readonly { readonly name: string; readonly handle: string }[]
  /** What the room remembers, newest first. */
  readonly notes?: readonly { readonly fact: string; readonly name: string }[]
  /** What is planned, the next first. */
  readonly plans?: readonly Planned[]
  /** How many of the room's newest messages a search looks through. */
  count(): number
  /** Finished messages whose text holds every word of `query`, or any of them, whatever its case; newest first, at most `limit`. */
  search(query: string, limit: number, match?: Match): readonly FoundMessage[]
  /** The newest finished messages, oldest first, at most `limit`. */
  newest(limit: number): readonly FoundMessage[]
  /** Who is here now, people first, at most `limit`. */
  here(limit: number): readonly Present[]
}
